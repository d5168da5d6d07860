/** The space chart in words and as a table. */
import { facts } from '../../core/cell.ts';
import { readCell } from '../../core/cellId.ts';
import type { ChartTable } from '../shared/chart.ts';
import { originLook } from '../shared/colours.ts';
import { score, share } from '../shared/text.ts';
import type { SpaceCandidate, SpaceModel } from './model.ts';

function factsOf({ cell }: SpaceCandidate) {
  const { vertices, mask } = readCell(cell);
  return facts(vertices, mask);
}

/** One sentence on one candidate: what a screen reader says on focus. */
export function describeCandidate(
  model: SpaceModel,
  stage: number,
  candidate: number,
  item: SpaceCandidate,
): string {
  const k = model.stages[stage]?.candidates.length ?? 1;
  const born = item.origin ? `, ${originLook(item.origin.kind, model.originLabels).name}` : '';
  const rank = item.rank === null ? '' : `, rank score ${score(item.rank)}`;
  const best = model.bestChoice?.[stage] === candidate ? ', in the best architecture' : '';
  const { operations, depth } = factsOf(item);
  return `Stage ${stage + 1}, candidate ${candidate + 1}: ${operations} operations, depth ${depth}, weight ${share(item.weight)} where uniform is ${share(1 / k)}${rank}${born}${best}`;
}

/** Text alternative of the whole chart. */
export function describeSpace(model: SpaceModel): string {
  const { input, stages, classes } = model;
  const k = stages.map((stage) => stage.candidates.length);
  const total = k.reduce((product, count) => product * count, 1);
  const leaders = stages.map((stage, s) => {
    const weights = stage.candidates.map((c) => c.weight);
    const top = weights.indexOf(Math.max(...weights));
    return `stage ${s + 1}: ${weights.length} cells, heaviest candidate ${top + 1} with weight ${share(weights[top] ?? 0)}`;
  });
  const best = model.bestChoice
    ? ` Best-ranked architecture: candidates ${model.bestChoice.map((c) => c + 1).join(', ')}.`
    : '';
  return `Search space on ${input.name}, images ${input.height}×${input.width}×${input.channels}, ${stages.length} stages, ${total} architectures, ${classes} classes. ${leaders.join('; ')}.${best}`;
}

export function tableSpace(model: SpaceModel): ChartTable {
  return {
    columns: [
      'stage',
      'candidate',
      'cell',
      'operations',
      'depth',
      'weight',
      'weight / uniform',
      'rank score',
      'origin',
      'best architecture',
    ],
    rows: model.stages.flatMap((stage, s) =>
      stage.candidates.map((item, c) => [
        s + 1,
        c + 1,
        item.cell,
        factsOf(item).operations,
        factsOf(item).depth,
        item.weight,
        item.weight * stage.candidates.length,
        item.rank ?? '',
        item.origin ? originLook(item.origin.kind, model.originLabels).name : '',
        model.bestChoice?.[s] === c ? 'yes' : '',
      ]),
    ),
  };
}
