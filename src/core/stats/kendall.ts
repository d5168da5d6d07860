/** Kendall's rank correlation: pairs that agree against pairs that do not. */
import { levels } from './levels.ts';
import { checkPaired, clampCorrelation } from './pearson.ts';

/** How the n(n−1)/2 pairs fall. */
export interface KendallPairs {
  readonly concordant: number;
  readonly discordant: number;
  /** Tied in x only, in y only, in both. */
  readonly tiedX: number;
  readonly tiedY: number;
  readonly tiedBoth: number;
}

/**
 * Counts every pair, O(n²): a study has at most some hundreds of architectures.
 * @throws LabError `internal` if the lists differ in length.
 */
export function kendallPairs(x: readonly number[], y: readonly number[]): KendallPairs {
  checkPaired(x, y);
  const a = levels(x).codes;
  const b = levels(y).codes;
  let concordant = 0;
  let discordant = 0;
  let tiedX = 0;
  let tiedY = 0;
  let tiedBoth = 0;
  for (let i = 0; i < a.length; i++) {
    for (let j = i + 1; j < a.length; j++) {
      const agreement = (a[i]! - a[j]!) * (b[i]! - b[j]!);
      if (agreement > 0) concordant++;
      else if (agreement < 0) discordant++;
      else if (a[i] !== a[j]) tiedY++;
      else if (b[i] !== b[j]) tiedX++;
      else tiedBoth++;
    }
  }
  return { concordant, discordant, tiedX, tiedY, tiedBoth };
}

/**
 * τ-b = (C − D) / sqrt((C + D + T_x)(C + D + T_y)), −1..1, where T_x and T_y are pairs tied in one
 * list only. Values may be ±∞. Expect about ⅔ of Spearman's ρ.
 * @returns null for fewer than two pairs or if either side is constant.
 * @throws LabError `internal` if the lists differ in length.
 */
export function kendallTauB(x: readonly number[], y: readonly number[]): number | null {
  const { concordant, discordant, tiedX, tiedY } = kendallPairs(x, y);
  const untied = concordant + discordant;
  const product = (untied + tiedX) * (untied + tiedY);
  return product === 0 ? null : clampCorrelation((concordant - discordant) / Math.sqrt(product));
}

/**
 * Sparse τ: τ-b after y is rounded to multiples of `delta`, so that architectures closer than the
 * noise become ties and stop counting as errors (Yu et al., on evaluating super-nets, with δ = 0.1 %
 * accuracy).
 * @param delta In the unit of y, ≥ 0; 0 rounds nothing, ∞ makes everything equal (null).
 * @throws LabError `internal` if the lists differ in length.
 */
export function sparseTau(
  x: readonly number[],
  y: readonly number[],
  delta: number,
): number | null {
  if (delta === 0) return kendallTauB(x, y);
  return kendallTauB(
    x,
    y.map((value) => (Number.isFinite(value) ? Math.round(value / delta) : value)),
  );
}
