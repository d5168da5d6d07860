/**
 * The space of cells: canonical forms up to isomorphism, counting, enumerating and drawing.
 *
 * Canonical form (our choice): vertices are sorted by level (longest path from INPUT), ties broken
 * by colour refinement with predecessors and successors apart; among the orders that remain, the
 * smallest mask wins. Sorting by level keeps every order topological, and refinement with the
 * pruning of twins (vertices with equal neighbours) leaves few orders even for eight vertices.
 */
import {
  type Adjacency,
  adjacencyOf,
  depthOf,
  edgeCount,
  edgesOf,
  levelsOf,
  maskOf,
  type Pair,
  pairIndex,
} from './cell.ts';
import { log } from './elementary.ts';
import { LabError } from './errors.ts';
import type { Random } from './random.ts';
import type { CellMask } from './region.ts';

/** Unlabelled acyclic digraphs on 0..8 vertices (OEIS A003087). */
const CLASS_COUNTS: readonly number[] = [1, 1, 2, 6, 31, 302, 5984, 243668, 20286025];

/** Orderings listed for one cell, at most: 7!, so that lists are complete up to seven vertices. */
const ORDERINGS_LIMIT = 5040;

/** Canonical forms remembered, at most, over all numbers of vertices. */
const CACHE_LIMIT = 1 << 16;

/** Number of cells up to isomorphism: 2, 6, 31, 302, 5984, 243668, 20286025 for n = 2..8. */
export function classCount(vertices: number): number {
  edgeCount(vertices);
  return CLASS_COUNTS[vertices]!;
}

/**
 * Visits orders of the vertices, depth first. `available(placed)` lists the vertices that may come
 * next, given the bit set of those placed; of twins only the first is tried. `visit` gets the
 * relabelled mask and returns false to stop.
 */
function eachOrder(
  vertices: number,
  { into, outOf }: Adjacency,
  available: (placed: number) => readonly number[],
  visit: (mask: CellMask) => boolean,
): void {
  const position = new Array<number>(vertices).fill(0);
  const place = (count: number, placed: number, mask: CellMask): boolean => {
    if (count === vertices) return visit(mask);
    const tried: number[] = [];
    for (const vertex of available(placed)) {
      if (tried.some((u) => into[u] === into[vertex] && outOf[u] === outOf[vertex])) continue;
      tried.push(vertex);
      position[vertex] = count;
      let next = mask;
      for (let from = 0; from < vertices; from++) {
        if ((into[vertex]! >>> from) & 1) next |= 1 << pairIndex(vertices, position[from]!, count);
      }
      if (!place(count + 1, placed | (1 << vertex), next)) return false;
    }
    return true;
  };
  place(0, 0, 0);
}

/** Isomorphism-invariant colours 0..n−1 of the vertices; ascending colours are topological. */
function coloursOf(vertices: number, mask: CellMask, { into, outOf }: Adjacency): number[] {
  const all = Array.from({ length: vertices }, (_, vertex) => vertex);
  let colours = levelsOf(vertices, mask);
  let classes = 0;
  const around = (set: number) =>
    all
      .filter((u) => (set >>> u) & 1)
      .map((u) => colours[u]!)
      .sort()
      .join('');
  for (;;) {
    const signatures = all.map((v) => `${colours[v]}|${around(into[v]!)}|${around(outOf[v]!)}`);
    const distinct = [...new Set(signatures)].sort();
    colours = signatures.map((signature) => distinct.indexOf(signature));
    if (distinct.length === classes || distinct.length === vertices) return colours;
    classes = distinct.length;
  }
}

function computeCanonical(vertices: number, mask: CellMask): CellMask {
  const adjacency = adjacencyOf(vertices, mask);
  const colours = coloursOf(vertices, mask, adjacency);
  const sorted = colours.map((_, vertex) => vertex).sort((a, b) => colours[a]! - colours[b]!);
  const firstColour = (placed: number) => {
    const rest = sorted.filter((vertex) => ((placed >>> vertex) & 1) === 0);
    return rest.filter((vertex) => colours[vertex] === colours[rest[0]!]);
  };
  let best = Number.POSITIVE_INFINITY;
  eachOrder(vertices, adjacency, firstColour, (candidate) => {
    if (candidate < best) best = candidate;
    return true;
  });
  return best;
}

