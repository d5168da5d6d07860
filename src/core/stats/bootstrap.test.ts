import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom, type Random } from '../random.ts';
import {
  difference,
  drawResamples,
  fisherInterval,
  fisherMean,
  type Interval,
  kendallTauB,
  pearson,
  percentileInterval,
  replicates,
  resampledPearson,
  resampledSpearman,
  resampledTauB,
  spearman,
} from './index.ts';
import { resampleIndices } from './resampling.ts';

const numbers = (n: number, random: Random, levels: number) =>
  Array.from({ length: n }, () => random.integer(levels) / 7);

describe('resamples', () => {
  it('are n draws each, the same under the same seed', () => {
    const draw = (seed: number) => drawResamples(7, createRandom(seed, 'test'), 50);
    const first = draw(1);
    expect(first.weights.length).toBe(350);
    for (let b = 0; b < 50; b++) {
      const indices = resampleIndices(first, b);
      expect(indices).toHaveLength(7);
      expect(Math.max(...indices)).toBeLessThan(7);
    }
    expect(draw(1)).toEqual(first);
    expect(draw(2)).not.toEqual(first);
  });

  it('draw each architecture equally often', () => {
    const { n, count, weights } = drawResamples(10, createRandom(5), 4000);
    const drawn = new Array<number>(n).fill(0);
    weights.forEach((weight, at) => {
      drawn[at % n]! += weight;
    });
    // Standard deviation of a share of 1: .005.
    for (const times of drawn) expect(Math.abs(times / count - 1)).toBeLessThan(0.06);
  });

  it('refuse what cannot be drawn', () => {
    expect(() => drawResamples(0, createRandom(1), 10)).toThrow(/cannot be drawn/);
    expect(() => drawResamples(5, createRandom(1), 1.5)).toThrow(/cannot be drawn/);
    expect(() => resampledSpearman([1, 2], [1, 2], drawResamples(3, createRandom(1), 4))).toThrow(
      /cannot be paired/,
    );
  });
});

describe('replicates', () => {
  const pairs = [
    ['Spearman', spearman, resampledSpearman],
    ['tau-b', kendallTauB, resampledTauB],
    ['Pearson', pearson, resampledPearson],
  ] as const;

  it.each(pairs)(
    '%s: the fast form equals the plain one, ties and undefined ones too',
    (...args) => {
      const [, plain, fast] = args;
      fc.assert(
        fc.property(fc.integer(), fc.integer({ min: 2, max: 12 }), (seed, n) => {
          const random = createRandom(seed);
          const x = numbers(n, random, 5);
          const y = numbers(n, random, 5);
          const resamples = drawResamples(n, random, 20);
          const slow = replicates(x, y, plain, resamples);
          const quick = fast(x, y, resamples);
          quick.forEach((value, b) => {
            if (Number.isNaN(slow[b]!)) expect(value).toBeNaN();
            else expect(value).toBeCloseTo(slow[b]!, 9);
          });
        }),
      );
    },
  );

  it('count the same pair of rankers as no difference', () => {
    const random = createRandom(2);
    const x = numbers(12, random, 99);
    const y = numbers(12, random, 99);
    const resamples = drawResamples(12, random, 100);
    const values = resampledSpearman(x, y, resamples);
    const nothing = difference(values, resampledSpearman(x, y, resamples));
    expect(percentileInterval(nothing)).toEqual({ interval: [0, 0], dropped: 0 });
  });
});

describe('percentile interval', () => {
  it('interpolates between replicates', () => {
    // 0..100 in some order: 2.5 % lies at 2.5, 97.5 % at 97.5.
    const values = Float64Array.from(
      createRandom(1).shuffle(Array.from({ length: 101 }, (_, i) => i)),
    );
    expect(percentileInterval(values)).toEqual({
      interval: [expect.closeTo(2.5, 9), expect.closeTo(97.5, 9)],
      dropped: 0,
    });
    expect(percentileInterval(values, 0.5)).toEqual({ interval: [25, 75], dropped: 0 });
  });

  it('drops and counts undefined replicates, and gives up when most are', () => {
    const values = Float64Array.of(1, Number.NaN, 1, Number.NaN);
    expect(percentileInterval(values)).toEqual({ interval: [1, 1], dropped: 2 });
    const few = Float64Array.of(1, Number.NaN, Number.NaN);
    expect(percentileInterval(few)).toEqual({ interval: null, dropped: 2 });
    expect(percentileInterval(new Float64Array())).toEqual({ interval: null, dropped: 0 });
    // Two architectures: half of the resamples hold one of them twice.
    const two = resampledSpearman([1, 2], [1, 2], drawResamples(2, createRandom(4), 2000));
    const { interval, dropped } = percentileInterval(two.fill(1, 0, 200));
    expect(interval).toEqual([1, 1]);
    expect(dropped).toBeGreaterThan(800);
    expect(dropped).toBeLessThan(1000);
  });

  it('narrows with n and holds the estimate', () => {
    const width = (n: number) => {
      const { x, y } = correlated(n, createRandom(6, n));
      const [low, high] = interval(x, y, 1000, createRandom(7));
      expect(low).toBeLessThan(spearman(x, y)!);
      expect(high).toBeGreaterThan(spearman(x, y)!);
      return high - low;
    };
    expect(width(500)).toBeLessThan(width(20) / 2);
  });
});

