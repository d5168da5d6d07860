/** The pseudo-gradient by hand, and what its batches are made of. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cellId } from '../cellId.ts';
import { canonicalMask, orderings } from '../cellSpace.ts';
import { createRandom } from '../random.ts';
import type { RankJob } from './jobs.ts';
import {
  logLikelihood,
  PSEUDO_GRADIENT,
  pseudoGradient,
  pseudoGradientMethod,
  rankShaped,
  readPseudoGradientNote,
} from './pseudoGradient.ts';
import { contextOf, play, rankedAs } from './testing.ts';
import type { MethodOptions } from './types.ts';

const SPACE = { vertices: 5, candidates: [5, 5] };

const searched = (options: MethodOptions, seed: number, rounds: number, candidates = [5, 5]) =>
  play(
    pseudoGradientMethod,
    contextOf(pseudoGradientMethod, { vertices: 5, candidates }, options),
    seed,
    rounds,
  );

const noteOf = (note: unknown) => {
  const read = readPseudoGradientNote(note);
  if (!read) throw new Error('no note of the pseudo-gradient');
  return read;
};

/** One stage of these cells, as if drawn at random. */
const jobOf = (vertices: number, masks: readonly number[]): RankJob => ({
  kind: 'rank',
  region: [masks.map((mask) => cellId(vertices, mask))],
  origins: [masks.map(() => ({ kind: 'initial', parents: [], values: { density: 0.5 } }))],
});

