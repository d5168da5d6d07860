/**
 * What a method may ask for, and what it is told. The kinds of method differ in the jobs they ask for
 * and in nothing else: a region search asks for ranks, a black-box search for accuracies.
 */
import type { StageTable } from '../ranks.ts';
import type { Region } from '../region.ts';
import type { ArchitectureId } from '../space/ids.ts';

/** Why something is being tried. `kind` is one of those that the method's descriptor lists. */
export interface Origin {
  readonly kind: string;
  /** Ids of what it came from, of the same kind as itself (parts for parts). */
  readonly parents: readonly string[];
  /** The numbers that decided it. */
  readonly values: { readonly [name: string]: number };
}

/** Train a supernet (or an ensemble) on a region and rank its candidates. */
export interface RankJob {
  readonly kind: 'rank';
  readonly region: Region;
  /** `origins[stage][candidate]`. */
  readonly origins: readonly (readonly Origin[])[];
}

/** Train one architecture alone, and measure it on the validation images. */
export interface EvaluateJob {
  readonly kind: 'evaluate';
  readonly id: ArchitectureId;
  /** Training steps, from 1. */
  readonly steps: number;
  /** Which training of this architecture, from 0. */
  readonly seed: number;
  readonly origin: Origin;
}

export type Job = RankJob | EvaluateJob;

export interface RankedArchitecture {
  /** Index of the chosen candidate of each stage. */
  readonly choice: readonly number[];
  readonly id: ArchitectureId;
  /** Additive rank score; comparable inside this region only. */
  readonly score: number;
}

export interface RankResult {
  readonly kind: 'rank';
  readonly ranker: string;
  /** Averaged architecture weights, `[stage][candidate]`. */
  readonly weights: StageTable;
  /** Ranks R, `[stage][candidate]`; higher is better. */
  readonly ranks: StageTable;
  /** The k-best architectures, best first (at most 12). */
  readonly best: readonly RankedArchitecture[];
  /** Validation cross-entropy (nats) and accuracy (0..1) of the mixed supernet. */
  readonly loss: number;
  readonly accuracy: number;
}

export interface EvaluateResult {
  readonly kind: 'evaluate';
  /** Validation cross-entropy (nats) and accuracy (0..1); null if the training diverged. */
  readonly loss: number | null;
  readonly accuracy: number | null;
  /** Why there is no accuracy. */
  readonly diverged: string | null;
  /** True if the run had trained this network before; it then cost nothing. */
  readonly known: boolean;
}

export type JobResult = RankResult | EvaluateResult;

/** A job and what came of it. */
export type Answer =
  | { readonly job: RankJob; readonly result: RankResult }
  | { readonly job: EvaluateJob; readonly result: EvaluateResult };

/** What was spent: training steps, multiply–accumulates, and architectures trained alone. */
export interface Cost {
  readonly steps: number;
  /** A training step counts as three forward passes of its batch; whatever is evaluated counts too. */
  readonly macs: number;
  readonly evaluations: number;
}

export const NO_COST: Cost = { steps: 0, macs: 0, evaluations: 0 };

/** The sum of two costs. */
export function addCosts(a: Cost, b: Cost): Cost {
  return {
    steps: a.steps + b.steps,
    macs: a.macs + b.macs,
    evaluations: a.evaluations + b.evaluations,
  };
}

/** The architecture that a search would hand out now. */
export interface Incumbent {
  readonly id: ArchitectureId;
  /** Validation accuracy (0..1) measured by the search; null where it only knows ranks. */
  readonly accuracy: number | null;
}
