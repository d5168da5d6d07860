import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bitCount, depthOf, edgeCount, edgesOf, facts, maskOf, type Pair } from './cell.ts';
import {
  alignTo,
  canonicalMask,
  classCount,
  depthStratified,
  enumerateClasses,
  isomorphic,
  logLikelihood,
  nearestUnused,
  orderings,
  sampleDensity,
  sampleFrom,
} from './cellSpace.ts';
import { LabError } from './errors.ts';
import { createRandom } from './random.ts';

/** A cell on lowest..highest vertices and a seed. */
const cellsUpTo = (highest: number) =>
  fc
    .integer({ min: 2, max: highest })
    .chain((n) =>
      fc.tuple(fc.constant(n), fc.integer({ min: 0, max: 2 ** edgeCount(n) - 1 }), fc.integer()),
    );

/** The same cell with its vertices in a random topological order. */
function relabel(n: number, mask: number, seed: number): number {
  const random = createRandom(seed, 'relabel');
  const position = new Map<number, number>();
  while (position.size < n) {
    const ready = Array.from({ length: n }, (_, v) => v).filter(
      (v) =>
        !position.has(v) && edgesOf(n, mask).every(([from, to]) => to !== v || position.has(from)),
    );
    position.set(ready[random.integer(ready.length)]!, position.size);
  }
  const edges = edgesOf(n, mask).map(([a, b]): Pair => [position.get(a)!, position.get(b)!]);
  return maskOf(n, edges);
}

/** Isomorphism by trying every permutation. */
function isomorphicByForce(n: number, first: number, second: number): boolean {
  const target = edgesOf(n, second).map(([a, b]) => `${a}-${b}`);
  const edges = edgesOf(n, first);
  const attempt = (image: readonly number[]): boolean => {
    if (image.length === n) {
      const mapped = edges.map(([a, b]) => `${image[a]}-${image[b]}`);
      return mapped.length === target.length && mapped.every((edge) => target.includes(edge));
    }
    for (let v = 0; v < n; v++) if (!image.includes(v) && attempt([...image, v])) return true;
    return false;
  };
  return attempt([]);
}

describe('canonical form', () => {
  it('counts the classes', () => {
    expect([2, 3, 4, 5, 6].map((n) => enumerateClasses(n).length)).toEqual([2, 6, 31, 302, 5984]);
    expect([2, 3, 4, 5, 6, 7, 8].map(classCount)).toEqual([2, 6, 31, 302, 5984, 243668, 20286025]);
  });

  it('sends all masks to the enumerated classes', () => {
    for (let n = 2; n <= 6; n++) {
      const seen = new Set<number>();
      for (let mask = 0; mask < 2 ** edgeCount(n); mask++) seen.add(canonicalMask(n, mask));
      expect([...seen].sort((a, b) => a - b)).toEqual(enumerateClasses(n));
    }
  });

  it('is idempotent, keeps the facts, and forgets the names of the vertices', () => {
    fc.assert(
      fc.property(cellsUpTo(8), ([n, mask, seed]) => {
        const canonical = canonicalMask(n, mask);
        expect(canonicalMask(n, canonical)).toBe(canonical);
        expect(facts(n, canonical)).toEqual(facts(n, mask));
        expect(canonicalMask(n, relabel(n, mask, seed))).toBe(canonical);
      }),
    );
  });

  it('agrees with trying all permutations', () => {
    fc.assert(
      fc.property(cellsUpTo(5), fc.integer({ min: 0 }), ([n, mask], other) => {
        const second = other % 2 ** edgeCount(n);
        expect(isomorphic(n, mask, second)).toBe(isomorphicByForce(n, mask, second));
      }),
    );
  });

  it('is fast on eight vertices', () => {
    const random = createRandom(1);
    const start = performance.now();
    for (let i = 0; i < 300; i++) canonicalMask(8, sampleDensity(8, random).mask);
    // The hardest kind: many vertices that refinement cannot tell apart.
    canonicalMask(
      8,
      maskOf(8, [
        [0, 1],
        [2, 3],
        [4, 5],
        [6, 7],
      ]),
    );
    expect(performance.now() - start).toBeLessThan(3000);
  });

  it('refuses to list seven vertices', () => {
    expect(() => enumerateClasses(7)).toThrow(/at most 6/);
  });
});

