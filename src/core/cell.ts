/**
 * A cell: a directed acyclic graph on n ordered vertices with edges from lower to higher numbers
 * only, kept as (n, mask). Bit i of the mask stands for the i-th pair in the order (0,1), (0,2), …,
 * (0,n−1), (1,2), …. INPUT feeds every vertex without predecessor through an identity edge; every
 * vertex without successor reaches OUTPUT through an operation; every other edge is an operation.
 * (arXiv 2404.16218, hierarchical spaces; the bit order is our choice.) This file looks at one cell;
 * `cellSpace.ts` looks at all of them.
 */
import { LabError } from './errors.ts';
import type { CellMask } from './region.ts';

/** Largest number of vertices: 28 edge bits still fit a 32-bit mask. */
export const MAXIMUM_VERTICES = 8;

/** An inner edge `[from, to]`, from < to. */
export type Pair = readonly [from: number, to: number];

/** One operation of a cell. `to` is a vertex, or OUTPUT. */
export interface Operation {
  readonly from: number;
  readonly to: number | 'output';
  /** Longest path, in operations, from INPUT to `from`: operations of one level can run together. */
  readonly level: number;
}

/** Size figures of a cell, all of them counts. */
export interface CellFacts {
  /** Inner edges, 0..n(n−1)/2. */
  readonly edges: number;
  /** Operations on the longest path from INPUT to OUTPUT, 1..n. */
  readonly depth: number;
  readonly sinks: number;
  readonly sources: number;
  /** Inner edges + sinks. */
  readonly operations: number;
}

/** Neighbours as bit sets over vertices: bit u of `into[v]` says that u → v is an edge. */
export interface Adjacency {
  readonly into: readonly number[];
  readonly outOf: readonly number[];
}

/** Vertex sets are memoised by number of vertices; there are eight of them. */
const PAIRS: readonly (readonly Pair[])[] = Array.from({ length: MAXIMUM_VERTICES + 1 }, (_, n) => {
  const pairs: Pair[] = [];
  for (let from = 0; from < n; from++) {
    for (let to = from + 1; to < n; to++) pairs.push([from, to]);
  }
  return pairs;
});

/**
 * All pairs in bit order.
 * @throws LabError `config-invalid` unless `vertices` is a whole number from 1 to 8.
 */
export function edgePairs(vertices: number): readonly Pair[] {
  const pairs = vertices >= 1 ? PAIRS[vertices] : undefined;
  if (pairs) return pairs;
  throw new LabError(
    'config-invalid',
    `A cell has from 1 to ${MAXIMUM_VERTICES} vertices, not ${vertices}.`,
    { field: 'space.vertices', value: vertices, bound: `1..${MAXIMUM_VERTICES}` },
  );
}

/** Number of possible edges E = n(n−1)/2, which is the number of bits of a mask. */
export function edgeCount(vertices: number): number {
  return edgePairs(vertices).length;
}

/** Bit of the pair (from, to), from < to. */
export function pairIndex(vertices: number, from: number, to: number): number {
  return from * vertices - (from * (from + 1)) / 2 + (to - from - 1);
}

/** Number of set bits, i.e. of inner edges. */
export function bitCount(mask: CellMask): number {
  let rest = mask;
  let count = 0;
  while (rest !== 0) {
    rest &= rest - 1;
    count++;
  }
  return count;
}

/** The edge bits as numbers 0 and 1, in bit order: the vector `a` of the pseudo-gradient. */
export function bitsOf(vertices: number, mask: CellMask): number[] {
  return edgePairs(vertices).map((_, bit) => (mask >>> bit) & 1);
}

/** Mask of a list of edges, in any order. */
export function maskOf(vertices: number, edges: readonly Pair[]): CellMask {
  return edges.reduce((mask, [from, to]) => mask | (1 << pairIndex(vertices, from, to)), 0);
}

/** Inner edges of a cell in bit order. */
export function edgesOf(vertices: number, mask: CellMask): Pair[] {
  return edgePairs(vertices).filter((_, bit) => (mask >>> bit) & 1);
}

/** True if from → to is an edge; false for any pair with from ≥ to. */
export function hasEdge(vertices: number, mask: CellMask, from: number, to: number): boolean {
  return from < to && ((mask >>> pairIndex(vertices, from, to)) & 1) === 1;
}

/** Neighbour sets of every vertex. */
export function adjacencyOf(vertices: number, mask: CellMask): Adjacency {
  const into = new Array<number>(vertices).fill(0);
  const outOf = new Array<number>(vertices).fill(0);
  const pairs = edgePairs(vertices);
  for (let bit = 0; bit < pairs.length; bit++) {
    if (((mask >>> bit) & 1) === 0) continue;
    const [from, to] = pairs[bit]!;
    into[to]! |= 1 << from;
    outOf[from]! |= 1 << to;
  }
  return { into, outOf };
}

const numbersBelow = (count: number) => Array.from({ length: count }, (_, i) => i);

/** Vertices with an edge to `vertex`, ascending. */
export function predecessorsOf(vertices: number, mask: CellMask, vertex: number): number[] {
  return numbersBelow(vertex).filter((from) => hasEdge(vertices, mask, from, vertex));
}

/** Vertices that `vertex` has an edge to, ascending. */
export function successorsOf(vertices: number, mask: CellMask, vertex: number): number[] {
  return numbersBelow(vertices).filter((to) => hasEdge(vertices, mask, vertex, to));
}

/** Vertices without predecessor, ascending: those that INPUT feeds. Never empty. */
export function sourcesOf(vertices: number, mask: CellMask): number[] {
  const { into } = adjacencyOf(vertices, mask);
  return numbersBelow(vertices).filter((vertex) => into[vertex] === 0);
}

/** Vertices without successor, ascending: those that feed OUTPUT. Never empty. */
export function sinksOf(vertices: number, mask: CellMask): number[] {
  const { outOf } = adjacencyOf(vertices, mask);
  return numbersBelow(vertices).filter((vertex) => outOf[vertex] === 0);
}

/** Longest path, in operations, from INPUT to each vertex: 0 for sources, at most n − 1. */
export function levelsOf(vertices: number, mask: CellMask): number[] {
  const levels = new Array<number>(vertices).fill(0);
  for (const [from, to] of edgesOf(vertices, mask)) {
    levels[to] = Math.max(levels[to]!, levels[from]! + 1);
  }
  return levels;
}

/**
 * Operations in a fixed order: inner edges in bit order, then one operation to OUTPUT for each sink.
 * Levels run from 0 without a gap. Between 1 (n = 1) and E + 1 operations, or n for the empty cell.
 */
export function operationsOf(vertices: number, mask: CellMask): Operation[] {
  const levels = levelsOf(vertices, mask);
  return [
    ...edgesOf(vertices, mask).map(([from, to]) => ({ from, to, level: levels[from]! })),
    ...sinksOf(vertices, mask).map((from) => ({
      from,
      to: 'output' as const,
      level: levels[from]!,
    })),
  ];
}

/** Operations on the longest path from INPUT to OUTPUT: 1 for the empty cell, n for the chain. */
export function depthOf(vertices: number, mask: CellMask): number {
  return 1 + Math.max(...levelsOf(vertices, mask));
}

/** Size figures of a cell. */
export function facts(vertices: number, mask: CellMask): CellFacts {
  const edges = bitCount(mask);
  const sinks = sinksOf(vertices, mask).length;
  return {
    edges,
    depth: depthOf(vertices, mask),
    sinks,
    sources: sourcesOf(vertices, mask).length,
    operations: edges + sinks,
  };
}
