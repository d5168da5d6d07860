/** Numbers of the study charts as text: statistics without leading zero, "n/a" where undefined. */
import {
  NOT_AVAILABLE,
  formatPlace as place,
  formatStatistic as statistic,
} from '../../core/format.ts';
import { percent } from './text.ts';

export { NOT_AVAILABLE, place, statistic };

/** Both ends of a confidence interval, in the unit of what it surrounds. */
export type IntervalModel = readonly [low: number, high: number];

/** A statistic; null where it is not defined ("n/a"). */
export interface EstimateModel {
  readonly value: number | null;
  readonly interval: IntervalModel | null;
}

/** The same with a plus for values above zero. */
export function signedStatistic(value: number | null, digits = 2): string {
  const text = statistic(value, digits);
  return value !== null && Number(value.toFixed(digits)) > 0 ? `+${text}` : text;
}

/** [.55, .87]; nothing for null. */
export function intervalText(interval: IntervalModel | null, digits = 2): string {
  if (!interval) return '';
  return `[${statistic(interval[0], digits)}, ${statistic(interval[1], digits)}]`;
}

/** .74 [.55, .87] */
export function estimateText({ value, interval }: EstimateModel, digits = 2): string {
  if (value === null) return NOT_AVAILABLE;
  return [statistic(value, digits), intervalText(interval, digits)].filter(Boolean).join(' ');
}

/** The same as words for a description: .74 (interval .55 to .87). */
export function estimateWords({ value, interval }: EstimateModel, digits = 2): string {
  if (value === null) return 'not available';
  const ends = interval?.map((end) => statistic(end, digits));
  return `${statistic(value, digits)}${ends ? ` (interval ${ends.join(' to ')})` : ''}`;
}

export const accuracyText = (value: number | null): string =>
  value === null ? 'diverged' : percent(value);
