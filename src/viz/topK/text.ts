/** The top-k strip in words and as a table. */
import type { ChartTable } from '../shared/chart.ts';
import { accuracyText, place, statistic } from '../shared/estimate.ts';
import { percent } from '../shared/text.ts';
import type { TopKArchitecture } from './layout.ts';
import type { TopKModel } from './model.ts';

export const precisionText = (model: TopKModel) =>
  `precision@${model.k} ${statistic(model.precision)} (chance ${statistic(model.chance)})`;

export const regretText = ({ k, regret }: TopKModel) =>
  `regret@${k} ${regret === null ? 'n/a' : `${(100 * regret).toFixed(1)} points`}`;

export function lines(model: TopKModel, item: TopKArchitecture, truth: number): string[] {
  const { membership } = item;
  const inside =
    membership >= 1
      ? `in the predicted top ${model.k}`
      : membership > 0
        ? `tied for the predicted top ${model.k}`
        : `not in the predicted top ${model.k}`;
  return [
    item.name,
    `${accuracyText(item.accuracy)}, true place ${truth}`,
    `place ${place(item.scoreRank)} by ${model.ranker}`,
    inside,
  ];
}

export function describeTopK(model: TopKModel): string {
  const { architectures, k, ranker } = model;
  const predicted = architectures.flatMap(({ name, membership }, i) =>
    membership > 0 ? [`${name} (true place ${i + 1})`] : [],
  );
  const best = architectures[0];
  if (!best) return `Top ${k} by ${ranker}: no architectures yet.`;
  const most =
    best.accuracy === null ? '' : ` Best of all: ${best.name}, ${percent(best.accuracy)}.`;
  return `Top ${k} of ${architectures.length} by ${ranker}: ${predicted.join(', ')}.${most} ${regretText(model)}, ${precisionText(model)}.`;
}

export function tableTopK(model: TopKModel): ChartTable {
  return {
    columns: [
      'true place',
      'architecture',
      'id',
      'accuracy',
      'predicted place',
      `share in top ${model.k}`,
    ],
    rows: model.architectures.map(({ name, key, accuracy, scoreRank, membership }, i) => [
      i + 1,
      name,
      key,
      accuracy ?? 'diverged',
      scoreRank,
      membership,
    ]),
  };
}
