import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { depthOf } from '../cell.ts';
import { canonicalMask, classCount, logLikelihood, orderings } from '../cellSpace.ts';
import { LabError } from '../errors.ts';
import { createRandom } from '../random.ts';
import type { Region } from '../region.ts';
import { play } from './play.fixture.ts';
import { pseudoGradient, pseudoGradientStrategy, rankShaped } from './pseudoGradient.ts';
import { STRATEGIES, strategyById } from './registry.ts';
import type { SpaceDescription, StrategyOptions } from './types.ts';

const space: SpaceDescription = { vertices: 5, stages: 2, candidates: 5 };

/** Ranks of a region at random. */
const noise = (region: Region, seed: number) => {
  const random = createRandom(seed, 'noise');
  return region.stages.map((masks) => masks.map(() => random.normal()));
};

describe('registry', () => {
  it('finds by id and lists what there is', () => {
    expect(strategyById('pseudo-gradient')).toBe(pseudoGradientStrategy);
    expect(() => strategyById('annealing')).toThrow(/pseudo-gradient, random/);
  });

  it('has a default for every field, and a field for every default', () => {
    for (const { descriptor } of STRATEGIES) {
      expect(descriptor.fields.map((field) => field.path).sort()).toEqual(
        Object.keys(descriptor.defaults)
          .map((name) => `strategy.options.${name}`)
          .sort(),
      );
    }
  });
});

