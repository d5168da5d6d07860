import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { regionOf } from './cellId.ts';
import { createRandom } from './random.ts';
import { architectureCount, choiceParts, kBest, type ScoredChoice } from './region.ts';

/** Every choice, best first, equal scores by lexicographic choice. */
function byForce(scores: readonly (readonly number[])[]): ScoredChoice[] {
  const choices = scores.reduce<number[][]>(
    (sofar, stage) => sofar.flatMap((choice) => stage.map((_, i) => [...choice, i])),
    [[]],
  );
  return choices
    .map((choice) => ({ choice, score: choice.reduce((sum, i, s) => sum + scores[s]![i]!, 0) }))
    .sort((a, b) => b.score - a.score);
}

describe('kBest', () => {
  it('golden: two stages', () => {
    expect(
      kBest(
        [
          [1, 3],
          [0, 2, 2],
        ],
        4,
      ),
    ).toEqual([
      { choice: [1, 1], score: 5 },
      { choice: [1, 2], score: 5 },
      { choice: [0, 1], score: 3 },
      { choice: [0, 2], score: 3 },
    ]);
  });

  it('agrees with listing everything, ties and all', () => {
    const stage = fc.array(fc.integer({ min: -4, max: 4 }), { minLength: 1, maxLength: 4 });
    const tables = fc.array(stage, { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(tables, fc.integer({ min: 0, max: 300 }), (scores, limit) => {
        // Sorting is stable and choices are listed in lexicographic order.
        expect(kBest(scores, limit)).toEqual(byForce(scores).slice(0, limit));
      }),
    );
  });

  it('finds the top 100 of 16^10 at once', () => {
    const random = createRandom(1);
    const scores = Array.from({ length: 10 }, () => Array.from({ length: 16 }, random.normal));
    kBest(scores, 100);
    const start = performance.now();
    const best = kBest(scores, 100);
    expect(performance.now() - start).toBeLessThan(100);
    expect(best.length).toBe(100);
    expect(new Set(best.map(({ choice }) => choice.join())).size).toBe(100);
    expect(best[0]!.choice).toEqual(scores.map((stage) => stage.indexOf(Math.max(...stage))));
    for (let i = 1; i < best.length; i++) {
      expect(best[i]!.score).toBeLessThanOrEqual(best[i - 1]!.score);
    }
  });

  it('copes with −∞ and refuses NaN, +∞ and empty stages', () => {
    expect(kBest([[Number.NEGATIVE_INFINITY, 0]], 2).map(({ choice }) => choice)).toEqual([
      [1],
      [0],
    ]);
    for (const bad of [[[Number.NaN]], [[Infinity]], [[1], []]]) {
      expect(() => kBest(bad, 1)).toThrow(/Scores of stage/);
    }
  });
});

describe('a region', () => {
  const region = regionOf(3, [
    [0, 1],
    [2, 3, 7],
  ]);

  it('counts its architectures', () => {
    expect(architectureCount(region)).toBe(6);
    const wide = regionOf(
      5,
      Array.from({ length: 10 }, () => new Array(16).fill(0)),
    );
    expect(architectureCount(wide)).toBe(16 ** 10);
  });

  it('names the parts of a choice', () => {
    expect(choiceParts(region, [1, 2])).toEqual(['3:1', '3:7']);
    expect(() => choiceParts(region, [1, 3])).toThrow(/Stage 2/);
  });
});
