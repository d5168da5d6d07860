import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../random.ts';
import {
  kendallPairs,
  kendallTauB,
  midRanks,
  partialSpearman,
  pearson,
  sparseTau,
  spearman,
} from './index.ts';

/** Pairs of small whole numbers, so that ties are frequent. */
const paired = fc
  .array(fc.tuple(fc.integer({ min: -6, max: 6 }), fc.integer({ min: -6, max: 6 })), {
    minLength: 2,
    maxLength: 24,
  })
  .map((pairs) => ({ x: pairs.map(([x]) => x), y: pairs.map(([, y]) => y) }));

const correlations = { pearson, spearman, kendallTauB };

const same = (actual: number | null, expected: number | null) => {
  if (expected === null || actual === null) expect(actual).toBe(expected);
  else expect(actual).toBeCloseTo(expected, 10);
};

describe('mid-ranks', () => {
  it('share the mean of their places', () => {
    expect(midRanks([10, 20, 20, 30])).toEqual([1, 2.5, 2.5, 4]);
    expect(midRanks([3, 3, 3])).toEqual([2, 2, 2]);
    expect(midRanks([5, Number.NEGATIVE_INFINITY, 7, Number.NEGATIVE_INFINITY])).toEqual([
      3, 1.5, 4, 1.5,
    ]);
    expect(midRanks([])).toEqual([]);
  });

  it('take rounding errors for ties, whatever the scale', () => {
    for (const scale of [1, 1e-9, 1e15]) {
      expect(midRanks([(0.1 + 0.2) * scale, 0.3 * scale, 0.4 * scale])).toEqual([1.5, 1.5, 3]);
      expect(midRanks([0.3 * scale, (0.3 + 1e-9) * scale, 0])).toEqual([2, 3, 1]);
    }
    expect(midRanks([1, 1e-17, -1e-17, 0])).toEqual([4, 2, 2, 2]);
  });
});

describe('golden values', () => {
  it('with a tie: C = 5, D = 0, one pair tied in x', () => {
    const x = [1, 2, 2, 3];
    const y = [1, 3, 2, 4];
    expect(kendallPairs(x, y)).toEqual({
      concordant: 5,
      discordant: 0,
      tiedX: 1,
      tiedY: 0,
      tiedBoth: 0,
    });
    expect(kendallTauB(x, y)).toBeCloseTo(5 / Math.sqrt(30), 12);
    // Ranks 1, 2.5, 2.5, 4 and 1, 3, 2, 4: 4.5 / sqrt(4.5 · 5).
    expect(spearman(x, y)).toBeCloseTo(0.9486832980505138, 12);
  });

  it('with every kind of pair', () => {
    // (1,1) (1,1) (1,2) (2,1) (3,0): pairs 01 both; 02, 12 in x; 03, 13 in y; 04, 14, 23, 24, 34 down.
    const x = [1, 1, 1, 2, 3];
    const y = [1, 1, 2, 1, 0];
    expect(kendallPairs(x, y)).toEqual({
      concordant: 0,
      discordant: 5,
      tiedX: 2,
      tiedY: 2,
      tiedBoth: 1,
    });
    expect(kendallTauB(x, y)).toBeCloseTo(-5 / 7, 12);
  });

  it('without ties', () => {
    // One swap of neighbours in five: D = 1 of 10; Σd² = 2, so ρ = 1 − 12 / 120.
    expect(kendallTauB([1, 2, 3, 4, 5], [1, 3, 2, 4, 5])).toBeCloseTo(0.8, 12);
    expect(spearman([1, 2, 3, 4, 5], [1, 3, 2, 4, 5])).toBeCloseTo(0.9, 12);
    // Deviations −1.5, −.5, .5, 1.5 and −2, −1, 0, 3: 8 / sqrt(5 · 14).
    expect(pearson([1, 2, 3, 4], [1, 2, 3, 6])).toBeCloseTo(8 / Math.sqrt(70), 12);
  });

  it('for failures, which are tied below all others', () => {
    const low = Number.NEGATIVE_INFINITY;
    expect(spearman([1, 2, 3, 4], [low, 0.4, 0.5, 0.6])).toBeCloseTo(1, 12);
    expect(kendallTauB([1, 2, 3, 4], [low, low, 0.5, 0.6])).toBeCloseTo(5 / Math.sqrt(30), 12);
  });

  it('are n/a for constant input and fewer than two', () => {
    for (const correlate of Object.values(correlations)) {
      expect(correlate([1, 1, 1], [1, 2, 3])).toBeNull();
      expect(correlate([1, 2, 3], [0.3, 0.1 + 0.2, 0.3])).toBeNull();
      expect(correlate([1], [2])).toBeNull();
      expect(correlate([], [])).toBeNull();
    }
  });

  it('refuse lists that do not belong together', () => {
    for (const correlate of Object.values(correlations)) {
      expect(() => correlate([1, 2, 3], [1, 2])).toThrow(/3 values cannot be paired with 2/);
    }
  });
});