describe.each(STRATEGIES.map((strategy) => [strategy.descriptor.id, strategy] as const))(
  '%s',
  (_, strategy) => {
    it('proposes canonical cells, no two isomorphic, with an origin each', () => {
      fc.assert(
        fc.property(
          fc.integer({ min: 2, max: 6 }),
          fc.integer({ min: 2, max: 10 }),
          fc.constantFrom('density', 'depth-stratified'),
          fc.integer(),
          (vertices, wanted, firstBatch, seed) => {
            const candidates = Math.min(wanted, classCount(vertices));
            const here = { vertices, stages: 2, candidates };
            for (const step of play(strategy, here, { firstBatch }, seed, 4, noise)) {
              step.proposal.region.stages.forEach((masks, s) => {
                expect(masks.length).toBe(candidates);
                expect(new Set(masks.map((m) => canonicalMask(vertices, m))).size).toBe(candidates);
                expect(masks.map((m) => canonicalMask(vertices, m))).toEqual(masks);
                expect(step.proposal.origins[s]!.length).toBe(candidates);
              });
            }
          },
        ),
        { numRuns: 30 },
      );
    });

    it('is deterministic, and its memory is plain data', () => {
      const first = play(strategy, space, {}, 5, 4, noise);
      expect(play(strategy, space, {}, 5, 4, noise)).toEqual(first);
      const { after } = first[2]!;
      const restored = JSON.parse(JSON.stringify(after));
      expect(restored).toEqual(after);
      expect(strategy.propose(restored, createRandom(5, 'propose', 3))).toEqual(first[3]!.proposal);
      expect(play(strategy, space, {}, 6, 1, noise)).not.toEqual(first.slice(0, 1));
    });

    it('refuses what cannot be', () => {
      const init = (options: StrategyOptions, candidates = 5, vertices = 5) =>
        strategy.init({ vertices, stages: 1, candidates }, options, createRandom(1));
      expect(() => init({}, 7, 3)).toThrow(/only 6/);
      expect(() => init({ elites: 17 })).toThrow(/0 to 16/);
      expect(() => init({ elites: 6 })).toThrow(/batch of 5/);
      expect(() => init({ colour: 'red' })).toThrow(/no such option/);
      expect(() => init({ firstBatch: 'any' })).toThrow(LabError);
      const state = init({});
      const { region } = strategy.propose(state, createRandom(1));
      expect(() => strategy.update(state, region, [[1, 2]], createRandom(1))).toThrow(/do not fit/);
    });
  },
);

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
    const here = { vertices: 2, stages: 1, candidates: 2 };
    const state = pseudoGradientStrategy.init(here, { eta: 0.5 }, createRandom(1));
    const { state: after, move } = pseudoGradientStrategy.update(
      state,
      { vertices: 2, stages: [[0, 1]] },
      [[0, Math.log(3)]],
      createRandom(1),
    );
    expect(move.utilities[0]![1]).toBeCloseTo(0.75, 12);
    expect(move.gradient[0]![0]).toBeCloseTo(0.25, 12);
    expect(after.theta[0]![0]).toBeCloseTo(0.625, 12);
    expect(after.generation).toBe(1);
    expect(after.elites).toEqual([[{ mask: 1, candidate: 1, rank: Math.log(3) }]]);
  });

  it('is zero when all rank the same', () => {
    for (const utilities of ['raw', 'rank']) {
      const [step] = play(pseudoGradientStrategy, space, { utilities }, 3, 1, (region) =>
        region.stages.map((masks) => masks.map(() => 7)),
      );
      for (const row of step!.move.gradient) {
        for (const g of row) expect(g).toBeCloseTo(0, 12);
      }
      step!.after.theta.flat().forEach((p) => {
        expect(p).toBeCloseTo(0.5, 12);
      });
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
          for (const { after, proposal } of play(
            pseudoGradientStrategy,
            space,
            options,
            seed,
            5,
            noise,
          )) {
            for (const p of after.theta.flat()) {
              expect(p).toBeGreaterThanOrEqual(lowerBound);
              expect(p).toBeLessThanOrEqual(upperBound);
            }
            expect(proposal.region.stages.length).toBe(2);
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  it('keeps the elite, invites an immigrant and draws the rest', () => {
    const steps = play(pseudoGradientStrategy, space, {}, 9, 5, noise);
    expect(steps[0]!.proposal.origins.flat().every(({ kind }) => kind === 'initial')).toBe(true);
    for (let g = 1; g < steps.length; g++) {
      const { region, origins } = steps[g]!.proposal;
      const last = steps[g - 1]!;
      region.stages.forEach((masks, s) => {
        const ranks = last.ranks[s]!;
        const candidate = ranks.indexOf(Math.max(...ranks));
        expect(masks[0]).toBe(last.proposal.region.stages[s]![candidate]);
        expect(origins[s]![0]).toEqual({
          kind: 'elite',
          parent: { stage: s, candidate },
          rank: ranks[candidate],
        });
        expect(['immigrant', 'nearest']).toContain(origins[s]![1]!.kind);
        for (const { kind } of origins[s]!.slice(2)) expect(['sampled', 'nearest']).toContain(kind);
      });
    }
  });

  it('has a memory-less form without elites and immigrants', () => {
    const steps = play(pseudoGradientStrategy, space, { elites: 0, immigrants: 0 }, 2, 3, noise);
    expect(steps[2]!.after.elites).toEqual([[], []]);
    const kinds = steps[2]!.proposal.origins.flat().map(({ kind }) => kind);
    expect(kinds.every((kind) => kind === 'sampled' || kind === 'nearest')).toBe(true);
  });

  it('starts by depth if asked', () => {
    const [step] = play(
      pseudoGradientStrategy,
      space,
      { firstBatch: 'depth-stratified' },
      2,
      1,
      noise,
    );
    for (const masks of step!.proposal.region.stages) {
      expect(masks.map((mask) => depthOf(5, mask))).toEqual([1, 2, 3, 4, 5]);
    }
  });

  it('aligned: counts each cell in its likeliest order', () => {
    const here = { vertices: 3, stages: 1, candidates: 2 };
    const region = { vertices: 3, stages: [[0, canonicalMask(3, 0b001)]] };
    const start = pseudoGradientStrategy.init(here, { alignment: 'aligned' }, createRandom(1));
    const state = { ...start, theta: [[0.1, 0.2, 0.9]] };
    const { move } = pseudoGradientStrategy.update(state, region, [[0, 3]], createRandom(1));
    expect(move.gradient[0]![2]).toBeGreaterThan(0);
    expect(move.gradient[0]![0]).toBeCloseTo(0, 12);
    expect(logLikelihood(state.theta[0]!, 0b100)).toBe(
      Math.max(...orderings(3, 0b001).map((mask) => logLikelihood(state.theta[0]!, mask))),
    );
  });

  it('refuses more elites and immigrants than places', () => {
    expect(() =>
      pseudoGradientStrategy.init(space, { elites: 3, immigrants: 3 }, createRandom(1)),
    ).toThrow(/6 places of a batch of 5/);
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
