import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../random.ts';
import { bestRankAt, ndcgAt, precisionAt, regretAt } from './index.ts';

const tied = fc
  .record({
    n: fc.integer({ min: 1, max: 9 }),
    seed: fc.integer(),
    levels: fc.integer({ min: 1, max: 5 }),
  })
  .chain(({ n, seed, levels }) =>
    fc.integer({ min: 1, max: n }).map((k) => {
      const random = createRandom(seed);
      const list = () => Array.from({ length: n }, () => random.integer(levels));
      return { x: list(), y: list(), k, random };
    }),
  );

const sampled = (
  { x, y, k }: { x: readonly number[]; y: readonly number[]; k: number },
  seed: number,
  measure: (x: readonly number[], y: readonly number[], k: number) => number | null,
) => {
  const random = createRandom(seed);
  const rounds = 4000;
  let sum = 0;
  for (let round = 0; round < rounds; round++) {
    sum +=
      measure(
        x.map((v) => v + random.uniform() / 2),
        y,
        k,
      ) ?? 0;
  }
  return sum / rounds;
};

describe('golden values', () => {
  const x = [5, 4, 3, 2, 1];
  const y = [0.5, 0.9, 0.7, 0.8, 0.1];

  it('without ties', () => {
    // Best two of x: {0, 1}; of y: {1, 3}.
    expect(precisionAt(x, y, 2)).toBe(0.5);
    expect(precisionAt(x, y, 5)).toBe(1);
    expect(regretAt(x, y, 1)).toBeCloseTo(0.4, 12);
    expect(regretAt(x, y, 2)).toBe(0);
    expect(bestRankAt(x, y, 1)).toBe(4);
    expect(bestRankAt(x, y, 2)).toBe(1);
    // Gains .5, 1 against 1, .875, discounts 1 and 1 / log2 3.
    expect(ndcgAt(x, y, 2)).toBeCloseTo((0.5 + 1 / Math.log2(3)) / (1 + 0.875 / Math.log2(3)), 12);
    expect(ndcgAt(y, y, 3)).toBe(1);
  });

  it('with ties at the border', () => {
    // First place sure, three share the second: members of the true top two by 1/3 each.
    expect(precisionAt([9, 1, 1, 1], [3, 4, 2, 1], 2)).toBeCloseTo((1 + 1 / 3) / 2, 12);
    // One of .9, .7, .5 is drawn.
    expect(regretAt([1, 1, 1, 0], [0.9, 0.7, 0.5, 0.95], 1)).toBeCloseTo(0.25, 12);
    // Two of the three: .9 with 2/3, otherwise .7.
    expect(regretAt([1, 1, 1, 0], [0.9, 0.7, 0.5, 0.95], 2)).toBeCloseTo(0.95 - 2.5 / 3, 12);
    expect(bestRankAt([1, 1, 1, 0], [0.9, 0.7, 0.5, 0.95], 1)).toBeCloseTo(3, 12);
    // Both tied places have the mean gain of .5.
    expect(ndcgAt([1, 1], [0, 1], 1)).toBeCloseTo(0.5, 12);
  });

  it('are n/a outside 1..n and, for NDCG, without any difference', () => {
    for (const measure of [precisionAt, regretAt, bestRankAt, ndcgAt]) {
      for (const k of [0, 6, 1.5, -1]) expect(measure(x, y, k)).toBeNull();
    }
    expect(ndcgAt([1, 2], [3, 3], 1)).toBeNull();
  });
});

describe('laws', () => {
  it('a constant ranker has the precision of chance', () => {
    fc.assert(
      fc.property(tied, ({ y, k }) => {
        const flat = y.map(() => 1);
        expect(precisionAt(flat, y, k)).toBeCloseTo(k / y.length, 12);
      }),
    );
  });

  it('everything is bounded, and keeping all loses nothing', () => {
    fc.assert(
      fc.property(tied, ({ x, y, k }) => {
        const n = x.length;
        expect(precisionAt(x, y, k)!).toBeGreaterThanOrEqual(0);
        expect(precisionAt(x, y, k)!).toBeLessThanOrEqual(1 + 1e-12);
        expect(regretAt(x, y, n)).toBe(0);
        expect(regretAt(x, y, k)!).toBeLessThanOrEqual(Math.max(...y) - Math.min(...y));
        expect(bestRankAt(x, y, k)!).toBeGreaterThanOrEqual(1);
        const gain = ndcgAt(x, y, k);
        expect(gain ?? 1).toBeLessThanOrEqual(1 + 1e-12);
        if (k < n) expect(regretAt(x, y, k + 1)!).toBeLessThanOrEqual(regretAt(x, y, k)! + 1e-12);
      }),
    );
  });

  it('nothing depends on the order of the architectures', () => {
    fc.assert(
      fc.property(tied, ({ x, y, k, random }) => {
        const order = random.shuffle(x.map((_, i) => i));
        const [a, b] = [order.map((i) => x[i]!), order.map((i) => y[i]!)];
        for (const measure of [precisionAt, regretAt, bestRankAt, ndcgAt]) {
          expect(measure(a, b, k) ?? -1).toBeCloseTo(measure(x, y, k) ?? -1, 12);
        }
      }),
    );
  });

  it('ties count by the mean over random orders', () => {
    const sample = { x: [2, 1, 1, 1, 1, 0], y: [0.2, 0.9, 0.4, 0.6, 0.3, 1], k: 3 };
    for (const measure of [precisionAt, regretAt, bestRankAt, ndcgAt]) {
      const exact = measure(sample.x, sample.y, sample.k)!;
      expect(Math.abs(sampled(sample, 5, measure) - exact)).toBeLessThan(0.03);
    }
  });
});