describe.each(Object.entries(correlations))('%s', (name, correlate) => {
  it('is symmetric, bounded, and changes sign with either side', () => {
    fc.assert(
      fc.property(paired, ({ x, y }) => {
        const value = correlate(x, y);
        same(correlate(y, x), value);
        same(
          correlate(
            x.map((v) => -v),
            y,
          ),
          value === null ? null : -value,
        );
        if (value !== null) expect(Math.abs(value)).toBeLessThanOrEqual(1);
        const varies = new Set(x).size > 1 && new Set(y).size > 1;
        expect(value === null).toBe(!varies);
        if (new Set(x).size > 1) expect(correlate(x, x)).toBeCloseTo(1, 12);
      }),
    );
  });

  it('does not depend on the order of the architectures', () => {
    fc.assert(
      fc.property(paired, fc.integer(), ({ x, y }, seed) => {
        const order = createRandom(seed).shuffle(x.map((_, i) => i));
        same(
          correlate(
            order.map((i) => x[i]!),
            order.map((i) => y[i]!),
          ),
          correlate(x, y),
        );
      }),
    );
  });

  it('survives what it should survive', () => {
    const change = name === 'pearson' ? (v: number) => 3 * v - 2 : (v: number) => Math.exp(v) + v;
    fc.assert(
      fc.property(paired, ({ x, y }) => {
        same(correlate(x.map(change), y), correlate(x, y));
      }),
    );
  });

  it('is about 0 on average for shuffled truth', () => {
    const random = createRandom(7, 'shuffles');
    const y = Array.from({ length: 20 }, (_, i) => Math.floor(i / 2));
    const x = Array.from({ length: 20 }, (_, i) => i);
    let sum = 0;
    for (let round = 0; round < 200; round++) sum += correlate(x, random.shuffle(y)) ?? 0;
    // Five standard errors of that mean.
    expect(Math.abs(sum / 200)).toBeLessThan(0.08);
  });
});

describe('sparse tau', () => {
  it('is tau-b at 0 and n/a when everything rounds to the same', () => {
    fc.assert(
      fc.property(paired, ({ x, y }) => {
        same(sparseTau(x, y, 0), kendallTauB(x, y));
        expect(sparseTau(x, y, Number.POSITIVE_INFINITY)).toBeNull();
      }),
    );
  });

  it('stops counting an error that is smaller than delta', () => {
    const x = [1, 2, 3, 4];
    const y = [0.1, 0.32, 0.3, 0.5];
    expect(kendallTauB(x, y)).toBeCloseTo(4 / 6, 12);
    // Rounded to .1: 1, 3, 3, 5.
    expect(sparseTau(x, y, 0.1)).toBeCloseTo(5 / Math.sqrt(30), 12);
  });
});

describe('partial Spearman', () => {
  it('equals the formula of three correlations', () => {
    fc.assert(
      fc.property(paired, fc.integer(), ({ x, y }, seed) => {
        const random = createRandom(seed);
        const z = x.map((v) => v + random.integer(5));
        const xy = spearman(x, y);
        const xz = spearman(x, z);
        const yz = spearman(y, z);
        fc.pre(xy !== null && xz !== null && yz !== null && x.length > 2);
        fc.pre(Math.abs(xz) < 0.999 && Math.abs(yz) < 0.999);
        same(partialSpearman(x, y, z), (xy - xz * yz) / Math.sqrt((1 - xz ** 2) * (1 - yz ** 2)));
      }),
    );
  });

  it('finds nothing in a ranker that only knows size', () => {
    const random = createRandom(3);
    const z = Array.from({ length: 200 }, () => random.normal());
    const x = z.map((v) => v + random.normal());
    const y = z.map((v) => v + random.normal());
    expect(spearman(x, y)!).toBeGreaterThan(0.3);
    expect(Math.abs(partialSpearman(x, y, z)!)).toBeLessThan(0.15);
    expect(partialSpearman(z, y, z)).toBeNull();
  });

  it('is plain rho for a constant third, and n/a for constant input', () => {
    expect(partialSpearman([1, 2, 2, 3], [1, 3, 2, 4], [5, 5, 5, 5])).toBeCloseTo(0.9486833, 6);
    expect(partialSpearman([1, 1, 1, 1], [1, 3, 2, 4], [1, 2, 3, 4])).toBeNull();
    expect(partialSpearman([1, 2], [1, 2], [1, 1])).toBeNull();
  });
});
