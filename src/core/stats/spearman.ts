/** Spearman's rank correlation. */
import { midRanks } from './midRanks.ts';
import { checkPaired, pearson } from './pearson.ts';

/**
 * Spearman's ρ, −1..1: Pearson's r of the mid-ranks, which is exact with ties (the formula
 * 1 − 6Σd²/(n(n²−1)) is not). Values may be ±∞.
 * @returns null for fewer than two pairs or if either side is constant.
 * @throws LabError `internal` if the lists differ in length.
 */
export function spearman(x: readonly number[], y: readonly number[]): number | null {
  checkPaired(x, y);
  return pearson(midRanks(x), midRanks(y));
}
