/** The populations in words and as a table. */

import type { ChartTable } from '../shared/chart.ts';
import { ORIGIN_KINDS, originLook } from '../shared/colours.ts';
import { placesOf } from './layout.ts';
import type { EvolutionModel } from './model.ts';
import { whyBorn } from './whyBorn.ts';

export function describeEvolution(model: EvolutionModel): string {
  const all = model.generations.flatMap((g) => g.stages.flat());
  const counts = ORIGIN_KINDS.map((kind) => ({
    kind,
    n: all.filter((c) => c.origin.kind === kind).length,
  }))
    .filter(({ n }) => n > 0)
    .map(({ kind, n }) => `${n} ${originLook(kind).name}`);
  return `Populations of ${model.generations.length} generations, ${all.length} cells: ${counts.join(', ') || 'none yet'}.`;
}

export function tableEvolution(model: EvolutionModel): ChartTable {
  return {
    columns: [
      'generation',
      'stage',
      'candidate',
      'place',
      'cell (mask)',
      'weight',
      'rank score',
      'why born',
    ],
    rows: model.generations.flatMap((g) =>
      g.stages.flatMap((candidates, s) => {
        const places = placesOf(candidates);
        return candidates.map((c, i) => [
          g.index + 1,
          s + 1,
          i + 1,
          (places[i] ?? i) + 1,
          c.mask,
          c.weight,
          c.rank ?? '',
          whyBorn(c.origin),
        ]);
      }),
    ),
  };
}