describe('pseudo-gradient', () => {
  it('golden, by hand', () => {
    // W − 1/k = .25, −.25. Edge 0: only the first has it; edge 1: both; edge 2: only the second.
    const bits = [
      [1, 1, 0],
      [0, 1, 1],
    ];
    const gradient = pseudoGradient([0.5, 0.3, 0.9], [0.75, 0.25], bits);
    [0.25, 0, -0.25].forEach((g, e) => {
      expect(gradient[e]).toBeCloseTo(g, 12);
    });
  });

  it('golden update: θ moves by η g and is clipped', () => {
    const size = { vertices: 2, candidates: [2] };
    const context = contextOf(pseudoGradientMethod, size, { eta: 0.5 });
    const start = PSEUDO_GRADIENT.init(context, createRandom(1));
    const answer = rankedAs(context, jobOf(2, [0, 1]), [[0, Math.log(3)]]);
    const { state, note } = PSEUDO_GRADIENT.tell(start, [answer], context, createRandom(1));
    expect(note.utilities[0]![1]).toBeCloseTo(0.75, 12);
    expect(note.gradient[0]![0]).toBeCloseTo(0.25, 12);
    expect(note.theta[0]![0]).toBeCloseTo(0.625, 12);
    expect(state).toEqual({
      generation: 1,
      theta: note.theta,
      elites: [[{ id: '2:1', candidate: 1, rank: Math.log(3) }]],
    });
    const far = { ...context, options: { ...context.options, eta: 10 } };
    const { note: clipped } = PSEUDO_GRADIENT.tell(start, [answer], far, createRandom(1));
    expect(clipped.theta).toEqual([[0.92]]);
  });

  it('is zero when all rank the same', () => {
    for (const utilities of ['raw', 'rank']) {
      const context = contextOf(pseudoGradientMethod, SPACE, { utilities });
      const [step] = play(pseudoGradientMethod, context, 3, 1, (region) =>
        region.map((cells) => cells.map(() => 7)),
      );
      const { gradient, theta } = noteOf(step!.note);
      for (const g of gradient.flat()) expect(g).toBeCloseTo(0, 12);
      for (const p of theta.flat()) expect(p).toBeCloseTo(0.5, 12);
      expect(theta.map((row) => row.length)).toEqual([10, 10]);
    }
  });

  it('keeps θ within its bounds', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 0.5, noNaN: true }),
        fc.double({ min: 0.5, max: 1, noNaN: true }),
        fc.constantFrom('canonical', 'aligned'),
        fc.integer(),
        (lowerBound, upperBound, alignment, seed) => {
          const options = { lowerBound, upperBound, alignment, eta: 10 };
          for (const { note, job } of searched(options, seed, 5, [5, 3])) {
            for (const p of noteOf(note).theta.flat()) {
              expect(p).toBeGreaterThanOrEqual(lowerBound);
              expect(p).toBeLessThanOrEqual(upperBound);
            }
            expect(job.region.length).toBe(2);
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  it('keeps the elite, invites an immigrant and draws the rest', () => {
    const steps = searched({}, 9, 5, [5, 4]);
    expect(steps[0]!.job.origins.flat().every(({ kind }) => kind === 'initial')).toBe(true);
    for (let g = 1; g < steps.length; g++) {
      const { region, origins } = steps[g]!.job;
      const last = steps[g - 1]!;
      region.forEach((cells, stage) => {
        const ranks = last.ranks[stage]!;
        const rank = Math.max(...ranks);
        const candidate = ranks.indexOf(rank);
        expect(cells[0]).toBe(last.job.region[stage]![candidate]);
        expect(origins[stage]![0]).toEqual({
          kind: 'elite',
          parents: [cells[0]],
          values: { stage, candidate, rank },
        });
        expect(['immigrant', 'nearest']).toContain(origins[stage]![1]!.kind);
        for (const { kind } of origins[stage]!.slice(2)) {
          expect(['sampled', 'nearest']).toContain(kind);
        }
      });
    }
  });

  it('has a memory-less form without elites and immigrants', () => {
    const steps = searched({ elites: 0, immigrants: 0 }, 2, 3);
    expect(steps[2]!.memory).toMatchObject({ elites: [[], []] });
    const kinds = steps[2]!.job.origins.flat().map(({ kind }) => kind);
    expect(kinds.every((kind) => kind === 'sampled' || kind === 'nearest')).toBe(true);
  });

  it('aligned: counts each cell in its likeliest order', () => {
    const size = { vertices: 3, candidates: [2] };
    const context = contextOf(pseudoGradientMethod, size, { alignment: 'aligned' });
    const start = PSEUDO_GRADIENT.init(context, createRandom(1));
    const theta = [0.1, 0.2, 0.9];
    const answer = rankedAs(context, jobOf(3, [0, canonicalMask(3, 0b001)]), [[0, 3]]);
    const state = { ...start, theta: [theta] };
    const { note } = PSEUDO_GRADIENT.tell(state, [answer], context, createRandom(1));
    expect(note.gradient[0]![2]).toBeGreaterThan(0);
    expect(note.gradient[0]![0]).toBeCloseTo(0, 12);
    const bits = (mask: number) => [mask & 1, (mask >> 1) & 1, (mask >> 2) & 1];
    expect(logLikelihood(theta, bits(0b100))).toBe(
      Math.max(...orderings(3, 0b001).map((mask) => logLikelihood(theta, bits(mask)))),
    );
  });

  it('refuses more elites and immigrants than places', () => {
    const begin = (candidates: number[]) =>
      pseudoGradientMethod.begin(
        contextOf(pseudoGradientMethod, { vertices: 5, candidates }, { elites: 3, immigrants: 3 }),
        createRandom(1),
      );
    expect(() => begin([5, 5])).toThrow(/6 places of a batch of 5/);
    expect(() => begin([9, 5])).toThrow(/6 places of a batch of 5/);
    expect(begin([9, 6]).memory).toMatchObject({ generation: 0 });
  });

  it('refuses parts with more than two options a site', () => {
    const { space } = contextOf(pseudoGradientMethod, SPACE);
    if (!space.parts) throw new Error('no parts');
    const sites = space.parts.space.sites.map((site) => ({ ...site, options: ['0', '1', '2'] }));
    const wide = { ...space, parts: { ...space.parts, space: { ...space.parts.space, sites } } };
    expect(pseudoGradientMethod.accepts(wide)).toMatch(/more options\.$/);
  });

  it('reads its own notes only', () => {
    expect(readPseudoGradientNote(null)).toBeNull();
    expect(readPseudoGradientNote({ theta: [[0.5]], gradient: [[0]] })).toBeNull();
    const note = { theta: [[0.5]], gradient: [[0]], utilities: [[1]] };
    expect(readPseudoGradientNote(note)).toEqual(note);
  });
});

describe('rank-shaped utilities', () => {
  it('sum to 1, keep the order, and share ties', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 1, maxLength: 9 }),
        (ranks) => {
          const shaped = rankShaped(ranks);
          expect(shaped.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12);
          ranks.forEach((rank, i) => {
            ranks.forEach((other, j) => {
              if (rank >= other) expect(shaped[i]!).toBeGreaterThanOrEqual(shaped[j]! - 1e-12);
            });
          });
        },
      ),
    );
    // k = 2: ln 2 − ln 1 for the first place, nothing for the second.
    expect(rankShaped([5, 1])).toEqual([1, 0]);
  });
});
