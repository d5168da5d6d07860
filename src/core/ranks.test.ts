import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from './random.ts';
import {
  averageOverLastThird,
  choiceScore,
  combineProbe,
  ensembleRanks,
  leaveOneOutScores,
  logWeights,
  sampledPathsFit,
  softmax,
  weightScores,
} from './ranks.ts';

const closeTo = (actual: readonly (readonly number[])[], expected: readonly number[][]) => {
  expect(actual.map((row) => row.length)).toEqual(expected.map((row) => row.length));
  expected.forEach((row, s) => {
    row.forEach((x, i) => {
      expect(actual[s]![i]!).toBeCloseTo(x, 6);
    });
  });
};

const tables = fc
  .tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 2, max: 5 }), fc.integer())
  .map(([stages, k, seed]) => {
    const random = createRandom(seed);
    const table = () =>
      Array.from({ length: stages }, () => Array.from({ length: k }, () => random.normal()));
    return { stages, k, first: table(), second: table(), random };
  });

describe('weights', () => {
  it('are averaged over the last third', () => {
    const history = [9, 9, 9, 9, 1, 3].map((x) => [[x, 2 * x]]);
    expect(averageOverLastThird(history)).toEqual([[2, 4]]);
    expect(averageOverLastThird([[[5]]])).toEqual([[5]]);
    // Four entries: two count.
    expect(averageOverLastThird([0, 0, 1, 2].map((x) => [[x]]))).toEqual([[1.5]]);
    expect(() => averageOverLastThird([])).toThrow(/nothing to average/);
  });

  it('give product and mean readouts', () => {
    const weights = [
      [0.8, 0.2],
      [0.4, 0.6],
    ];
    const product = weightScores(weights, 'product');
    expect(product).toEqual(logWeights(weights));
    expect(Math.exp(choiceScore(product, [0, 1]))).toBeCloseTo(0.48, 12);
    expect(choiceScore(weightScores(weights, 'mean'), [0, 1])).toBeCloseTo(0.7, 12);
    expect(logWeights([[0, 1]])).toEqual([[Math.log(1e-12), 0]]);
  });
});

describe('probe combination', () => {
  it('golden, by hand', () => {
    // A: variances 1 and 0, so σ = 1. P: variances 4 and 12.25 · … = 4 + 12 = 16, so σ = 4.
    const logs = [
      [1, 3],
      [5, 5],
    ];
    const root = Math.sqrt(12);
    const probe = [
      [-2, 2],
      [-root, root],
    ];
    closeTo(combineProbe(logs, probe), [
      [-1 - 0.5, 1 + 0.5],
      [-root / 4, root / 4],
    ]);
  });

  it('drops a term that does not vary', () => {
    expect(combineProbe([[2, 2]], [[-1, 1]])).toEqual([[-1, 1]]);
    expect(combineProbe([[-1, 1]], [[2, 2]])).toEqual([[-1, 1]]);
    expect(combineProbe([[3, 3]], [[2, 2]])).toEqual([[0, 0]]);
    expect(() => combineProbe([[1]], [[1, 2]])).toThrow(/differ/);
  });

  it('does not depend on shift by stage or on scale', () => {
    fc.assert(
      fc.property(tables, ({ first, second }) => {
        const moved = first.map((row, s) => row.map((x) => 3 * x + 10 * s));
        closeTo(combineProbe(moved, second), combineProbe(first, second));
      }),
    );
  });
});

describe('softmax', () => {
  it('golden, and safe for large values', () => {
    expect(softmax([0, Math.log(3)])[1]).toBeCloseTo(0.75, 12);
    expect(softmax([1000, 1000])).toEqual([0.5, 0.5]);
    expect(softmax([])).toEqual([]);
  });
});

describe('leave one out', () => {
  it('ranks higher what is missed more', () => {
    expect(
      leaveOneOutScores([
        [1, 2, 6],
        [4, 2, 3],
      ]),
    ).toEqual([
      [-2, -1, 3],
      [1, -1, 0],
    ]);
  });
});

describe('ensemble', () => {
  it('averages', () => {
    expect(ensembleRanks([[[1, 2]], [[3, 6]]])).toEqual([[2, 4]]);
    expect(() => ensembleRanks([[[1, 2]], [[3]]])).toThrow(/differ/);
  });
});

describe('sampled paths', () => {
  it('recover an additive loss', () => {
    fc.assert(
      fc.property(tables, ({ stages, k, first, random }) => {
        // Random paths, and one by one, so that every candidate is seen.
        const paths = Array.from({ length: 4 * stages * k }, (_, m) =>
          Array.from({ length: stages }, (_, s) => (s === 0 ? m % k : random.integer(k))),
        );
        for (let s = 0; s < stages; s++) {
          for (let i = 0; i < k; i++) {
            paths.push(Array.from({ length: stages }, (_, t) => (t === s ? i : 0)));
          }
        }
        const losses = paths.map((path) => 2 + choiceScore(first, path));
        const fit = sampledPathsFit(paths, losses, new Array<number>(stages).fill(k));
        fit.forEach((row, s) => {
          const centre = first[s]!.reduce((a, b) => a + b, 0) / k;
          row.forEach((score, i) => {
            expect(score).toBeCloseTo(centre - first[s]![i]!, 4);
          });
        });
      }),
    );
  });

  it('stay finite and centred when paths are few', () => {
    const fit = sampledPathsFit(
      [
        [0, 1],
        [1, 1],
      ],
      [1, 2],
      [3, 3],
    );
    for (const row of fit) expect(row.reduce((a, b) => a + b, 0)).toBeCloseTo(0, 6);
    expect(fit[0]![0]!).toBeGreaterThan(fit[0]![1]!);
    closeTo([fit[1]!], [[0, 0, 0]]);
    expect(() => sampledPathsFit([], [], [2])).toThrow(/do not fit/);
    expect(() => sampledPathsFit([[2]], [1], [2])).toThrow(/do not fit/);
  });

  it('fit stages of different sizes', () => {
    const losses = [[1, 4], [5, 5, 8], [3]];
    const paths = [0, 1].flatMap((a) => [0, 1, 2].map((b) => [a, b, 0]));
    const fit = sampledPathsFit(
      paths,
      paths.map((path) => choiceScore(losses, path)),
      [2, 3, 1],
    );
    closeTo(fit, [[1.5, -1.5], [1, 1, -2], [0]]);
  });
});
