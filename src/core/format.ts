/** Numbers and times as a reader wants them. */

/** Made with its first use: the first formatter of a page costs tens of milliseconds of its start. */
export function lazily<T extends object>(make: () => T): () => T {
  let made: T | null = null;
  return () => {
    made ??= make();
    return made;
  };
}

const compact = lazily(
  () => new Intl.NumberFormat('en-GB', { notation: 'compact', maximumSignificantDigits: 3 }),
);

/** 25,682; from a hundred thousand on three digits. By hand below: the first screen needs it. */
export const formatCount = (value: number): string =>
  Math.abs(value) < 100_000
    ? String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, ',')
    : compact().format(value);

export const formatFlops = (value: number): string => si(value, 'FLOP');

export function formatBytes(bytes: number): string {
  return si(bytes, 'B');
}

function si(value: number, unit: string): string {
  const prefixes = ['', 'k', 'M', 'G', 'T', 'P'];
  const power = value < 1 ? 0 : Math.min(prefixes.length - 1, Math.floor(Math.log10(value) / 3));
  return `${Number((value / 1000 ** power).toPrecision(3))} ${prefixes[power] ?? ''}${unit}`;
}

export function formatDuration(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600)
    return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, '0')} s`;
  return `${Math.floor(seconds / 3600)} h ${String(Math.floor((seconds % 3600) / 60)).padStart(2, '0')} min`;
}

/** "40 s – 1 min 10 s", or one figure when both ends read the same. */
export function formatRange(low: number, high: number): string {
  const [a, b] = [formatDuration(low), formatDuration(high)];
  return a === b ? a : `${a} – ${b}`;
}

export const formatPercent = (share: number, digits = 1): string =>
  `${(share * 100).toFixed(digits)} %`;

export const formatDecimal = (value: number, digits = 3): string =>
  value.toFixed(digits).replace('-', '−');
