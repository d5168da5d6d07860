/**
 * Numbers and times as a reader wants them, on the screen, in charts and in the command line: British
 * style, thousands with commas, a space before units, and a true minus (−). What is written into a file
 * for machines (CSV, JSON, source) is no matter of this module. Pure.
 */

/** What stands for a figure that is not defined. */
export const NOT_AVAILABLE = 'n/a';

/** Made with its first use: the first formatter of a page costs tens of milliseconds of its start. */
export function lazily<T extends object>(make: () => T): () => T {
  let made: T | null = null;
  return () => {
    made ??= make();
    return made;
  };
}

/** A fixed number of digits after the point: 0.123, −1.500. */
export const formatDecimal = (value: number, digits = 3): string =>
  value.toFixed(digits).replace('-', '−');

/** As many significant digits as asked for and no zeros at the end: 1.15, 0.02, −3. */
export const formatSignificant = (value: number, digits: number): string =>
  String(Number(value.toPrecision(digits))).replace('-', '−');

/** A share of one as a percentage: 74.3 %. */
export const formatPercent = (share: number, digits = 1): string =>
  `${(100 * share).toFixed(digits)} %`;

/** A difference of two shares, in percentage points: 1.3. */
export const formatPoints = (share: number, digits = 1): string =>
  formatDecimal(100 * share, digits);

/** A share of one, without the zero before the point: .27, 1.00. */
export const formatShare = (value: number): string => value.toFixed(2).replace(/^0/, '');

/** The same with its sign, always: +.27, −.05. */
export function formatSigned(value: number, digits = 2): string {
  const size = Math.abs(value).toFixed(digits).replace(/^0/, '');
  return `${value < 0 ? '−' : '+'}${size}`;
}

/**
 * A statistic: .74, −.12, 1.00; with one digit the zero stays (0.7); `n/a` for null. A value that rounds
 * to zero has no sign.
 */
export function formatStatistic(value: number | null, digits = 2): string {
  if (value === null) return NOT_AVAILABLE;
  const text = formatDecimal(value, digits).replace(/^−(0(\.0*)?)$/, '$1');
  return digits < 2 ? text : text.replace(/^(−?)0\./, '$1.');
}

/** A place among others: 3, or 3.5 where two share the third and the fourth. */
export const formatPlace = (value: number): string => String(Number(value.toFixed(1)));

/** Commas between thousands of a whole number: 12,336. */
export const groupThousands = (value: number): string =>
  String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, ',');

const compact = lazily(
  () => new Intl.NumberFormat('en-GB', { notation: 'compact', maximumSignificantDigits: 3 }),
);

/** 25,682; from a hundred thousand on three digits. By hand below: the first screen needs it. */
export const formatCount = (value: number): string =>
  Math.abs(value) < 100_000 ? groupThousands(value) : compact().format(value);

const PREFIXES = ['', 'k', 'M', 'G', 'T', 'P'];

/** Three significant digits with the letter of their thousands. */
function withUnit(value: number, unit: string): string {
  const size = Math.abs(Number(value.toPrecision(3)));
  const power = size < 1 ? 0 : Math.min(PREFIXES.length - 1, Math.floor(Math.log10(size) / 3));
  return `${formatSignificant(value / 1000 ** power, 3)} ${PREFIXES[power] ?? ''}${unit}`;
}

/** 1.15 MFLOP. */
export const formatFlops = (value: number): string => withUnit(value, 'FLOP');

/** 1.15 GMAC: multiply–accumulates. */
export const formatMacs = (value: number): string => withUnit(value, 'MAC');

/** 24.1 MB. */
export const formatBytes = (value: number): string => withUnit(value, 'B');

/** Milliseconds as 40 s, 1 min 10 s, 2 h 05 min. */
export function formatDuration(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600)
    return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, '0')} s`;
  return `${Math.floor(seconds / 3600)} h ${String(Math.floor((seconds % 3600) / 60)).padStart(2, '0')} min`;
}

/** Milliseconds as one figure, for what is guessed: 89 s, 12 min, 2.0 h. */
export function formatRoughly(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  if (seconds < 90) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 90 ? `${minutes} min` : `${formatDecimal(minutes / 60, 1)} h`;
}

/** "40 s – 1 min 10 s", or one figure when both ends read the same. */
export function formatRange(low: number, high: number): string {
  const [a, b] = [formatDuration(low), formatDuration(high)];
  return a === b ? a : `${a} – ${b}`;
}

/** The same text for a terminal or a pipe, where a minus is the hyphen of the keyboard. */
export const plainMinus = (text: string): string => text.replaceAll('−', '-');
