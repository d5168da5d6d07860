/**
 * What the statistics of a study say: plain data, safe for JSON. Null is “n/a” everywhere: a figure
 * that is undefined is never shown as 0 or 1. Lists of numbers are in the order of the truth table's
 * architectures unless they say otherwise.
 */

import type { RankerKind } from '../rankers/types.ts';
import type { Interval } from '../stats/index.ts';
import type { Failure } from './analysisInput.ts';

/**
 * `failed`: a training of it diverged, so it ranks below all others and counts. `unmeasured`: no
 * training is done; it takes no part yet.
 */
export type TruthStatus = 'measured' | 'failed' | 'unmeasured';

/** Candidates of one stage with the other stages marginalised; null for one that is in no sample. */
export type StageEffects = readonly (number | null)[];

export interface TruthAnalysis {
  readonly architectures: readonly string[];
  readonly choices: readonly (readonly number[])[];
  readonly accuracies: readonly (readonly (number | null)[])[];
  readonly losses: readonly (readonly (number | null)[])[];
  readonly status: readonly TruthStatus[];
  /** Mean accuracy and mean loss over the seeds; null unless `measured`. */
  readonly mean: readonly (number | null)[];
  readonly meanLoss: readonly (number | null)[];
  /** Standard deviation (n − 1) over an architecture's own seeds; null for fewer than two. */
  readonly std: readonly (number | null)[];
  /** Trainings of each architecture. */
  readonly seeds: readonly number[];
  /** Mean accuracy over its even and over its odd seeds; null for fewer than two. */
  readonly halves: readonly (readonly [even: number, odd: number] | null)[];
  /** Architectures that take part: measured and failed. */
  readonly n: number;
  readonly failed: readonly string[];
  readonly failures: readonly Failure[];
  /** Measured ones within two points of guessing. */
  readonly atChance: readonly string[];
  readonly architectureStd: number | null;
  readonly seedStd: number | null;
  readonly splitHalf: number | null;
  readonly reliability: number | null;
  /** Noise ceiling of ρ. */
  readonly ceiling: number | null;
  /** Standard deviation of one training's accuracy, and what it was taken from. */
  readonly noise: { readonly std: number; readonly source: 'seeds' | 'test-images' } | null;
  /** Rounding of the sparse τ: two standard errors of the difference of two means. */
  readonly delta: number | null;
  /** Stands in for the accuracy of a failed architecture where a value is needed. */
  readonly floor: number;
  readonly stages: readonly StageEffects[];
}

/** The k best of a ranker. */
export interface TopMeasures {
  /** What was asked for, at most n. */
  readonly k: number;
  readonly precision: number | null;
  /** Precision of guessing, k/n. */
  readonly chance: number;
  readonly regret: number | null;
  readonly ndcg: number | null;
  /** Expected true place of the best among the k, 1 = best. */
  readonly bestRank: number | null;
}

export interface RankCorrelation {
  readonly n: number;
  readonly spearman: number | null;
  readonly tauB: number | null;
}

export interface StageCorrelation {
  readonly spearman: number | null;
  readonly tauB: number | null;
  readonly truth: StageEffects;
  readonly scores: StageEffects;
}

type PerCorrelation<T> = { readonly spearman: T; readonly tauB: T; readonly pearson: T };

export interface RankerAnalysis extends RankCorrelation {
  readonly id: string;
  readonly name: string;
  readonly kind: RankerKind;
  readonly supernets: number;
  readonly scores: readonly (number | null)[];
  /** Architectures with a truth but no score; the figures are about the n others. */
  readonly unscored: number;
  readonly sparseTau: number | null;
  readonly delta: number | null;
  /** Of the architectures that have an accuracy: a failed one has no value to correlate. */
  readonly pearson: number | null;
  /** Null for fewer than five architectures. */
  readonly precisionAt5: number | null;
  readonly regretAt1: number | null;
  readonly ndcg: number | null;
  readonly top: TopMeasures;
  /** ρ given FLOPs. */
  readonly partialSpearman: number | null;
  /** Share of pairs that the ranker ties, 0..1. */
  readonly tied: number;
  /** Without failed architectures and those at chance; null if there are none. */
  readonly aboveChance: RankCorrelation | null;
  readonly perStage: readonly StageCorrelation[];
  /** Bootstrap over architectures, 95 %; null also before they are computed. */
  readonly intervals: PerCorrelation<Interval | null>;
  /** Resamples that left the figure undefined. */
  readonly dropped: PerCorrelation<number>;
  /** Analytic interval of ρ. */
  readonly fisher: Interval | null;
  /** ρ minus that of the reference, on the architectures both score; null for the reference. */
  readonly difference: {
    readonly against: string;
    readonly spearman: number | null;
    readonly interval: Interval | null;
  } | null;
}

/** Something that limits what may be concluded, as a record and as a sentence. */
export type AnalysisWarning = { readonly message: string } & (
  | { readonly kind: 'few-architectures'; readonly n: number }
  | { readonly kind: 'all-equal'; readonly accuracy: number | null }
  | { readonly kind: 'diverged'; readonly architectures: readonly string[] }
  | { readonly kind: 'unmeasured'; readonly architectures: readonly string[] }
  | { readonly kind: 'at-chance'; readonly architectures: readonly string[] }
  | {
      readonly kind: 'noise-above-spread';
      readonly seedStd: number;
      readonly architectureStd: number;
    }
  | { readonly kind: 'one-seed' }
  | { readonly kind: 'ties-in-truth'; readonly pairs: number; readonly of: number }
  | { readonly kind: 'ties-in-scores'; readonly rankers: readonly string[] }
  | { readonly kind: 'unscored'; readonly rankers: readonly string[] }
);

export interface StudyAnalysis {
  readonly truth: TruthAnalysis;
  readonly rankers: readonly RankerAnalysis[];
  /** Id of the ranker that the others are compared with. */
  readonly reference: string | null;
  /** Resamples behind the intervals. */
  readonly resamples: number;
  readonly warnings: readonly AnalysisWarning[];
}
