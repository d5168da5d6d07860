import { describe, expect, it } from 'vitest';
import type { Origin } from '../../core/strategies/types.ts';
import { memberKey } from '../shared/keys.ts';
import { layoutEvolution, placesOf } from './layout.ts';
import { tableEvolution } from './text.ts';
import { whyBorn } from './whyBorn.ts';

describe('evolution', () => {
  const sampled: Origin = { kind: 'sampled', logLikelihood: -2, retries: 0 };
  const elite: Origin = { kind: 'elite', parent: { stage: 0, candidate: 1 }, rank: 1.5 };
  const member = (rank: number | null, origin: Origin) => ({ mask: 1, weight: 0.5, rank, origin });

  it('sorts by rank and joins an elite to its parent', () => {
    expect(placesOf([member(1, sampled), member(2, sampled)])).toEqual([1, 0]);
    expect(placesOf([member(null, sampled), member(2, sampled)])).toEqual([0, 1]);
    const generations = [
      { index: 0, stages: [[member(1, sampled), member(2, sampled)]] },
      { index: 1, stages: [[member(3, elite), member(2, sampled)]] },
    ];
    const model = { vertices: 3, generations, selected: null };
    const { lineages, marks } = layoutEvolution(model, { width: 700 });
    const parent = marks.find((m) => m.key === memberKey(0, 0, 1));
    expect(lineages).toHaveLength(1);
    expect(lineages[0]?.path.startsWith(`M${parent?.x} ${parent?.y}`)).toBe(true);
    expect(tableEvolution(model).rows).toHaveLength(4);
  });

  it('says why each kind of cell was born', () => {
    expect(whyBorn({ kind: 'initial', density: 0.4 })).toContain('0.40');
    expect(whyBorn({ kind: 'immigrant', density: 0.7 })).toContain('without looking at θ');
    expect(whyBorn(elite)).toContain('candidate 2 of stage 1 with rank score 1.50');
    expect(whyBorn(sampled)).toContain('14 %');
    expect(whyBorn({ kind: 'sampled', logLikelihood: -2, retries: 3 })).toContain('3 draws');
    expect(whyBorn({ kind: 'nearest', distance: 1 })).toContain('1 edge away');
  });
});
