/** Numbers of the study charts as text: statistics without leading zero, "n/a" where undefined. */
import { groupThousands, NOT_AVAILABLE, formatStatistic as statistic } from '../core/format.ts';
import { percent, tick } from './common.ts';
import type { EstimateModel, IntervalModel } from './studyModels.ts';

export {
  formatPlace as place,
  formatStatistic as statistic,
  NOT_AVAILABLE,
} from '../core/format.ts';

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

/** The text, cut with an ellipsis where it would be wider than `width` at this size. */
export function fitText(text: string, width: number, fontSize: number): string {
  const most = Math.floor(width / (fontSize * 0.56));
  return text.length <= most ? text : `${text.slice(0, Math.max(1, most - 1)).trimEnd()}…`;
}

/** Counts with thousands: 12,336; with SI letters from a million on. */
export function countText(value: number): string {
  if (Math.abs(value) >= 1e6) return tick(value);
  return groupThousands(value).replace('-', '−');
}

/** The same with a plus above zero. */
export const signedCountText = (value: number): string =>
  `${value > 0 ? '+' : ''}${countText(value)}`;
