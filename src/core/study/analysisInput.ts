/**
 * What the statistics of a study read: the truth measured so far, and what each ranker says of the
 * same architectures. Plain data; the reduced study is turned into it, so the statistics know
 * nothing of logs.
 */
import type { RankerKind } from '../rankers/types.ts';

/** One training that came to no accuracy. */
export interface Failure {
  /** Architecture id. */
  readonly architecture: string;
  /** Which training of this architecture, from 0. */
  readonly seed: number;
  /** One plain sentence, e.g. “The loss became NaN at step 12.” */
  readonly reason: string;
}

/** Everything is in the order of `architectures`. */
export interface TruthTable {
  /** Architecture ids. */
  readonly architectures: readonly string[];
  /** `choices[n][stage]`: candidate of each stage. */
  readonly choices: readonly (readonly number[])[];
  /**
   * `accuracies[n][seed]`: test accuracy 0..1, null where the training diverged. Rows may differ in
   * length; an empty row is an architecture that is not measured yet.
   */
  readonly accuracies: readonly (readonly (number | null)[])[];
  /** `losses[n][seed]`: test cross-entropy in nats, of the same shape. */
  readonly losses: readonly (readonly (number | null)[])[];
  /** Why accuracies are null. */
  readonly failures: readonly Failure[];
}

/** One ranker (or an ensemble of its supernets) on the architectures of a truth table. */
export interface RankerScores {
  readonly id: string;
  readonly name: string;
  /** Supernets averaged; 0 for one that needs none. */
  readonly supernets: number;
  readonly kind: RankerKind;
  /** Higher is better; null (or not finite) where the ranker has no score. */
  readonly scores: readonly (number | null)[];
}

/** As many as decide the size of the top in precision@5. */
export const TOP = 5;

export interface AnalysisOptions {
  /** Forward FLOPs of each architecture, in the order of the truth table. */
  readonly flops: readonly number[];
  /** Seeds the resamples and the splits. */
  readonly seed: number;
  /** Size of the top that the top-k measures look at, ≥ 1; more than n counts as n. */
  readonly k: number;
  /** Bootstrap resamples, ≥ 0; 0 leaves out every interval. Default 2,000. */
  readonly resamples?: number;
  /** Accuracy of guessing, 1 / classes. */
  readonly chance: number;
  /** Test images behind each accuracy; the noise of a single training is taken from it. */
  readonly testImages: number | null;
  /** Id of the ranker that the others are compared with; null: the best of the size baselines. */
  readonly reference?: string | null;
}
