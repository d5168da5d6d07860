/** How good the k best of a ranker are. Ties count by expectation, see `membership.ts`. */
import { levels } from './levels.ts';
import { expectedBest, isTop, membership } from './membership.ts';
import { midRanks } from './midRanks.ts';
import { checkPaired } from './pearson.ts';

/**
 * Precision@k = |best_k(x) ∩ best_k(y)| / k, 0..1; the same as recall@k. Its chance level is k/n,
 * which is also its value for a constant x.
 * @returns null unless k is a whole number from 1 to n.
 * @throws LabError `internal` if the lists differ in length.
 */
export function precisionAt(x: readonly number[], y: readonly number[], k: number): number | null {
  checkPaired(x, y);
  if (!isTop(k, x.length)) return null;
  const truly = membership(y, k);
  return membership(x, k).reduce((sum, p, i) => sum + p * truly[i]!, 0) / k;
}

/**
 * Regret@k = max y − expected max of y over best_k(x), in the unit of y, ≥ 0 and 0 at k = n: what is
 * lost by keeping only the k that the ranker likes best. With ties in x the maximum is averaged over
 * the random ways to fill the last places.
 * @param y Finite.
 * @returns null unless k is a whole number from 1 to n.
 * @throws LabError `internal` if the lists differ in length.
 */
export function regretAt(x: readonly number[], y: readonly number[], k: number): number | null {
  checkPaired(x, y);
  if (!isTop(k, x.length)) return null;
  const best = y.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  return Math.max(0, best - expectedBest(x, y, k));
}

/**
 * Best rank@k: the expected true place (1 = best, ties in y share the mean of their places) of the
 * best architecture among the k that x likes best.
 * @returns null unless k is a whole number from 1 to n.
 * @throws LabError `internal` if the lists differ in length.
 */
export function bestRankAt(x: readonly number[], y: readonly number[], k: number): number | null {
  checkPaired(x, y);
  if (!isTop(k, x.length)) return null;
  return x.length + 1 - expectedBest(x, midRanks(y), k);
}

/**
 * NDCG@k, 0..1: Σ gain / log2(place + 1) over the k first places of x, divided by that of the best
 * order, with gain = y scaled to 0..1. Architectures tied in x share the mean gain of their places.
 * @param y Finite.
 * @returns null if y is constant or k is no whole number from 1 to n.
 * @throws LabError `internal` if the lists differ in length.
 */
export function ndcgAt(x: readonly number[], y: readonly number[], k: number): number | null {
  checkPaired(x, y);
  if (!isTop(k, x.length) || levels(y).count < 2) return null;
  const low = y.reduce((a, b) => Math.min(a, b));
  const high = y.reduce((a, b) => Math.max(a, b));
  const gains = y.map((value) => (value - low) / (high - low));
  return discounted(x, gains, k) / discounted(y, gains, k);
}

/** Expected discounted sum of the gains over the k first places in descending order of x. */
function discounted(x: readonly number[], gains: readonly number[], k: number): number {
  const { codes, count } = levels(x);
  let place = 1;
  let sum = 0;
  for (let code = count - 1; code >= 0 && place <= k; code--) {
    const tied = gains.filter((_, i) => codes[i] === code);
    const gain = tied.reduce((a, b) => a + b, 0) / tied.length;
    for (let t = 0; t < tied.length && place <= k; t++, place++) sum += gain / Math.log2(place + 1);
  }
  return sum;
}
