/** Split halves in words and as a table. */
import type { ChartTable } from '../shared/chart.ts';
import { estimateWords, statistic } from '../shared/estimate.ts';
import { percent } from '../shared/text.ts';
import type { Point } from './layout.ts';
import type { SplitHalfModel } from './model.ts';

export const seedCount = (seeds: number) => `${seeds} ${seeds === 1 ? 'seed' : 'seeds'}`;

export const lines = ({ name, first, second }: Point): string[] => [
  name,
  `first half ${percent(first)}`,
  `second half ${percent(second)}`,
];

export function describeSplitHalf(model: SplitHalfModel): string {
  const { points, seeds, correlation, reliability } = model;
  if (points.length === 0) return 'Split halves: needs two seeds of an architecture.';
  const whole =
    reliability === null ? '' : ` Reliability of all seeds together ${statistic(reliability)}.`;
  return `Mean accuracy of ${points.length} architectures over ${seedCount(seeds[0])} against ${seedCount(seeds[1])}: r ${estimateWords(correlation)}.${whole}`;
}

export function tableSplitHalf(model: SplitHalfModel): ChartTable {
  return {
    columns: ['architecture', 'id', 'accuracy, first half', 'accuracy, second half'],
    rows: model.points.map(({ name, key, first, second }) => [name, key, first, second]),
  };
}
