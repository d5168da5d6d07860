/** The statistics of a study for people: the truth, a table of rankers, and what limits it. */
import { alignColumns } from '../../core/columns.ts';
import { formatStatistic, plainMinus } from '../../core/format.ts';
import type { RankerSummary, StudySummary } from './summary.ts';

/** Two decimals without the zero before the point; `n/a` for what is undefined. */
export const short = (value: number | null, digits = 2): string =>
  plainMinus(formatStatistic(value, digits));

/** `[low, high]`; empty for what is undefined. */
export const interval = (bounds: readonly [number, number] | null) =>
  bounds === null ? '' : `[${short(bounds[0])}, ${short(bounds[1])}]`;

const HEAD = ['ranker', 'nets', 'rho', '95 %', 'tau-b', 'P@5', 'regret@1', 'single'];

function cells({ analysis, perSupernet }: RankerSummary): string[] {
  return [
    analysis.name,
    analysis.supernets === 0 ? '' : `${analysis.supernets}`,
    short(analysis.spearman),
    interval(analysis.intervals.spearman),
    short(analysis.tauB),
    short(analysis.precisionAt5),
    short(analysis.regretAt1, 3),
    perSupernet && analysis.supernets > 1 ? short(perSupernet.mean) : '',
  ];
}

/** The first column to the left, the others to the right. */
export const align = (rows: readonly (readonly string[])[]) => alignColumns(rows, (c) => c > 0);

/** Highest Spearman first; undefined ones last. */
const byRho = (a: RankerSummary, b: RankerSummary) =>
  (b.analysis.spearman ?? -2) - (a.analysis.spearman ?? -2);

/** Lines about a study, ready to print. */
export function describeSummary({ analysis, rankers }: StudySummary): string[] {
  const { truth } = analysis;
  const seeds = Math.max(0, ...truth.seeds);
  const rows = [...rankers].sort(byRho).map(cells);
  const reference = analysis.rankers.find(({ id }) => id === analysis.reference);
  return [
    `${truth.n} architectures, trained alone from ${seeds === 1 ? 'one seed' : `${seeds} seeds`} each`,
    `accuracy std ${short(truth.architectureStd, 4)} over architectures, ${short(truth.seedStd, 4)} over seeds`,
    `split-half ${short(truth.splitHalf)}, ceiling of rho ${short(truth.ceiling)}`,
    '',
    ...align([HEAD, ...rows]),
    '',
    `nets: supernets averaged; single: mean rho of single supernets; ${analysis.resamples} resamples`,
    ...(reference ? [`best size baseline: ${reference.name} (${short(reference.spearman)})`] : []),
    ...analysis.warnings.map(({ message }) => `warning: ${message}`),
  ];
}