/** Bivariate normal whose Spearman ρ is .79: r = 2 sin(π·.79 / 6). */
const R = 2 * Math.sin((Math.PI * 0.79) / 6);

function correlated(n: number, random: Random) {
  const x = Array.from({ length: n }, () => random.normal());
  const y = x.map((value) => R * value + Math.sqrt(1 - R * R) * random.normal());
  return { x, y };
}

function interval(x: number[], y: number[], count: number, random: Random): Interval {
  const found = percentileInterval(resampledSpearman(x, y, drawResamples(x.length, random, count)));
  if (!found.interval) throw new Error('The interval is undefined.');
  return found.interval;
}

describe('coverage', () => {
  it('of the true rho is near 94 % at n = 20 for bootstrap and Fisher', () => {
    const simulations = 1500;
    const hits = { bootstrap: 0, fisher: 0, narrow: 0 };
    const inside = ([low, high]: Interval) => (low <= 0.79 && 0.79 <= high ? 1 : 0);
    let width = 0;
    for (let round = 0; round < simulations; round++) {
      const random = createRandom(11, 'coverage', round);
      const { x, y } = correlated(20, random);
      const resamples = drawResamples(20, random, 500);
      const values = resampledSpearman(x, y, resamples);
      const boot = percentileInterval(values).interval!;
      hits.bootstrap += inside(boot);
      hits.narrow += inside(percentileInterval(values, 0.85).interval!);
      hits.fisher += inside(fisherInterval(spearman(x, y)!, 20) ?? [1, 1]);
      width += (boot[1] - boot[0]) / simulations;
    }
    // Standard error of a share: .6 points. An interval of 85 % must fail the same bound.
    expect(hits.bootstrap / simulations).toBeGreaterThan(0.915);
    expect(hits.bootstrap / simulations).toBeLessThan(0.985);
    expect(hits.narrow / simulations).toBeLessThan(0.915);
    expect(hits.fisher / simulations).toBeGreaterThan(0.92);
    expect(hits.fisher / simulations).toBeLessThan(0.98);
    expect(width).toBeGreaterThan(0.36);
    expect(width).toBeLessThan(0.56);
  });

  it('of a difference that is not there', () => {
    const simulations = 500;
    let hits = 0;
    for (let round = 0; round < simulations; round++) {
      const random = createRandom(12, 'difference', round);
      const y = Array.from({ length: 25 }, () => random.normal());
      const ranker = () => y.map((value) => value + random.normal());
      const resamples = drawResamples(25, random, 300);
      const [a, b] = [
        resampledSpearman(ranker(), y, resamples),
        resampledSpearman(ranker(), y, resamples),
      ];
      const [low, high] = percentileInterval(difference(a, b)).interval!;
      if (low <= 0 && 0 <= high) hits++;
    }
    expect(hits / simulations).toBeGreaterThan(0.91);
    expect(hits / simulations).toBeLessThan(0.99);
  });
});

describe('Fisher', () => {
  it('has the known interval', () => {
    // ρ = .8, n = 25: z = 1.0986, SE = sqrt(1.32 / 22) = .24495, ±.48009.
    const [low, high] = fisherInterval(0.8, 25)!;
    expect(low).toBeCloseTo(Math.tanh(1.0986123 - 0.4800912), 5);
    expect(high).toBeCloseTo(Math.tanh(1.0986123 + 0.4800912), 5);
    expect(fisherInterval(1, 25)).toBeNull();
    expect(fisherInterval(0.5, 3)).toBeNull();
  });

  it('averages correlations on its scale, also perfect ones', () => {
    expect(fisherMean([{ rho: 0.6, n: 25 }])).toBeCloseTo(0.6, 12);
    // (atanh .5 + atanh .9) / 2 = (.5493 + 1.4722) / 2 = 1.01076.
    const both = [
      { rho: 0.5, n: 25 },
      { rho: 0.9, n: 25 },
    ];
    expect(fisherMean(both)).toBeCloseTo(Math.tanh(1.010763), 5);
    expect(fisherMean([{ rho: 1, n: 5 }])).toBeCloseTo(1 - 6 / 120, 12);
    expect(
      fisherMean([
        { rho: 1, n: 5 },
        { rho: -1, n: 5 },
      ]),
    ).toBeCloseTo(0, 12);
  });
});
