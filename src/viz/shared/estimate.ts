/** Numbers of the study charts as text: statistics without leading zero, "n/a" where undefined. */
import { percent, score } from './text.ts';

/** Both ends of a confidence interval, in the unit of what it surrounds. */
export type IntervalModel = readonly [low: number, high: number];

/** A statistic; null where it is not defined ("n/a"). */
export interface EstimateModel {
  readonly value: number | null;
  readonly interval: IntervalModel | null;
}

export const NOT_AVAILABLE = 'n/a';

/** A statistic: .74, −.12, 1.00, or 0.7 with one digit; `n/a` for null. Zero has no sign. */
export function statistic(value: number | null, digits = 2): string {
  if (value === null) return NOT_AVAILABLE;
  const text = score(value, digits).replace(/^−(0(\.0*)?)$/, '$1');
  return digits < 2 ? text : text.replace(/^(−?)0\./, '$1.');
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

/** A place among others: 3, or 3.5 where two share the third and the fourth. */
export const place = (value: number): string => String(Number(value.toFixed(1)));

export const accuracyText = (value: number | null): string =>
  value === null ? 'diverged' : percent(value);
