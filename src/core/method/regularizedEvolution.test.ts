/** Regularised evolution on a made-up truth: who lives, who dies, and that it finds what is good. */
import { describe, expect, it } from 'vitest';
import { createRandom } from '../random.ts';
import { cellSpaceKind } from '../space/cells.ts';
import type { ArchitectureId } from '../space/ids.ts';
import { REGULARIZED_EVOLUTION } from './regularizedEvolution.ts';
import { playBlackBox } from './testing.ts';

const space = cellSpaceKind.create({ stages: 2, vertices: 4 });

/** Fewer edges are better, with a little of the seed's own taste so that nothing is equal. */
const truth = (seed: number) => (id: ArchitectureId) =>
  1 / (1 + id.length) + createRandom(seed, id).uniform();

const play = (options: { population: number; sample: number }, seed: number, rounds: number) =>
  playBlackBox(REGULARIZED_EVOLUTION, { space, options, seed, rounds, truth: truth(seed) });

describe('regularised evolution', () => {
  it('draws its first population in one round, then has one child a round', () => {
    const rounds = play({ population: 6, sample: 2 }, 1, 20);
    expect(rounds.map(({ jobs }) => jobs.length)).toEqual([6, ...new Array(19).fill(1)]);
    const ids = rounds.flatMap(({ jobs }) => jobs.map(({ id }) => id));
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('keeps its size, and removes the oldest whoever it is', () => {
    const rounds = play({ population: 5, sample: 3 }, 2, 30);
    const born = rounds.flatMap(({ jobs }) => jobs.map(({ id }) => id));
    rounds.slice(1).forEach(({ note }, round) => {
      expect(note.population).toHaveLength(5);
      expect(note.removed).toBe(born[round]);
      expect(note.population.map(({ id }) => id)).toEqual(born.slice(round + 1, round + 6));
    });
  });

  it('has children one decision away from the best of those it drew', () => {
    const rounds = play({ population: 4, sample: 4 }, 3, 25);
    for (const { jobs } of rounds.slice(1)) {
      const { origin, id } = jobs[0]!;
      if (origin.kind !== 'mutated') continue;
      const parent = space.read(origin.parents[0]!);
      expect(space.parts!.split(id)).not.toEqual(space.parts!.split(parent));
      expect(origin.values.tries).toBeGreaterThanOrEqual(1);
    }
    expect(rounds.some(({ jobs }) => jobs[0]?.origin.kind === 'mutated')).toBe(true);
  });

  it('keeps the best it has seen as its incumbent, even when it dies', () => {
    const rounds = play({ population: 4, sample: 2 }, 4, 40);
    let best = Number.NEGATIVE_INFINITY;
    for (const { scores, incumbent } of rounds) {
      best = Math.max(best, ...scores);
      expect(incumbent?.accuracy).toBe(best);
    }
  });

  it('stops when there is nothing left to try', () => {
    const tiny = cellSpaceKind.create({ stages: 1, vertices: 3 });
    const options = { population: 3, sample: 2 };
    const rounds = playBlackBox(REGULARIZED_EVOLUTION, {
      space: tiny,
      options,
      seed: 5,
      rounds: 50,
      truth: truth(5),
    });
    expect(rounds.flatMap(({ jobs }) => jobs)).toHaveLength(tiny.count);
  });

  it('beats chance where neighbours are alike', () => {
    /** Accuracy falls with the distance from one hidden architecture, in edges of its code. */
    const wins = Array.from({ length: 40 }, (_, seed) => {
      const target = space.sample(createRandom(seed, 'target')).id;
      const codes = (id: ArchitectureId) =>
        space.parts!.split(id).flatMap((part) => space.parts!.space.code(part));
      const hidden = codes(target);
      const likeness = (id: ArchitectureId) =>
        codes(id).filter((bit, site) => bit === hidden[site]).length;
      const found = playBlackBox(REGULARIZED_EVOLUTION, {
        space,
        options: { population: 10, sample: 3 },
        seed,
        rounds: 51,
        truth: likeness,
      });
      const draws = createRandom(seed, 'chance');
      const chance = Array.from({ length: 60 }, () => likeness(space.sample(draws).id));
      const evolved = found.at(-1)?.incumbent?.accuracy ?? 0;
      return evolved > Math.max(...chance) ? 1 : evolved === Math.max(...chance) ? 0.5 : 0;
    });
    expect(wins.reduce<number>((sum, win) => sum + win, 0) / wins.length).toBeGreaterThan(0.7);
  });

  it('refuses a sample larger than its population', () => {
    expect(() => play({ population: 3, sample: 4 }, 1, 1)).toThrow(/at most 3/);
  });
});