/** Memo of a pure function; emptied when full. Keys: mask · 16 + vertices. */
const canonicalCache = new Map<number, CellMask>();

/**
 * The mask that stands for all cells isomorphic to this one. Idempotent.
 * @throws LabError `config-invalid` for a number of vertices outside 1..8.
 */
export function canonicalMask(vertices: number, mask: CellMask): CellMask {
  const key = mask * 16 + vertices;
  const known = canonicalCache.get(key);
  if (known !== undefined) return known;
  const canonical = computeCanonical(vertices, mask);
  if (canonicalCache.size >= CACHE_LIMIT) canonicalCache.clear();
  canonicalCache.set(key, canonical);
  return canonical;
}

/** True if the two cells (same number of vertices) differ by the names of their vertices only. */
export function isomorphic(vertices: number, first: CellMask, second: CellMask): boolean {
  return canonicalMask(vertices, first) === canonicalMask(vertices, second);
}

/**
 * The distinct masks isomorphic to this cell, the given one first, the others in order of discovery.
 * Complete up to seven vertices; at eight, the first 5,040 orders are looked at.
 */
export function orderings(vertices: number, mask: CellMask): CellMask[] {
  const adjacency = adjacencyOf(vertices, mask);
  const all = Array.from({ length: vertices }, (_, vertex) => vertex);
  const ready = (placed: number) =>
    all.filter((v) => ((placed >>> v) & 1) === 0 && (adjacency.into[v]! & ~placed) === 0);
  const found = new Set<CellMask>([mask]);
  let visited = 0;
  eachOrder(vertices, adjacency, ready, (candidate) => {
    found.add(candidate);
    visited++;
    return visited < ORDERINGS_LIMIT;
  });
  return [...found];
}

/** Enumerations asked for so far, by number of vertices. */
const classesCache = new Map<number, readonly CellMask[]>([[1, [0]]]);

/**
 * Canonical masks of all classes, ascending. Every class on n vertices is one on n − 1 with a last
 * vertex added, so n = 6 takes 9,664 canonical forms instead of 32,768.
 * @throws LabError `usage` for more than six vertices, `config-invalid` outside 1..8.
 */
export function enumerateClasses(vertices: number): readonly CellMask[] {
  edgeCount(vertices);
  if (vertices > 6) {
    throw new LabError(
      'usage',
      `Cells on ${vertices} vertices are too many to list (${classCount(vertices)}). Use at most 6.`,
      { vertices, classes: classCount(vertices) },
    );
  }
  const known = classesCache.get(vertices);
  if (known) return known;
  const last = vertices - 1;
  const found = new Set<CellMask>();
  for (const smaller of enumerateClasses(last)) {
    const base = maskOf(vertices, edgesOf(last, smaller));
    for (let set = 0; set < 1 << last; set++) {
      const added: Pair[] = [];
      for (let from = 0; from < last; from++) if ((set >>> from) & 1) added.push([from, last]);
      found.add(canonicalMask(vertices, base | maskOf(vertices, added)));
    }
  }
  const classes = [...found].sort((a, b) => a - b);
  classesCache.set(vertices, classes);
  return classes;
}

/** A density p ~ U(0,1), then every edge with probability p. The mask is as drawn, not canonical. */
export function sampleDensity(
  vertices: number,
  random: Random,
): { readonly mask: CellMask; readonly density: number } {
  const density = random.uniform();
  const theta = new Array<number>(edgeCount(vertices)).fill(density);
  return { mask: sampleFrom(theta, random), density };
}

/** Every edge on its own: bit e is set with probability `theta[e]`. The mask is as drawn. */
export function sampleFrom(theta: readonly number[], random: Random): CellMask {
  return theta.reduce((mask, p, bit) => (random.bernoulli(p) ? mask | (1 << bit) : mask), 0);
}