describe('orderings', () => {
  it('are all masks of the class, for every class', () => {
    for (let n = 2; n <= 5; n++) {
      const members = new Map<number, number[]>();
      for (let mask = 0; mask < 2 ** edgeCount(n); mask++) {
        const canonical = canonicalMask(n, mask);
        members.set(canonical, [...(members.get(canonical) ?? []), mask]);
      }
      for (const [canonical, masks] of members) {
        expect(orderings(n, canonical).sort((a, b) => a - b)).toEqual(masks);
      }
    }
  });

  it('golden: one edge on three vertices lies anywhere', () => {
    expect(orderings(3, 0b001)).toEqual([0b001, 0b010, 0b100]);
    expect(orderings(8, 0)).toEqual([0]);
  });

  it('align to the likeliest', () => {
    expect(alignTo(3, [0.1, 0.2, 0.9], 0b001).mask).toBe(0b100);
    expect(alignTo(3, [0.5, 0.5, 0.5], 0b010).mask).toBe(0b010);
    fc.assert(
      fc.property(cellsUpTo(6), ([n, mask, seed]) => {
        const random = createRandom(seed);
        const theta = Array.from({ length: edgeCount(n) }, () => random.uniform());
        const aligned = alignTo(n, theta, mask);
        expect(isomorphic(n, mask, aligned.mask)).toBe(true);
        expect(aligned.logLikelihood).toBe(logLikelihood(theta, aligned.mask));
        expect(aligned.logLikelihood).toBeGreaterThanOrEqual(logLikelihood(theta, mask));
      }),
    );
  });
});

describe('draws', () => {
  it('follow the probabilities', () => {
    const random = createRandom(3);
    expect(sampleFrom([0, 1, 0], random)).toBe(0b010);
    const draws = Array.from({ length: 4000 }, () => sampleFrom([0.2, 0.8, 0.5], random));
    const share = (bit: number) => draws.filter((mask) => (mask >>> bit) & 1).length / 4000;
    expect(share(0)).toBeCloseTo(0.2, 1);
    expect(share(1)).toBeCloseTo(0.8, 1);
    expect(share(2)).toBeCloseTo(0.5, 1);
    expect(logLikelihood([0.2, 0.8, 0.5], 0b010)).toBeCloseTo(Math.log(0.8 * 0.8 * 0.5), 12);
  });

  it('by density make every number of edges equally likely', () => {
    const random = createRandom(4);
    const counts = new Array<number>(4).fill(0);
    for (let i = 0; i < 8000; i++) counts[bitCount(sampleDensity(3, random).mask)]!++;
    for (const count of counts) expect(count / 8000).toBeCloseTo(0.25, 1);
  });

  it('by depth give one cell of each depth, and never two isomorphic ones', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 8 }), fc.integer(), (n, seed) => {
        const masks = depthStratified(n, n, createRandom(seed));
        // With two vertices there are but two cells: one of each depth.
        expect(masks.map((mask) => depthOf(n, mask))).toEqual(
          Array.from({ length: n }, (_, i) => i + 1),
        );
      }),
      { numRuns: 40 },
    );
    for (const [n, k] of [
      [3, 6],
      [4, 16],
      [4, 31],
      [5, 3],
    ] as const) {
      const masks = depthStratified(n, k, createRandom(k));
      expect(masks.length).toBe(k);
      expect(new Set(masks.map((mask) => canonicalMask(n, mask))).size).toBe(k);
    }
    expect(() => depthStratified(3, 7, createRandom(1))).toThrow(LabError);
  });
});

describe('nearest unused class', () => {
  it('is the cell itself when it is free, else as few flips away as possible', () => {
    expect(nearestUnused(3, 0b001, new Set())).toEqual({
      mask: canonicalMask(3, 0b001),
      distance: 0,
    });
    expect(nearestUnused(3, 0, new Set([0])).distance).toBe(1);
    const classes = enumerateClasses(4);
    for (const free of classes) {
      const taken = new Set(classes.filter((mask) => mask !== free));
      const { mask, distance } = nearestUnused(4, 0b101010, taken);
      expect(mask).toBe(free);
      const least = Math.min(...orderings(4, free).map((other) => bitCount(other ^ 0b101010)));
      expect(distance).toBe(least);
    }
    expect(() => nearestUnused(4, 0, new Set(classes))).toThrow(/only 31/);
  });
});
