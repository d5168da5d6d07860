/** Pearson's correlation, and the check that two lists belong together. */
import { LabError } from '../errors.ts';
import { levels } from './levels.ts';
import { mean } from './mean.ts';

/** @throws LabError `internal` if the lists differ in length. */
export function checkPaired(x: { readonly length: number }, y: { readonly length: number }): void {
  if (x.length === y.length) return;
  throw new LabError('internal', `${x.length} values cannot be paired with ${y.length}.`);
}

/** Keeps rounding from pushing a correlation beyond ±1. */
export function clampCorrelation(r: number): number {
  return Math.max(-1, Math.min(1, r));
}

/**
 * Pearson's r, −1..1, of finite values.
 * @returns null for fewer than two pairs or if either side is constant: r is then undefined.
 * @throws LabError `internal` if the lists differ in length.
 */
export function pearson(x: readonly number[], y: readonly number[]): number | null {
  checkPaired(x, y);
  if (levels(x).count < 2 || levels(y).count < 2) return null;
  const centreX = mean(x);
  const centreY = mean(y);
  let xx = 0;
  let yy = 0;
  let xy = 0;
  x.forEach((value, i) => {
    const dx = value - centreX;
    const dy = y[i]! - centreY;
    xx += dx * dx;
    yy += dy * dy;
    xy += dx * dy;
  });
  return clampCorrelation(xy / Math.sqrt(xx * yy));
}
