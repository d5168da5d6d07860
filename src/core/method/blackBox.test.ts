/** What black-box searches share: the order of accuracies, draws, and neighbours. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bitCount } from '../cell.ts';
import { architectureId, readCell } from '../cellId.ts';
import { orderings } from '../cellSpace.ts';
import { createRandom } from '../random.ts';
import { cellSpaceKind } from '../space/cells.ts';
import type { ArchitectureId } from '../space/ids.ts';
import {
  bestOf,
  betterIncumbent,
  drawUnseen,
  evaluateJob,
  knownAccuracy,
  neighboursOf,
  scoresOf,
  worthOf,
} from './blackBox.ts';
import type { Answer } from './jobs.ts';

const SMALL = cellSpaceKind.create({ stages: 2, vertices: 3 });
const idOf = (...masks: number[]) => architectureId({ vertices: 3, masks });
const [A, B, C] = [idOf(0, 0), idOf(0, 1), idOf(0, 7)];

describe('the order of accuracies', () => {
  it('puts what diverged below everything else', () => {
    expect(worthOf({ accuracy: 0.3 })).toBe(0.3);
    expect(worthOf({ accuracy: null })).toBeLessThan(worthOf({ accuracy: 0 }));
    expect(knownAccuracy({ id: A, accuracy: null })).toEqual({});
    expect(knownAccuracy({ id: A, accuracy: 0 })).toEqual({ accuracy: 0 });
  });

  it('finds the best, the first of equals', () => {
    const list = [
      { id: A, accuracy: null },
      { id: B, accuracy: 0.5 },
      { id: C, accuracy: 0.5 },
    ];
    expect(bestOf(list)).toBe(list[1]);
    expect(bestOf([...list].reverse())).toBe(list[2]);
    expect(bestOf(list.slice(0, 1))).toBe(list[0]);
    expect(bestOf([])).toBeNull();
  });

  it('replaces an incumbent only by something better', () => {
    const before = { id: A, accuracy: 0.5 };
    expect(betterIncumbent(before, [{ id: B, accuracy: 0.5 }])).toBe(before);
    expect(betterIncumbent(before, [{ id: B, accuracy: null }])).toBe(before);
    expect(betterIncumbent(before, [])).toBe(before);
    const better = { id: B, accuracy: 0.6 };
    expect(betterIncumbent(before, [{ id: C, accuracy: 0.55 }, better])).toEqual(better);
    expect(betterIncumbent({ id: A, accuracy: null }, [{ id: B, accuracy: 0 }])?.id).toBe(B);
    expect(betterIncumbent(null, [better])).toEqual(better);
    expect(betterIncumbent(null, [{ id: B, accuracy: null }])).toBeNull();
    expect(betterIncumbent(null, [])).toBeNull();
  });

  it('is read from answers about evaluations', () => {
    const context = { space: SMALL, candidates: [2, 2], steps: 7, options: {} };
    const origin = { kind: 'drawn', parents: [], values: {} };
    const job = evaluateJob(context, B, origin);
    expect(job).toEqual({ kind: 'evaluate', id: B, steps: 7, seed: 0, origin });
    const told = { loss: 1, diverged: null, known: false } as const;
    const answers: Answer[] = [
      { job, result: { kind: 'evaluate', accuracy: 0.25, ...told } },
      {
        job: { ...job, id: C },
        result: { kind: 'evaluate', ...told, loss: null, accuracy: null, diverged: 'Too steep.' },
      },
    ];
    expect(scoresOf(answers)).toEqual([
      { id: B, accuracy: 0.25 },
      { id: C, accuracy: null },
    ]);
  });
});

describe('drawUnseen', () => {
  it('draws what is new, with its numbers', () => {
    const seen = new Set<ArchitectureId>();
    const random = createRandom(1);
    for (let draw = 0; draw < 20; draw++) {
      const drawn = drawUnseen(SMALL, seen, random);
      if (!drawn) throw new Error('no draw');
      expect(seen.has(drawn.id)).toBe(false);
      expect(SMALL.read(drawn.id)).toBe(drawn.id);
      expect(drawn.origin).toMatchObject({ kind: 'drawn', parents: [] });
      expect(Object.keys(drawn.origin.values)).toEqual(['density1', 'density2']);
      seen.add(drawn.id);
    }
  });

  it('gives up when all is seen', () => {
    const all = new Set(SMALL.enumerate());
    expect(all.size).toBe(36);
    expect(drawUnseen(SMALL, all, createRandom(1))).toBeNull();
  });
});

describe('neighboursOf', () => {
  /** Fewest edges in which two cells differ, over all orders of the vertices of both. */
  const distance = (a: string, b: string) => {
    const [first, second] = [readCell(a), readCell(b)];
    return Math.min(
      ...orderings(first.vertices, first.mask).flatMap((one) =>
        orderings(second.vertices, second.mask).map((other) => bitCount(one ^ other)),
      ),
    );
  };

  it('differ in one decision, none twice, none the start', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 5 }),
        fc.integer({ min: 1, max: 3 }),
        fc.integer(),
        (vertices, stages, seed) => {
          const space = cellSpaceKind.create({ stages, vertices });
          const { id } = space.sample(createRandom(seed));
          const neighbours = neighboursOf(space, id);
          expect(new Set(neighbours).size).toBe(neighbours.length);
          expect(neighbours).not.toContain(id);
          expect(neighbours.length).toBeGreaterThan(0);
          const before = space.parts!.split(id);
          for (const next of neighbours) {
            const after = space.parts!.split(next);
            const changed = after.flatMap((cell, s) => (cell === before[s] ? [] : [s]));
            expect(changed).toHaveLength(1);
            expect(distance(before[changed[0]!]!, after[changed[0]!]!)).toBe(1);
            // Whoever is a neighbour has it as one, too, whatever the names of the vertices are.
            expect(neighboursOf(space, next)).toContain(id);
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  it('are all there: one for each edge that some order of its vertices gains or loses', () => {
    const one = cellSpaceKind.create({ stages: 1, vertices: 4 });
    for (const id of one.enumerate() ?? []) {
      const flipped = orderings(4, readCell(id).mask).flatMap((mask) =>
        Array.from({ length: 6 }, (_, bit) =>
          architectureId({ vertices: 4, masks: [mask ^ (1 << bit)] }),
        ),
      );
      expect(new Set(neighboursOf(one, id))).toEqual(new Set(flipped.filter((x) => x !== id)));
    }
  });
});
