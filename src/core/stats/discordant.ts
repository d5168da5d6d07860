/** Pairs that a ranker orders against the truth, the worst first: where to look closer. */
import { levels } from './levels.ts';
import { midRanks } from './midRanks.ts';
import { checkPaired } from './pearson.ts';

export interface DiscordantPair {
  /** Index of the truly better one, which the ranker prefers less. */
  readonly better: number;
  /** Index of the other. */
  readonly worse: number;
  /** Distance of their predicted ranks times that of their true ranks, > 0. */
  readonly severity: number;
  /** y_better − y_worse > 0; null where y_worse is −∞ (a failed architecture). */
  readonly difference: number | null;
  /** Whether the difference exceeds the noise; null if either is unknown. */
  readonly beyondNoise: boolean | null;
}

/** Two standard errors: about one pair in twenty of equal architectures differs by more. */
const ERRORS = 2;

/**
 * Noise of a difference of two means: 2·sqrt(v_i/m_i + v_j/m_j) with variance v over seeds and m
 * seeds, the same v for both.
 */
export function differenceNoise(seedStd: number, seedsA: number, seedsB: number): number {
  return ERRORS * seedStd * Math.sqrt(1 / seedsA + 1 / seedsB);
}

/**
 * All discordant pairs, most severe first, then by index.
 * @param noise Noise of y_i − y_j, in the unit of y; null if unknown.
 * @throws LabError `internal` if the lists differ in length.
 */
export function discordantPairs(
  x: readonly number[],
  y: readonly number[],
  noise: (i: number, j: number) => number | null,
): DiscordantPair[] {
  checkPaired(x, y);
  const a = levels(x).codes;
  const b = levels(y).codes;
  const ranksX = midRanks(x);
  const ranksY = midRanks(y);
  const pairs: DiscordantPair[] = [];
  for (let i = 0; i < x.length; i++) {
    for (let j = i + 1; j < x.length; j++) {
      if ((a[i]! - a[j]!) * (b[i]! - b[j]!) >= 0) continue;
      const [better, worse] = b[i]! > b[j]! ? [i, j] : [j, i];
      const gap = y[better]! - y[worse]!;
      const limit = noise(better, worse);
      pairs.push({
        better,
        worse,
        severity: Math.abs((ranksX[i]! - ranksX[j]!) * (ranksY[i]! - ranksY[j]!)),
        difference: Number.isFinite(gap) ? gap : null,
        beyondNoise: limit === null || !Number.isFinite(gap) ? null : gap > limit,
      });
    }
  }
  return pairs.sort((p, q) => q.severity - p.severity || p.better - q.better || p.worse - q.worse);
}
