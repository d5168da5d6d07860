import { describe, expect, it } from 'vitest';
import { createRandom } from '../random.ts';
import { kendallTauB, pearson, spearman } from '../stats/index.ts';
import { options, ranker, small } from './analysis.fixture.ts';
import { analyse, estimate, intervalTurns } from './analysis.ts';
import type { TruthTable } from './analysisInput.ts';

/** A region of 5 × 5 architectures whose quality adds up over two stages, 4 seeds each. */
function region(seed: number, noise = 0.01) {
  const random = createRandom(seed, 'truth');
  const effects = [0, 1].map(() => [0, 1, 2, 3, 4].map((i) => 0.01 * i + 0.01 * random.uniform()));
  const choices = Array.from({ length: 25 }, (_, n) => [Math.floor(n / 5), n % 5]);
  const truths = choices.map(([a, b]) => 0.3 + effects[0]![a!]! + effects[1]![b!]!);
  const table: TruthTable = {
    architectures: choices.map((choice) => `5:${choice.join('.')}`),
    choices,
    accuracies: truths.map((value) =>
      Array.from({ length: 4 }, () => value + noise * random.normal()),
    ),
    losses: truths.map((value) => Array.from({ length: 4 }, () => 2 - value)),
    failures: [],
  };
  return { table, truths, effects };
}

