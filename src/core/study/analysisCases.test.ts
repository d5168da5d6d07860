import { describe, expect, it } from 'vitest';
import { LabError } from '../errors.ts';
import { options, ranker, small } from './analysis.fixture.ts';
import { analyse, estimate } from './analysis.ts';
import type { RankerScores, TruthTable } from './analysisInput.ts';
import { compare, correlate, discordance, topMeasures } from './analysisRanker.ts';

describe('failures', () => {
  const failures = [{ architecture: 'a1', seed: 1, reason: 'The loss became NaN at step 3.' }];
  const table = {
    ...small([
      [0.2, 0.22],
      [0.9, null],
      [0.3, 0.32],
      [0.4, 0.42],
    ]),
    failures,
  };

  it('rank below all others, whatever the other seeds reached, and are counted', () => {
    const rank = [2, 1, 3, 4];
    const { truth, rankers, warnings } = analyse(table, [ranker('r', rank)], options(4));
    expect(truth).toMatchObject({ n: 4, failed: ['a1'], failures });
    expect(truth.mean[1]).toBeNull();
    expect(truth.status[1]).toBe('failed');
    expect(rankers[0]).toMatchObject({
      n: 4,
      spearman: expect.closeTo(1, 12),
      tauB: expect.closeTo(1, 12),
    });
    expect(rankers[0]!.aboveChance).toEqual({
      n: 3,
      spearman: expect.closeTo(1, 12),
      tauB: expect.closeTo(1, 12),
    });
    const warning = warnings.find(({ kind }) => kind === 'diverged');
    expect(warning).toMatchObject({ architectures: ['a1'] });
    expect(warning!.message).toMatch(/ranked below all others.*NaN at step 3/);
  });

  it('cost a ranker that likes them', () => {
    const [wrong] = analyse(table, [ranker('r', [1, 9, 2, 3])], options(4)).rankers;
    expect(wrong!.spearman).toBeLessThan(0);
    // Worth guessing: .41 − .1.
    expect(wrong!.regretAt1).toBeCloseTo(0.31, 12);
    // Pearson has no value to set against it.
    expect(wrong!.pearson).toBeGreaterThan(0.9);
    expect(JSON.stringify(wrong)).not.toMatch(/Infinity|NaN/);
  });

  it('are discordant pairs without a difference', () => {
    const { truth } = estimate(table, [], options(4));
    const pairs = discordance(truth, [1, 9, 2, 3]);
    // Predicted ranks 1, 4, 2, 3 and true ranks 2, 1, 3, 4: 2·2, 3·1, 1·3.
    expect(pairs.map(({ better, worse }) => [better, worse])).toEqual([
      [2, 1],
      [0, 1],
      [3, 1],
    ]);
    expect(pairs[0]).toMatchObject({ severity: 4, difference: null, beyondNoise: null });
  });

  it('of everything leave nothing to rank, without an exception', () => {
    const { rankers, truth } = analyse(
      small([[null], [null], [null]]),
      [ranker('r', [1, 2, 3])],
      options(3),
    );
    expect(rankers[0]).toMatchObject({ spearman: null, pearson: null, regretAt1: 0 });
    expect(truth).toMatchObject({ architectureStd: null, noise: null, delta: null });
  });
});

describe('what is not there', () => {
  it('fewer than three architectures: a usage error that says what to do', () => {
    const two = small([[0.1], [0.2], [], []]);
    const attempt = () => analyse(two, [], options(4));
    expect(attempt).toThrow(LabError);
    expect(attempt).toThrow(
      'A rank correlation needs at least 3 architectures trained alone, and there are 2. Train more of them.',
    );
    expect(() => analyse(small([[0.1]]), [], options(1))).toThrow(/there is 1\./);
    expect(() => analyse(small([[0.1], [0.2], [0.3]]), [], options(2))).toThrow(/differ in length/);
  });

  it('unmeasured architectures take no part', () => {
    const table = small([[0.1], [], [0.2], [0.3]]);
    const { truth, rankers, warnings } = analyse(table, [ranker('r', [1, 0, 2, 3])], options(4));
    expect(truth.n).toBe(3);
    expect(rankers[0]).toMatchObject({ n: 3, unscored: 0, spearman: expect.closeTo(1, 12) });
    expect(warnings.find(({ kind }) => kind === 'unmeasured')).toMatchObject({
      architectures: ['a1'],
    });
  });

  it('a missing score is left out, counted and said', () => {
    const table = small([[0.1], [0.2], [0.3], [0.4]]);
    const rankers = [
      ranker('r', [1, null, 3, Number.NaN]),
      ranker('none', [null, null, null, null]),
      ranker('size', [4, 1, 2, 3], 'size'),
    ];
    const analysis = analyse(table, rankers, options(4));
    expect(analysis.rankers[0]).toMatchObject({ n: 2, unscored: 2, scores: [1, null, 3, null] });
    expect(analysis.rankers[1]).toMatchObject({
      n: 0,
      spearman: null,
      precisionAt5: null,
      regretAt1: null,
    });
    // On the common ones size is reversed: 1 − (−1).
    expect(analysis.rankers[0]!.difference!.spearman).toBeCloseTo(2, 12);
    expect(analysis.warnings.find(({ kind }) => kind === 'unscored')).toMatchObject({
      rankers: ['r', 'none'],
    });
    expect(JSON.parse(JSON.stringify(analysis))).toEqual(analysis);
  });
});

