/**
 * ρ, τ-b and r on every resample at once: the same numbers as `replicates` with the plain functions
 * (a test says so) at a fraction of the cost. An architecture drawn w times enters with weight w, so
 * nothing is sorted or copied; levels are found once, on the whole list.
 */
import { type Levels, levels } from './levels.ts';
import { mean } from './mean.ts';
import { checkPaired, clampCorrelation } from './pearson.ts';
import type { Resamples } from './resampling.ts';

function checkAll(x: readonly number[], y: readonly number[], resamples: Resamples): void {
  checkPaired(x, y);
  checkPaired(x, { length: resamples.n });
}

/** Fills `sizes` with how often each level was drawn in resample b. */
function countLevels(known: Levels, resamples: Resamples, b: number, sizes: Float64Array): void {
  const { n, weights } = resamples;
  sizes.fill(0);
  for (let i = 0; i < n; i++) sizes[known.codes[i]!]! += weights[b * n + i]!;
}

/** Fills `ranks` with the mid-rank of each level in resample b; returns the squared spread. */
function rankLevels(known: Levels, resamples: Resamples, b: number, ranks: Float64Array): number {
  countLevels(known, resamples, b, ranks);
  const centre = (resamples.n + 1) / 2;
  let below = 0;
  let spread = 0;
  for (let code = 0; code < known.count; code++) {
    const size = ranks[code]!;
    const rank = below + (size + 1) / 2;
    below += size;
    ranks[code] = rank;
    spread += size * (rank - centre) ** 2;
  }
  return spread;
}

/**
 * Spearman's ρ on every resample; NaN where a side is constant.
 * @throws LabError `internal` if the lists differ in length from each other or from the resamples.
 */
export function resampledSpearman(
  x: readonly number[],
  y: readonly number[],
  resamples: Resamples,
): Float64Array {
  checkAll(x, y, resamples);
  const { n, count, weights } = resamples;
  const a = levels(x);
  const b = levels(y);
  const ranksX = new Float64Array(a.count);
  const ranksY = new Float64Array(b.count);
  const centre = (n + 1) / 2;
  const result = new Float64Array(count).fill(Number.NaN);
  for (let r = 0; r < count; r++) {
    const spread = rankLevels(a, resamples, r, ranksX) * rankLevels(b, resamples, r, ranksY);
    if (spread === 0) continue;
    let sum = 0;
    for (let i = 0; i < n; i++) {
      const weight = weights[r * n + i]!;
      sum += weight * (ranksX[a.codes[i]!]! - centre) * (ranksY[b.codes[i]!]! - centre);
    }
    result[r] = clampCorrelation(sum / Math.sqrt(spread));
  }
  return result;
}

/** Σ over pairs of different levels of w_i·w_j, i.e. pairs that are not tied in this list. */
function untiedPairs(known: Levels, resamples: Resamples, b: number, sizes: Float64Array): number {
  const { n } = resamples;
  countLevels(known, resamples, b, sizes);
  let squares = 0;
  for (let code = 0; code < known.count; code++) squares += sizes[code]! ** 2;
  return (n * n - squares) / 2;
}

/** `signs[i * n + j]`: 1 if i and j are ordered alike in both lists, −1 if oppositely, 0 if tied. */
function agreement(a: readonly number[], b: readonly number[]): Int8Array {
  const n = a.length;
  return Int8Array.from({ length: n * n }, (_, at) => {
    const i = Math.floor(at / n);
    const j = at % n;
    return Math.sign((a[i]! - a[j]!) * (b[i]! - b[j]!));
  });
}

/**
 * Kendall's τ-b on every resample; NaN where a side is constant. O(n²) a resample.
 * @throws LabError `internal` if the lists differ in length from each other or from the resamples.
 */
export function resampledTauB(
  x: readonly number[],
  y: readonly number[],
  resamples: Resamples,
): Float64Array {
  checkAll(x, y, resamples);
  const { n, count, weights } = resamples;
  const a = levels(x);
  const b = levels(y);
  const signs = agreement(a.codes, b.codes);
  const sizesX = new Float64Array(a.count);
  const sizesY = new Float64Array(b.count);
  const drawn = new Int32Array(n);
  const result = new Float64Array(count).fill(Number.NaN);
  for (let r = 0; r < count; r++) {
    const product = untiedPairs(a, resamples, r, sizesX) * untiedPairs(b, resamples, r, sizesY);
    if (product === 0) continue;
    const row = weights.subarray(r * n, (r + 1) * n);
    result[r] = clampCorrelation(balance(row, signs, drawn) / Math.sqrt(product));
  }
  return result;
}

/** C − D of one resample. `drawn` is room for the architectures in it, about two thirds of n. */
function balance(weights: Uint16Array, signs: Int8Array, drawn: Int32Array): number {
  const n = weights.length;
  let members = 0;
  for (let i = 0; i < n; i++) if (weights[i]! > 0) drawn[members++] = i;
  let sum = 0;
  for (let p = 0; p < members; p++) {
    const i = drawn[p]!;
    let row = 0;
    for (let q = p + 1; q < members; q++) row += weights[drawn[q]!]! * signs[i * n + drawn[q]!]!;
    sum += weights[i]! * row;
  }
  return sum;
}

/** True where resample b holds at least two levels. */
function varies(known: Levels, { n, weights }: Resamples, b: number): boolean {
  let seen = -1;
  for (let i = 0; i < n; i++) {
    if (weights[b * n + i] === 0 || known.codes[i] === seen) continue;
    if (seen >= 0) return true;
    seen = known.codes[i]!;
  }
  return false;
}

function centred(values: readonly number[]): Float64Array {
  const centre = mean(values);
  return Float64Array.from(values, (value) => value - centre);
}

/**
 * Pearson's r on every resample; NaN where a side is constant. Values must be finite.
 * @throws LabError `internal` if the lists differ in length from each other or from the resamples.
 */
export function resampledPearson(
  x: readonly number[],
  y: readonly number[],
  resamples: Resamples,
): Float64Array {
  checkAll(x, y, resamples);
  const { n, count, weights } = resamples;
  const levelsX = levels(x);
  const levelsY = levels(y);
  // Centred once, so that the sums below lose no digits to a large common part.
  const dx = centred(x);
  const dy = centred(y);
  const result = new Float64Array(count).fill(Number.NaN);
  for (let r = 0; r < count; r++) {
    if (!varies(levelsX, resamples, r) || !varies(levelsY, resamples, r)) continue;
    let sumX = 0;
    let sumY = 0;
    let sumXX = 0;
    let sumYY = 0;
    let sumXY = 0;
    for (let i = 0; i < n; i++) {
      const weight = weights[r * n + i]!;
      sumX += weight * dx[i]!;
      sumY += weight * dy[i]!;
      sumXX += weight * dx[i]! * dx[i]!;
      sumYY += weight * dy[i]! * dy[i]!;
      sumXY += weight * dx[i]! * dy[i]!;
    }
    const spread = (sumXX - (sumX * sumX) / n) * (sumYY - (sumY * sumY) / n);
    result[r] = clampCorrelation((sumXY - (sumX * sumY) / n) / Math.sqrt(spread));
  }
  return result;
}
