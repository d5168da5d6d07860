import { describe, expect, it } from 'vitest';
import { orderedCellId } from '../../core/cellId.ts';
import type { Origin } from '../../core/method/jobs.ts';
import { fixtureWhy } from '../shared/fixtureCells.ts';
import { memberKey } from '../shared/keys.ts';
import { layoutEvolution, placesOf } from './layout.ts';
import { describeEvolution, tableEvolution } from './text.ts';

describe('evolution', () => {
  const born = (kind: string, values: Origin['values']): Origin => ({ kind, parents: [], values });
  const sampled = born('sampled', { logLikelihood: -2, retries: 0 });
  const elite = born('elite', { stage: 0, candidate: 1, rank: 1.5 });
  const member = (rank: number | null, origin: Origin) => ({
    cell: orderedCellId(3, 1),
    weight: 0.5,
    rank,
    origin,
    why: fixtureWhy(origin),
  });

  it('sorts by rank and joins an elite to its parent', () => {
    expect(placesOf([member(1, sampled), member(2, sampled)])).toEqual([1, 0]);
    expect(placesOf([member(null, sampled), member(2, sampled)])).toEqual([0, 1]);
    const generations = [
      { index: 0, stages: [[member(1, sampled), member(2, sampled)]] },
      { index: 1, stages: [[member(3, elite), member(2, sampled)]] },
    ];
    const model = { originLabels: {}, generations, selected: null };
    const { lineages, marks } = layoutEvolution(model, { width: 700 });
    const parent = marks.find((m) => m.key === memberKey(0, 0, 1));
    expect(lineages).toHaveLength(1);
    expect(lineages[0]?.path.startsWith(`M${parent?.x} ${parent?.y}`)).toBe(true);
    expect(tableEvolution(model).rows).toHaveLength(4);
  });

  it('says why each kind of cell was born', () => {
    const origins = [
      born('initial', { density: 0.4 }),
      born('immigrant', { density: 0.7 }),
      elite,
      sampled,
      born('sampled', { logLikelihood: -2, retries: 3 }),
      born('nearest', { distance: 1 }),
    ];
    const stages = [origins.map((origin) => member(null, origin))];
    const model = { originLabels: {}, generations: [{ index: 0, stages }], selected: null };
    const why = tableEvolution(model).rows.map((row) => row.at(-1));
    expect(why).toEqual([
      expect.stringContaining('0.40'),
      expect.stringContaining('without looking at θ'),
      expect.stringContaining('candidate 2 of stage 1 with rank score 1.50'),
      expect.stringContaining('14 %'),
      expect.stringContaining('3 draws'),
      expect.stringContaining('1 edge away'),
    ]);
  });

  it('names kinds of birth that it does not know as the model does', () => {
    const stages = [
      [member(1, born('swapped', {})), member(2, born('odd', {})), member(3, sampled)],
    ];
    const model = {
      originLabels: { swapped: 'swapped edge' },
      generations: [{ index: 0, stages }],
      selected: null,
    };
    expect(describeEvolution(model)).toContain('1 sampled from θ, 1 swapped edge, 1 odd.');
    expect(layoutEvolution(model, { width: 700 }).lineages).toEqual([]);
  });
});
