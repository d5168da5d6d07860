/** The rank scatter in words and as a table. */

import type { ChartTable } from '../shared/chart.ts';
import { accuracyText, estimateWords, place, statistic } from '../shared/estimate.ts';
import { percent, tick } from '../shared/text.ts';
import type { RankScatterModel, ScatterPoint } from './model.ts';

const deviationText = (point: ScatterPoint) =>
  point.deviation === null ? '' : ` ± ${(100 * point.deviation).toFixed(1)}`;

/** Lines of the card of a point; the first is its name. */
export function pointLines(model: RankScatterModel, point: ScatterPoint): string[] {
  const unit = model.scoreUnit ? ` ${model.scoreUnit}` : '';
  const seeds = `${point.seeds} ${point.seeds === 1 ? 'seed' : 'seeds'}`;
  const truth =
    point.accuracy === null
      ? `diverged, ${seeds}`
      : `alone ${(100 * point.accuracy).toFixed(1)}${deviationText(point)} %, ${seeds}`;
  const fill =
    model.fill.kind === 'factor' && point.fill !== null
      ? [`${model.fill.name} ${tick(point.fill)}`]
      : [];
  return [
    point.name,
    truth,
    `score ${tick(point.score)}${unit}`,
    `place ${place(point.scoreRank)} predicted, ${place(point.accuracyRank)} true`,
    ...fill,
  ];
}

/** Text alternative: the correlation and its ceiling, what diverged, and how the favourite fared. */
export function describeRankScatter(model: RankScatterModel): string {
  const { points, ranker, correlation, ceiling } = model;
  if (points.length === 0) return `Predicted by ${ranker} against truth: no architectures yet.`;
  const diverged = points.filter((point) => point.accuracy === null).length;
  const best = points.reduce((a, b) => (b.scoreRank < a.scoreRank ? b : a));
  const sentences = [
    `Predicted by ${ranker} against accuracy alone, ${points.length} architectures as ${model.axis}: Spearman ρ ${estimateWords(correlation)}`,
    ...(ceiling === null ? [] : [`Noise ceiling ${statistic(ceiling)}`]),
    ...(diverged > 0 ? [`${diverged} diverged`] : []),
    `First by ${ranker}: ${best.name}, ${accuracyText(best.accuracy)}, true place ${place(best.accuracyRank)}`,
    ...model.linked.map(([a, b]) => `Linked: ${nameOf(model, a)} and ${nameOf(model, b)}`),
  ];
  return `${sentences.join('. ')}.`;
}

const nameOf = (model: RankScatterModel, key: string): string =>
  model.points.find((point) => point.key === key)?.name ?? key;

/** Label of a point for a screen reader. */
export const pointLabel = (model: RankScatterModel, point: ScatterPoint): string =>
  pointLines(model, point).join(', ');

export function tableRankScatter(model: RankScatterModel): ChartTable {
  const factor = model.fill.kind === 'factor';
  return {
    columns: [
      'architecture',
      'id',
      'score',
      'place by score',
      'accuracy',
      'std over seeds',
      'place by accuracy',
      'seeds',
      ...(factor ? [model.fill.name] : []),
    ],
    rows: model.points.map((point) => [
      point.name,
      point.key,
      point.score,
      point.scoreRank,
      point.accuracy ?? 'diverged',
      point.deviation ?? '',
      point.accuracyRank,
      point.seeds,
      ...(factor ? [point.fill ?? ''] : []),
    ]),
  };
}

/** Of the fill scale: percent for accuracies. */
export const fillFormat = (model: RankScatterModel): ((value: number) => string) =>
  model.fill.kind === 'accuracy' ? percent : tick;
