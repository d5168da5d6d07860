/** Fisher's z: the scale on which correlations can be averaged and have a known error. */
import type { Interval } from './bootstrap.ts';

/** 97.5 % point of the standard normal. */
const QUANTILE = 1.959963984540054;

/**
 * Analytic 95 % interval of Spearman's ρ: tanh(atanh ρ ± z·SE), SE = sqrt((1 + ρ²/2) / (n − 3)) (Bonett
 * and Wright). The cross-check of the bootstrap.
 * @returns null for n < 4 or |ρ| = 1, where it is undefined.
 */
export function fisherInterval(rho: number, n: number): Interval | null {
  if (n < 4 || Math.abs(rho) >= 1) return null;
  const margin = QUANTILE * Math.sqrt((1 + rho ** 2 / 2) / (n - 3));
  const z = Math.atanh(rho);
  return [Math.tanh(z - margin), Math.tanh(z + margin)];
}

/**
 * atanh ρ of a correlation over n untied points. |ρ| = 1 would weigh infinitely in a mean; it counts
 * as half a step (of the smallest change of ρ, 12/(n³ − n)) below 1.
 */
export function fisherZ(rho: number, n: number): number {
  const most = 1 - 6 / (n ** 3 - n);
  return Math.atanh(Math.max(-most, Math.min(most, rho)));
}

/** Mean of correlations on Fisher's scale, each with its n ≥ 3. At least one. */
export function fisherMean(correlations: readonly { rho: number; n: number }[]): number {
  const sum = correlations.reduce((total, { rho, n }) => total + fisherZ(rho, n), 0);
  return Math.tanh(sum / correlations.length);
}