describe('warnings', () => {
  const kinds = (table: TruthTable, rankers: readonly RankerScores[] = []) =>
    estimate(table, rankers, options(table.architectures.length)).warnings.map(({ kind }) => kind);
  const many = (accuracies: (n: number) => number[]) =>
    small(Array.from({ length: 30 }, (_, n) => accuracies(n)));

  it('are none for thirty architectures well apart', () => {
    expect(kinds(many((n) => [0.3 + 0.01 * n, 0.301 + 0.01 * n]))).toEqual([]);
  });

  it('name few architectures and one seed', () => {
    expect(kinds(small([[0.2], [0.3], [0.4]]))).toEqual(['few-architectures', 'one-seed']);
  });

  it('name equal accuracies instead of ties', () => {
    const table = many(() => [0.5, 0.5]);
    expect(kinds(table)).toEqual(['all-equal']);
    const { rankers, warnings } = analyse(
      table,
      [
        ranker(
          'r',
          table.architectures.map((_, n) => n),
        ),
      ],
      options(30),
    );
    expect(rankers[0]).toMatchObject({ spearman: null, tauB: null, ndcg: null, regretAt1: 0 });
    expect(warnings[0]!.message).toMatch(/same accuracy of 50\.00 %/);
  });

  it('name ties of the truth and of rankers', () => {
    const table = many((n) => [0.3 + 0.01 * Math.max(n, 1), 0.301 + 0.01 * Math.max(n, 1)]);
    const sizes = ranker(
      'depth',
      table.architectures.map((_, n) => n % 5),
      'size',
    );
    expect(kinds(table, [sizes])).toEqual(['ties-in-truth', 'ties-in-scores']);
    expect(estimate(table, [], options(30)).warnings[0]).toMatchObject({ pairs: 1, of: 435 });
  });

  it('name architectures at chance and give the figures without them', () => {
    const table = many((n) =>
      n < 3 ? [0.1, 0.11 + n / 1000] : [0.3 + 0.01 * n, 0.301 + 0.01 * n],
    );
    const scores = table.architectures.map((_, n) => (n < 3 ? -n : n % 2 === 0 ? 1 : 2) + n / 1e6);
    const { truth, warnings, rankers } = estimate(table, [ranker('r', scores)], options(30));
    expect(truth.atChance).toEqual(['a0', 'a1', 'a2']);
    expect(warnings.map(({ kind }) => kind)).toEqual(['at-chance']);
    expect(rankers[0]!.aboveChance!.n).toBe(27);
    expect(rankers[0]!.aboveChance!.spearman!).toBeLessThan(rankers[0]!.spearman!);
  });

  it('name a noise that drowns the spread', () => {
    const table = many((n) => [0.5 + 0.001 * n, n % 2 === 0 ? 0.6 : 0.4]);
    const { truth, warnings } = estimate(table, [], options(30));
    expect(truth.seedStd!).toBeGreaterThan(truth.architectureStd!);
    expect(warnings.map(({ kind }) => kind)).toContain('noise-above-spread');
  });
});

describe('helpers of the page', () => {
  const table = small([[0.2], [0.3], [0.4], [0.5]]);
  const { truth } = estimate(table, [], options(4));

  it('take the noise of one seed from the test images', () => {
    expect(truth.noise).toEqual({ std: Math.sqrt((0.35 * 0.65) / 6000), source: 'test-images' });
    expect(truth.delta).toBeCloseTo(2 * Math.SQRT2 * truth.noise!.std, 12);
    expect(discordance(truth, [4, 1, 2, 3])[0]).toMatchObject({
      better: 2,
      worse: 0,
      beyondNoise: true,
    });
    expect(estimate(table, [], options(4, { testImages: null })).truth.noise).toBeNull();
  });

  it('follow the slider and any scores', () => {
    expect(topMeasures(truth, [4, 1, 2, 3], 1)).toMatchObject({
      k: 1,
      precision: 0,
      chance: 0.25,
      bestRank: 4,
    });
    expect(topMeasures(truth, [4, 1, 2, 3], 9)).toMatchObject({ k: 4, precision: 1, regret: 0 });
    expect(correlate(truth, [1, 2, 3, 4])).toEqual({
      n: 4,
      spearman: expect.closeTo(1, 12),
      tauB: expect.closeTo(1, 12),
    });
    expect(compare(truth, [1, null, 3, 4]).indices).toEqual([0, 2, 3]);
  });
});
