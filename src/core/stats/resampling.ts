/**
 * Draws of architectures with replacement: the unit of the bootstrap is the architecture, never one
 * training of it. One set of draws serves every ranker of a study, which pairs their intervals.
 */
import { LabError } from '../errors.ts';
import type { Random } from '../random.ts';

/** Enough for percentiles at 2.5 and 97.5 that move little with the seed. */
export const DEFAULT_RESAMPLES = 2000;

export interface Resamples {
  /** Architectures that are drawn from, and drawn each time. */
  readonly n: number;
  /** Number of resamples. */
  readonly count: number;
  /** `weights[b * n + i]`: how often resample b holds architecture i. Rows sum to n. */
  readonly weights: Uint16Array;
}

/**
 * @param n 1..65,535.
 * @param count Whole number ≥ 0.
 * @throws LabError `internal` outside those bounds.
 */
export function drawResamples(
  n: number,
  random: Random,
  count: number = DEFAULT_RESAMPLES,
): Resamples {
  if (!Number.isInteger(n) || n < 1 || n > 0xffff || !Number.isInteger(count) || count < 0) {
    throw new LabError('internal', `${count} resamples of ${n} architectures cannot be drawn.`);
  }
  const weights = new Uint16Array(n * count);
  for (let start = 0; start < weights.length; start += n) {
    for (let draw = 0; draw < n; draw++) weights[start + random.integer(n)]!++;
  }
  return { n, count, weights };
}

/** The architectures of resample b, ascending, each as often as it was drawn. */
export function resampleIndices({ n, weights }: Resamples, b: number): number[] {
  const indices: number[] = [];
  for (let i = 0; i < n; i++) {
    for (let times = weights[b * n + i]!; times > 0; times--) indices.push(i);
  }
  return indices;
}
