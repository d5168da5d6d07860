/** Local search on made-up truths: every optimum is one, and it goes on elsewhere. */
import { describe, expect, it } from 'vitest';
import { createRandom } from '../random.ts';
import { cellSpaceKind } from '../space/cells.ts';
import type { ArchitectureId } from '../space/ids.ts';
import { neighboursOf } from './blackBox.ts';
import { LOCAL_SEARCH } from './localSearch.ts';
import { playBlackBox } from './testing.ts';

const space = cellSpaceKind.create({ stages: 2, vertices: 3 });
const rugged = (seed: number) => (id: ArchitectureId) => createRandom(seed, id).uniform();

const play = (improvement: 'best' | 'first', seed: number, rounds = 200) =>
  playBlackBox(LOCAL_SEARCH, {
    space,
    options: { improvement },
    seed,
    rounds,
    truth: rugged(seed),
  });

describe.each(['best', 'first'] as const)('local search, %s improvement', (improvement) => {
  it('reports no optimum that has a better neighbour', () => {
    for (let seed = 0; seed < 20; seed++) {
      const truth = rugged(seed);
      const optima = play(improvement, seed).at(-1)?.note.optima ?? [];
      expect(optima.length).toBeGreaterThan(0);
      for (const { id } of optima) {
        const best = Math.max(...neighboursOf(space, space.read(id)).map(truth));
        expect(truth(space.read(id))).toBeGreaterThanOrEqual(best);
      }
    }
  });

  it('measures nothing twice, and ends when all is known', () => {
    const ids = play(improvement, 3, 500).flatMap(({ jobs }) => jobs.map(({ id }) => id));
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBe(space.count);
  });

  it('finds the best of all before the end, and keeps it', () => {
    const truth = rugged(7);
    const best = Math.max(...[...(space.enumerate() ?? [])].map(truth));
    expect(play(improvement, 7, 500).at(-1)?.incumbent?.accuracy).toBe(best);
  });
});

describe('the rounds of local search', () => {
  it('ask for all neighbours at once, or for one', () => {
    const [start, around] = play('best', 1, 2);
    expect(start?.jobs).toHaveLength(1);
    const { id } = start!.jobs[0]!;
    expect(new Set(around?.jobs.map((job) => job.id))).toEqual(new Set(neighboursOf(space, id)));
    expect(around?.jobs.every(({ origin }) => origin.parents[0] === id)).toBe(true);
    expect(play('first', 1, 10).every(({ jobs }) => jobs.length === 1)).toBe(true);
  });

  it('go on with what was measured when the budget cuts one short', () => {
    const cut = playBlackBox(LOCAL_SEARCH, {
      space,
      options: { improvement: 'best' },
      seed: 2,
      rounds: 3,
      truth: rugged(2),
      answered: 2,
    });
    expect(cut[1]?.scores).toHaveLength(2);
    expect(
      cut[2]?.jobs.every(({ id }) => !cut[1]?.jobs.slice(0, 2).some((job) => job.id === id)),
    ).toBe(true);
  });
});
