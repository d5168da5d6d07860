/**
 * Which values are the same. Every rank statistic goes through this one file, so that ties mean the
 * same everywhere.
 */

/** Differences below this share of the largest value are rounding, not order. */
const TOLERANCE = 1e-12;

export interface Levels {
  /** `codes[i]`: how many distinct smaller values there are. Equal values share a code. */
  readonly codes: readonly number[];
  /** Number of distinct values. */
  readonly count: number;
}

/**
 * Distinct values in ascending order. Neighbours in that order are the same if they differ by at
 * most 1e-12 of the largest finite value, so neither the scale of the scores nor a rounding error
 * decides about ties. ±∞ are allowed: a failed architecture is −∞, below all others.
 */
export function levels(values: readonly number[]): Levels {
  const scale = values.reduce(
    (top, v) => (Number.isFinite(v) ? Math.max(top, Math.abs(v)) : top),
    0,
  );
  const order = values.map((_, i) => i).sort((i, j) => compare(values[i]!, values[j]!));
  const codes = new Array<number>(values.length).fill(0);
  let code = 0;
  order.forEach((i, position) => {
    const previous = values[order[position - 1] ?? i]!;
    const value = values[i]!;
    if (value !== previous && value - previous > TOLERANCE * scale) code++;
    codes[i] = code;
  });
  return { codes, count: values.length === 0 ? 0 : code + 1 };
}

/** Numbers per level: `sizes[code]`. */
export function levelSizes({ codes, count }: Levels): number[] {
  const sizes = new Array<number>(count).fill(0);
  for (const code of codes) sizes[code]!++;
  return sizes;
}

/** −1, 0 or 1; unlike a difference it can compare infinities. */
function compare(a: number, b: number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
