/**
 * How far the truth can be trusted: accuracies measured again with other seeds differ, and no ranker
 * can agree with noise. All of it is computed from `accuracies[n][seed]`, whose rows may differ in
 * length; an architecture without a value is left out.
 */
import type { Random } from '../random.ts';
import { mean } from './mean.ts';
import { clampCorrelation, pearson } from './pearson.ts';

/** As many splits as eight seeds have; more are sampled. */
const MOST_SPLITS = 35;

type Accuracies = readonly (readonly number[])[];

export interface Reliability {
  /** Standard deviation (n − 1) over architectures of their mean accuracy; includes seed noise. */
  readonly architectureStd: number | null;
  /** Standard deviation over seeds, pooled: sqrt(Σ squares within / Σ (seeds − 1)). */
  readonly seedStd: number | null;
  /** Mean Pearson r between the mean accuracies of two halves of the seeds. */
  readonly splitHalf: number | null;
  /** Spearman–Brown: reliability of the mean over all seeds. */
  readonly reliability: number | null;
  /** The highest ρ that a perfect ranker can be expected to reach, 0..1. */
  readonly ceiling: number | null;
}

/** All figures; null where they cannot be known (one architecture, one seed, no variation). */
export function reliability(accuracies: Accuracies, random: Random): Reliability {
  const half = splitHalf(accuracies, random);
  const whole = half === null ? null : spearmanBrown(half);
  return {
    architectureStd: architectureStd(accuracies),
    seedStd: seedStd(accuracies),
    splitHalf: half,
    reliability: whole,
    ceiling: half === null ? null : noiseCeiling(half),
  };
}

/** Null for fewer than two architectures. */
export function architectureStd(accuracies: Accuracies): number | null {
  const means = accuracies.filter((row) => row.length > 0).map(mean);
  return means.length < 2 ? null : Math.sqrt(squares(means) / (means.length - 1));
}

/** Null if no architecture has two seeds. */
export function seedStd(accuracies: Accuracies): number | null {
  const freedom = accuracies.reduce((sum, row) => sum + Math.max(0, row.length - 1), 0);
  if (freedom === 0) return null;
  return Math.sqrt(accuracies.reduce((sum, row) => sum + squares(row), 0) / freedom);
}

/** Σ (x − mean)², 0 for an empty list. */
function squares(values: readonly number[]): number {
  const centre = mean(values);
  return values.reduce((sum, value) => sum + (value - centre) ** 2, 0);
}

/**
 * Mean Pearson r, over splits of the seeds into two halves (the second one larger by one if their
 * number is odd), between the halves' mean accuracies. If all architectures have the same number of
 * seeds and 35 splits or fewer exist, all of them; otherwise 35 random ones in which each
 * architecture divides its own seeds. Architectures with one seed cannot be divided and are left
 * out.
 * @returns null if fewer than three architectures have two seeds or every split has a constant half.
 */
export function splitHalf(accuracies: Accuracies, random: Random): number | null {
  const divisible = accuracies.filter((row) => row.length >= 2);
  if (divisible.length < 3) return null;
  const correlations = splitsOf(divisible, random)
    .map((halves) => pearson(...halves))
    .filter((r) => r !== null);
  return correlations.length === 0 ? null : clampCorrelation(mean(correlations));
}

type Halves = readonly [first: number[], second: number[]];

function splitsOf(accuracies: Accuracies, random: Random): Halves[] {
  const seeds = accuracies[0]!.length;
  const shared = accuracies.every((row) => row.length === seeds) ? allSplits(seeds) : null;
  if (shared) return shared.map((first) => halves(accuracies, () => first));
  const draw = (size: number) =>
    random.shuffle(Array.from({ length: size }, (_, s) => s)).slice(0, Math.floor(size / 2));
  return Array.from({ length: MOST_SPLITS }, () => halves(accuracies, draw));
}

/** Means of the chosen seeds and of the others, for each architecture. */
function halves(accuracies: Accuracies, choose: (seeds: number) => readonly number[]): Halves {
  const chosen = accuracies.map((row) => new Set(choose(row.length)));
  return [
    accuracies.map((row, n) => mean(row.filter((_, s) => chosen[n]!.has(s)))),
    accuracies.map((row, n) => mean(row.filter((_, s) => !chosen[n]!.has(s)))),
  ];
}

/** First halves of every split, each split once; null if there are too many. */
function allSplits(seeds: number): number[][] | null {
  const size = Math.floor(seeds / 2);
  let subsets: number[][] = [[]];
  for (let s = 0; s < seeds; s++) {
    const grown = subsets.filter((chosen) => chosen.length < size).map((chosen) => [...chosen, s]);
    subsets = [...subsets, ...grown];
    if (subsets.length > 8 * MOST_SPLITS) return null;
  }
  const full = subsets.filter((chosen) => chosen.length === size);
  // Equal halves: a split and its mirror are the same, so keep the one that holds seed 0.
  const once = seeds % 2 === 0 ? full.filter((chosen) => chosen[0] === 0) : full;
  return once.length > MOST_SPLITS ? null : once;
}

/** Reliability of twice as many seeds: 2r / (1 + r); 0 for r ≤ 0, which tells nothing from noise. */
export function spearmanBrown(r: number): number {
  return r <= 0 ? 0 : (2 * r) / (1 + r);
}

/**
 * Ceiling of ρ with the mean over all seeds: the square root of its reliability, since a perfect
 * ranker correlates with a noisy truth by that much. 0 for a split-half r ≤ 0: no agreement can be
 * expected.
 */
export function noiseCeiling(splitHalfR: number): number {
  return Math.sqrt(spearmanBrown(splitHalfR));
}