describe('a complete region', () => {
  const { table, truths, effects } = region(3);
  const good = truths.map((value, n) => value + 0.001 * Math.sin(7 * n));
  const rankers = [
    ranker('good', good),
    ranker(
      'reversed',
      truths.map((value) => -value),
    ),
    ranker(
      'depth',
      table.choices.map(([a]) => a!),
      'size',
    ),
    ranker(
      'edges',
      table.choices.map(() => 4),
      'size',
    ),
    ranker(
      'random',
      truths.map((_, n) => (n * 11) % 25),
      'chance',
    ),
    ranker(
      'sinks',
      table.choices.map(([a, b]) => b! - 3 * a!),
      'size',
    ),
  ];
  const analysis = analyse(table, rankers, options(25));
  const [best, reversed, depth, edges] = analysis.rankers;
  const means = table.accuracies.map((row) => row.reduce<number>((a, b) => a + b! / 4, 0));

  it('has the figures of the plain statistics', () => {
    expect(best!.spearman).toBeCloseTo(spearman(good, means)!, 12);
    expect(best!.tauB).toBeCloseTo(kendallTauB(good, means)!, 12);
    expect(best!.pearson).toBeCloseTo(pearson(good, means)!, 12);
    expect(best).toMatchObject({ n: 25, unscored: 0, aboveChance: null, tied: 0 });
    expect(best!.top.chance).toBe(0.2);
    expect(best!.precisionAt5).toBe(best!.top.precision);
    expect(reversed!.spearman).toBeLessThan(-0.8);
    expect(reversed!.regretAt1).toBeCloseTo(
      Math.max(...means) - means[truths.indexOf(Math.min(...truths))]!,
      12,
    );
    expect(depth!.tied).toBeCloseTo(50 / 300, 12);
  });

  it('knows its own noise', () => {
    const { truth } = analysis;
    expect(truth.n).toBe(25);
    expect(Math.abs(truth.seedStd! - 0.01)).toBeLessThan(0.002);
    expect(truth.noise).toEqual({ std: truth.seedStd, source: 'seeds' });
    expect(truth.delta).toBeCloseTo(Math.SQRT2 * truth.seedStd!, 12);
    expect(best!.delta).toBe(truth.delta);
    expect(truth.splitHalf).toBeGreaterThan(0.7);
    expect(truth.ceiling).toBeCloseTo(
      Math.sqrt((2 * truth.splitHalf!) / (1 + truth.splitHalf!)),
      12,
    );
    expect(truth.halves[0]![0]).toBeCloseTo(
      (table.accuracies[0]![0]! + table.accuracies[0]![2]!) / 2,
      12,
    );
  });

  it('says n/a for a constant ranker', () => {
    expect(edges).toMatchObject({ spearman: null, tauB: null, pearson: null, fisher: null });
    expect(edges!.intervals).toEqual({ spearman: null, tauB: null, pearson: null });
    expect(edges!.difference).toEqual({ against: 'depth', spearman: null, interval: null });
    expect(edges!.precisionAt5).toBeCloseTo(0.2, 12);
  });

  it('has intervals around the figures and compares with the best size baseline', () => {
    const [low, high] = best!.intervals.spearman!;
    expect(low).toBeLessThan(best!.spearman!);
    expect(high).toBeGreaterThan(best!.spearman!);
    expect(analysis.reference).toBe('depth');
    expect(depth!.difference).toBeNull();
    expect(best!.difference!.against).toBe('depth');
    expect(best!.difference!.spearman).toBeCloseTo(best!.spearman! - depth!.spearman!, 12);
    expect(best!.difference!.interval![0]).toBeGreaterThan(0);
    expect(reversed!.difference!.interval![1]).toBeLessThan(0);
  });

  it('looks at each stage with the other marginalised', () => {
    const [first, second] = depth!.perStage;
    expect(first!.spearman).toBeCloseTo(1, 12);
    expect(second!.spearman).toBeNull();
    effects.forEach((stage, s) => {
      const centre = (list: readonly (number | null)[]) =>
        list.reduce<number>((a, b) => a + b! / 5, 0);
      stage.forEach((effect, i) => {
        const seen = first && analysis.truth.stages[s]![i]! - centre(analysis.truth.stages[s]!);
        expect(Math.abs(seen! - (effect - centre(stage)))).toBeLessThan(0.01);
      });
    });
    const mean = (s: number, i: number) => {
      const rows = means.filter((_, n) => table.choices[n]![s] === i);
      return rows.reduce((a, b) => a + b) / rows.length;
    };
    expect(analysis.truth.stages[1]![3]).toBeCloseTo(mean(1, 3), 7);
  });

  it('is the same for the same seed, for JSON, and in turns', () => {
    expect(analyse(table, rankers, options(25))).toEqual(analysis);
    expect(JSON.parse(JSON.stringify(analysis))).toEqual(analysis);
    const estimates = estimate(table, rankers, options(25));
    expect(estimates.rankers[0]!.intervals.spearman).toBeNull();
    expect([...intervalTurns(estimates, options(25))]).toEqual(analysis.rankers);
    expect(analyse(table, rankers, options(25, { seed: 2 })).rankers[0]!.intervals).not.toEqual(
      best!.intervals,
    );
  });

  it('compares with another reference if asked to', () => {
    const other = analyse(table, rankers, options(25, { reference: 'random' }));
    expect(other.rankers[0]!.difference!.against).toBe('random');
    expect(() => analyse(table, rankers, options(25, { reference: 'nobody' }))).toThrow(
      /no ranker “nobody”.*good, reversed/,
    );
    expect(estimate(table, rankers.slice(0, 2), options(25)).reference).toBeNull();
  });

  it('leaves out the intervals when no resamples are wanted', () => {
    const none = analyse(table, rankers, options(25, { resamples: 0 }));
    expect(none.rankers[0]!.intervals).toEqual({ spearman: null, tauB: null, pearson: null });
    expect(none.rankers[0]!.difference).toMatchObject({ interval: null });
  });
});

describe('per-stage effects of a sample', () => {
  it('do not mix up a candidate with its company', () => {
    // Stage 0 decides alone; the sample pairs its good candidates with those of stage 1.
    const choices = [
      [0, 0],
      [0, 0],
      [0, 1],
      [1, 1],
      [1, 1],
      [1, 0],
    ];
    const table = { ...small(choices.map(([a]) => [0.3 + 0.1 * a!])), choices };
    const scores = choices.map(([a, b]) => a! + b! / 100);
    const { truth, rankers } = estimate(table, [ranker('r', scores)], options(6));
    expect(truth.stages[1]![0]).toBeCloseTo(truth.stages[1]![1]!, 9);
    expect(rankers[0]!.perStage[1]!.spearman).toBeNull();
    expect(rankers[0]!.perStage[0]!.spearman).toBeCloseTo(1, 12);
  });

  it('are n/a for a candidate that was never drawn', () => {
    const table = {
      ...small([[0.1], [0.2], [0.3]]),
      choices: [
        [0, 0],
        [2, 1],
        [2, 0],
      ],
    };
    const { truth } = estimate(table, [], options(3));
    expect(truth.stages[0]![1]).toBeNull();
    expect(truth.stages[0]![2]).not.toBeNull();
  });
});
