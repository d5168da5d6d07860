/** The ranker table in words and as a table. */

import type { ChartTable } from '../shared/chart.ts';
import { estimateWords, NOT_AVAILABLE, signedStatistic, statistic } from '../shared/estimate.ts';
import { percent } from '../shared/text.ts';
import { judged } from './layout.ts';
import { rankerLook } from './looks.ts';
import type { RankerRow, RankersModel } from './model.ts';

const baselineName = ({ rows, baseline }: RankersModel) =>
  rows.find((row) => row.key === baseline)?.name ?? null;

/** One ranker in words. */
export function rankerWords(model: RankersModel, row: RankerRow): string {
  const { digits, name } = model.metric;
  const parts = [
    `${row.name}, ${rankerLook(row.kind).name}: ${name} ${estimateWords(row.single, digits)}`,
  ];
  if (row.ensemble) {
    parts.push(`average of ${model.supernets} ${estimateWords(row.ensemble, digits)}`);
  }
  const { difference } = row;
  if (difference && difference.value !== null) {
    const ends = difference.interval?.map((end) => statistic(end, digits)).join(' to ');
    parts.push(
      `${signedStatistic(difference.value, digits)} against ${baselineName(model)}${ends ? ` (interval ${ends})` : ''}`,
    );
  }
  return parts.join(', ');
}

export function describeRankers(model: RankersModel): string {
  const { metric, rows, ceiling } = model;
  const known = rows.filter((row) => judged(row).value !== null);
  const first = known[0];
  if (!first) return `${metric.name}: no ranker has a value yet.`;
  const sign = metric.better === 'higher' ? 1 : -1;
  const value = (row: RankerRow) => sign * (judged(row).value ?? 0);
  const best = known.reduce((a, b) => (value(b) > value(a) ? b : a));
  const baseline = baselineName(model);
  const beating = rows.filter(({ difference }) => {
    const [low, high] = difference?.interval ?? [0, 0];
    return sign > 0 ? low > 0 : high < 0;
  });
  return [
    `${metric.name} of ${rows.length} rankers with ${percent(model.confidence)} intervals, ${metric.better} is better.`,
    `Best: ${rankerWords(model, best)}.`,
    ...(ceiling === null ? [] : [`Noise ceiling ${statistic(ceiling, metric.digits)}.`]),
    ...(baseline === null
      ? []
      : [
          `Better than ${baseline} by an interval that excludes 0: ${beating.map((row) => row.name).join(', ') || 'none'}.`,
        ]),
  ].join(' ');
}

export function tableRankers(model: RankersModel): ChartTable {
  const { metric, supernets, baseline } = model;
  const compared = baseline !== null;
  const cells = (estimate: RankerRow['ensemble']) => [
    estimate?.value ?? (estimate ? NOT_AVAILABLE : ''),
    estimate?.interval?.[0] ?? '',
    estimate?.interval?.[1] ?? '',
  ];
  const columns = (name: string) => [name, `${name}: low`, `${name}: high`];
  return {
    columns: [
      'ranker',
      'id',
      'kind',
      ...columns(metric.name),
      ...columns(`average of ${supernets}`),
      ...(compared ? columns(`minus ${baselineName(model)}`) : []),
    ],
    rows: model.rows.map((row) => [
      row.name,
      row.key,
      rankerLook(row.kind).name,
      ...cells(row.single),
      ...cells(row.ensemble),
      ...(compared ? cells(row.difference) : []),
    ]),
  };
}
