/** What is made of measured times: medians, and how time grows. */
import { mean } from '../stats/mean.ts';

/** NaN for an empty list. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const high = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? high : (high + (sorted[middle - 1] ?? Number.NaN)) / 2;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/**
 * The e of y ≈ c·xᵉ: slope of log y over log x by least squares. 1 is proportional. All numbers > 0.
 * NaN for fewer than two different x.
 */
export function fittedExponent(points: readonly Point[]): number {
  const logs = points.map(({ x, y }) => ({ x: Math.log(x), y: Math.log(y) }));
  const centre = { x: mean(logs.map(({ x }) => x)), y: mean(logs.map(({ y }) => y)) };
  const products = logs.map(({ x, y }) => (x - centre.x) * (y - centre.y));
  const squares = logs.map(({ x }) => (x - centre.x) ** 2);
  const spread = mean(squares);
  return spread > 0 ? mean(products) / spread : Number.NaN;
}