/** ln of the probability that `sampleFrom(theta)` draws this mask; −∞ if it cannot. */
export function logLikelihood(theta: readonly number[], mask: CellMask): number {
  return theta.reduce((sum, p, bit) => sum + log((mask >>> bit) & 1 ? p : 1 - p), 0);
}

/** Of the cell's orderings, the likeliest under θ; the earliest listed of equals. (Our option.) */
export function alignTo(
  vertices: number,
  theta: readonly number[],
  mask: CellMask,
): { readonly mask: CellMask; readonly logLikelihood: number } {
  let best = { mask, logLikelihood: Number.NEGATIVE_INFINITY };
  for (const candidate of orderings(vertices, mask)) {
    const likelihood = logLikelihood(theta, candidate);
    if (likelihood > best.logLikelihood) best = { mask: candidate, logLikelihood: likelihood };
  }
  return best;
}

/**
 * The class outside `taken` (canonical masks) that the fewest edge flips reach from `mask`;
 * canonical. Equal distances: the first found when flipping bits in order.
 * @throws LabError `config-invalid` if every class is taken.
 */
export function nearestUnused(
  vertices: number,
  mask: CellMask,
  taken: ReadonlySet<CellMask>,
): { readonly mask: CellMask; readonly distance: number } {
  const edges = edgeCount(vertices);
  const seen = new Set<CellMask>([mask]);
  let ring: CellMask[] = [mask];
  for (let distance = 0; ring.length > 0; distance++) {
    const next: CellMask[] = [];
    for (const candidate of ring) {
      const canonical = canonicalMask(vertices, candidate);
      if (!taken.has(canonical)) return { mask: canonical, distance };
      for (let bit = 0; bit < edges; bit++) {
        const flipped = candidate ^ (1 << bit);
        if (seen.has(flipped)) continue;
        seen.add(flipped);
        next.push(flipped);
      }
    }
    ring = next;
  }
  throw tooManyCandidates(vertices, taken.size + 1);
}

/** The error of asking for more distinct cells than there are. */
export function tooManyCandidates(vertices: number, candidates: number): LabError {
  const classes = classCount(vertices);
  return new LabError(
    'config-invalid',
    `space.candidates: ${candidates} different cells are asked for, but there are only ${classes} on ${vertices} vertices. Use fewer candidates or more vertices.`,
    { field: 'space.candidates', value: candidates, bound: classes },
  );
}

/** Density draws tried for one depth before the next depth gets its turn. */
const STRATUM_TRIES = 500;

/**
 * k canonical masks, no two isomorphic, of depths 1, 2, …, n, 1, …; each is a density draw repeated
 * until its depth is right. A depth with no class left (depth 1 has one class only) gives its turn to
 * the next. (Our choice: regions whose cells differ much are the ones to measure rankers on.)
 * @throws LabError `config-invalid` if there are fewer than k classes.
 */
export function depthStratified(vertices: number, k: number, random: Random): CellMask[] {
  if (k > classCount(vertices)) throw tooManyCandidates(vertices, k);
  const taken = new Set<CellMask>();
  const open = Array.from({ length: vertices }, (_, i) => i + 1);
  for (let turn = 0; taken.size < k && open.length > 0; ) {
    const depth = open[turn % open.length]!;
    const fresh = drawDepth(vertices, depth, taken, random);
    if (fresh === null) {
      open.splice(turn % open.length, 1);
    } else {
      taken.add(fresh);
      turn++;
    }
  }
  while (taken.size < k) {
    taken.add(nearestUnused(vertices, sampleDensity(vertices, random).mask, taken).mask);
  }
  return [...taken];
}

function drawDepth(
  vertices: number,
  depth: number,
  taken: ReadonlySet<CellMask>,
  random: Random,
): CellMask | null {
  for (let attempt = 0; attempt < STRATUM_TRIES; attempt++) {
    const { mask } = sampleDensity(vertices, random);
    if (depthOf(vertices, mask) !== depth) continue;
    const canonical = canonicalMask(vertices, mask);
    if (!taken.has(canonical)) return canonical;
  }
  return null;
}
