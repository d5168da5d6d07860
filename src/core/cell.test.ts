import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  bitsOf,
  depthOf,
  edgeCount,
  edgePairs,
  edgesOf,
  facts,
  hasEdge,
  levelsOf,
  maskOf,
  operationsOf,
  pairIndex,
  predecessorsOf,
  sinksOf,
  sourcesOf,
  successorsOf,
} from './cell.ts';
import { LabError } from './errors.ts';

/** Any cell on 2..8 vertices. */
const cells = fc
  .integer({ min: 2, max: 8 })
  .chain((n) => fc.tuple(fc.constant(n), fc.integer({ min: 0, max: 2 ** edgeCount(n) - 1 })));

/** 0→1, 0→2, 1→3, 2→3 on four vertices. */
const diamond = maskOf(4, [
  [0, 1],
  [0, 2],
  [1, 3],
  [2, 3],
]);
const chain = (n: number) =>
  maskOf(
    n,
    Array.from({ length: n - 1 }, (_, i) => [i, i + 1] as const),
  );

describe('edge bits', () => {
  it('go row by row', () => {
    expect(edgePairs(4)).toEqual([
      [0, 1],
      [0, 2],
      [0, 3],
      [1, 2],
      [1, 3],
      [2, 3],
    ]);
    for (let n = 1; n <= 8; n++) {
      expect(edgeCount(n)).toBe((n * (n - 1)) / 2);
      expect(edgePairs(n).map(([from, to]) => pairIndex(n, from, to))).toEqual(
        edgePairs(n).map((_, bit) => bit),
      );
    }
  });

  it('survive the way to edges, bits and neighbours and back', () => {
    fc.assert(
      fc.property(cells, ([n, mask]) => {
        expect(maskOf(n, edgesOf(n, mask))).toBe(mask);
        expect(bitsOf(n, mask).reduce((sum, bit, i) => sum + bit * 2 ** i, 0)).toBe(mask);
        for (const [from, to] of edgePairs(n)) {
          const joined = hasEdge(n, mask, from, to);
          expect(predecessorsOf(n, mask, to).includes(from)).toBe(joined);
          expect(successorsOf(n, mask, from).includes(to)).toBe(joined);
          expect(hasEdge(n, mask, to, from)).toBe(false);
        }
      }),
    );
  });

  it('refuse a number of vertices out of bounds', () => {
    for (const n of [0, 9, -1, 2.5, Number.NaN]) expect(() => edgePairs(n)).toThrow(LabError);
  });
});

describe('shape of a cell', () => {
  it('golden: the diamond', () => {
    expect(diamond).toBe(0b110011);
    expect(operationsOf(4, diamond)).toEqual([
      { from: 0, to: 1, level: 0 },
      { from: 0, to: 2, level: 0 },
      { from: 1, to: 3, level: 1 },
      { from: 2, to: 3, level: 1 },
      { from: 3, to: 'output', level: 2 },
    ]);
    expect(facts(4, diamond)).toEqual({ edges: 4, depth: 3, sinks: 1, sources: 1, operations: 5 });
  });

  it('without edges: n parallel operations; as a chain: n in a row', () => {
    for (let n = 2; n <= 8; n++) {
      expect(facts(n, 0)).toEqual({ edges: 0, depth: 1, sinks: n, sources: n, operations: n });
      expect(facts(n, chain(n))).toEqual({
        edges: n - 1,
        depth: n,
        sinks: 1,
        sources: 1,
        operations: n,
      });
    }
  });

  it('holds its invariants', () => {
    fc.assert(
      fc.property(cells, ([n, mask]) => {
        const operations = operationsOf(n, mask);
        const levels = levelsOf(n, mask);
        const { edges, depth, sinks, sources } = facts(n, mask);
        expect(operations.length).toBe(edges + sinks);
        expect(sinks).toBe(sinksOf(n, mask).length);
        expect(sources).toBe(sourcesOf(n, mask).length);
        expect(depth).toBeGreaterThanOrEqual(1);
        expect(depth).toBeLessThanOrEqual(n);
        expect(depth).toBe(depthOf(n, mask));
        // Levels have no gap, and an operation ends above its own level.
        expect(new Set(operations.map((op) => op.level)).size).toBe(depth);
        for (const op of operations) {
          expect(op.level).toBe(levels[op.from]);
          if (op.to !== 'output') expect(levels[op.to]).toBeGreaterThan(op.level);
        }
        // Every vertex is on a way from INPUT to OUTPUT.
        for (let v = 0; v < n; v++) expect(operations.some((op) => op.from === v)).toBe(true);
      }),
    );
  });
});
