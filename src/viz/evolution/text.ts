/** The populations in words and as a table. */

import type { ChartTable } from '../shared/chart.ts';
import { originKinds, originLook } from '../shared/colours.ts';
import { placesOf } from './layout.ts';
import type { EvolutionModel } from './model.ts';

export function describeEvolution(model: EvolutionModel): string {
  const all = model.generations.flatMap((g) => g.stages.flat());
  const counts = originKinds(all.map((c) => c.origin.kind)).map((kind) => {
    const n = all.filter((c) => c.origin.kind === kind).length;
    return `${n} ${originLook(kind, model.originLabels).name}`;
  });
  return `Populations of ${model.generations.length} generations, ${all.length} cells: ${counts.join(', ') || 'none yet'}.`;
}

export function tableEvolution(model: EvolutionModel): ChartTable {
  return {
    columns: [
      'generation',
      'stage',
      'candidate',
      'place',
      'cell',
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
          c.cell,
          c.weight,
          c.rank ?? '',
          c.why,
        ]);
      }),
    ),
  };
}
