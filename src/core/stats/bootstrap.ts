/**
 * Percentile bootstrap over architectures. Replicates are kept as a list with NaN where a resample
 * left the statistic undefined (e.g. every draw the same architecture); those are dropped and
 * counted.
 *
 * Drawing with replacement puts some architectures in a resample twice, which are artificial ties.
 * τ-b leaves pairs tied in both lists out of numerator and denominator, so it is not affected by
 * them. ρ and r see doubled points, which count as agreeing; the effect is small from n ≈ 20 (the
 * tests measure the coverage), and `fisherInterval` is the analytic cross-check for ρ.
 */
import { checkPaired } from './pearson.ts';
import { type Resamples, resampleIndices } from './resampling.ts';

/** `[low, high]`. */
export type Interval = readonly [low: number, high: number];

/** Any function of paired lists; null where it is undefined. */
export type PairStatistic = (x: readonly number[], y: readonly number[]) => number | null;

export interface BootstrapInterval {
  /** Null if fewer than half of the resamples define the statistic. */
  readonly interval: Interval | null;
  /** Resamples without a value. */
  readonly dropped: number;
}

/**
 * The statistic on every resample; NaN where undefined. For ρ, τ-b and r `resampled.ts` is faster.
 * @throws LabError `internal` if the lists differ in length from each other or from the resamples.
 */
export function replicates(
  x: readonly number[],
  y: readonly number[],
  statistic: PairStatistic,
  resamples: Resamples,
): Float64Array {
  checkPaired(x, y);
  checkPaired(x, { length: resamples.n });
  return Float64Array.from({ length: resamples.count }, (_, b) => {
    const drawn = resampleIndices(resamples, b);
    const value = statistic(
      drawn.map((i) => x[i]!),
      drawn.map((i) => y[i]!),
    );
    return value ?? Number.NaN;
  });
}

/** Replicates of a difference on the same resamples; NaN where either is undefined. */
export function difference(a: Float64Array, b: Float64Array): Float64Array {
  checkPaired(a, b);
  return a.map((value, i) => value - b[i]!);
}

/**
 * The central interval of replicates, percentiles interpolated linearly.
 * @param level Confidence, 0..1.
 */
export function percentileInterval(values: Float64Array, level = 0.95): BootstrapInterval {
  const defined = values.filter((value) => !Number.isNaN(value)).sort();
  const dropped = values.length - defined.length;
  if (defined.length === 0 || dropped > defined.length) return { interval: null, dropped };
  const tail = (1 - level) / 2;
  return { interval: [quantile(defined, tail), quantile(defined, 1 - tail)], dropped };
}

/** Quantile of ascending values, linear between neighbours. At least one value, q in 0..1. */
function quantile(sorted: Float64Array, q: number): number {
  const position = q * (sorted.length - 1);
  const below = Math.floor(position);
  const low = sorted[below]!;
  const high = sorted[Math.min(below + 1, sorted.length - 1)]!;
  return low + (position - below) * (high - low);
}
