/**
 * What the charts of the correlation and the architecture view draw: plain data, one model a chart.
 * Keys of architectures are their ids, keys of rankers those of the registry.
 */
import type { Architecture, NetworkShape } from '../core/architecture.ts';
import type { RankerKind } from '../core/rankers/types.ts';

/** Both ends of a confidence interval, in the unit of what it surrounds. */
export type IntervalModel = readonly [low: number, high: number];

/** A statistic; null where it is not defined ("n/a"). */
export interface EstimateModel {
  readonly value: number | null;
  readonly interval: IntervalModel | null;
}

export interface ScatterPoint {
  /** Architecture id. */
  readonly key: string;
  /** Short name for the reader, e.g. `2 › 5`. */
  readonly name: string;
  /** Score of the ranker, higher is better. */
  readonly score: number;
  /** Place by score, 1 is best; ties share their middle place. */
  readonly scoreRank: number;
  /** Mean test accuracy over seeds, 0..1; null if every training diverged. */
  readonly accuracy: number | null;
  /** Place by accuracy, 1 is best; diverged ones share the last places. */
  readonly accuracyRank: number;
  /** Standard deviation of the accuracy over seeds; null with fewer than two. */
  readonly deviation: number | null;
  /** Seeds trained. */
  readonly seeds: number;
  /** What fills the circle, in the unit of the model's `fill`; null: hollow. */
  readonly fill: number | null;
  /** For the glyphs of its cells; null: none are drawn. */
  readonly architecture: Architecture | null;
}

export interface RankScatterModel {
  /** `values`: score against accuracy. `ranks`: place against place. */
  readonly axis: 'values' | 'ranks';
  readonly ranker: string;
  /** Unit of the scores, e.g. `nats`; null: none. */
  readonly scoreUnit: string | null;
  readonly points: readonly ScatterPoint[];
  /** Accuracy of the quality scale, or a factor such as depth; drawn in viridis. */
  readonly fill: { readonly name: string; readonly kind: 'accuracy' | 'factor' };
  /** Spearman's ρ of the points, and the highest that the noise of the truth lets one expect. */
  readonly correlation: EstimateModel;
  readonly ceiling: number | null;
  /** Accuracy of guessing. */
  readonly chance: number | null;
  readonly selected: readonly string[];
  /** Pairs of keys joined by a line, e.g. a discordant pair. */
  readonly linked: readonly (readonly [string, string])[];
}

export interface RankerRow {
  readonly key: string;
  readonly name: string;
  readonly kind: RankerKind;
  /** From one supernet (mean over the supernets); the only mark of rankers without one. */
  readonly single: EstimateModel;
  /** From the supernets' average; null where there is no more than one. */
  readonly ensemble: EstimateModel | null;
  /** Of the row's best-founded mark minus the baseline; null for the baseline itself. */
  readonly difference: EstimateModel | null;
}

export interface RankersModel {
  readonly metric: {
    readonly name: string;
    /** Unit for the axis, e.g. `percentage points`; null: none. */
    readonly unit: string | null;
    /** Natural limits, which the axis never exceeds; null: none on that side. */
    readonly low: number | null;
    readonly high: number | null;
    /** Where "no relation" lies, e.g. 0 for correlations; null: nowhere. */
    readonly neutral: number | null;
    /** Digits after the point. */
    readonly digits: number;
    readonly better: 'higher' | 'lower';
  };
  /** Confidence of the intervals, 0..1. */
  readonly confidence: number;
  /** In the order in which they are drawn. */
  readonly rows: readonly RankerRow[];
  /** Supernets averaged by the ensembles. */
  readonly supernets: number;
  readonly ceiling: number | null;
  /** Key of the row that the differences refer to. */
  readonly baseline: string | null;
  readonly selected: string | null;
}

export interface CorrelationLine {
  readonly key: string;
  readonly name: string;
  /** Category of hue and dash, kept when other lines come and go. */
  readonly category: number;
  /** Ascending in `step`. */
  readonly points: readonly (EstimateModel & { readonly step: number })[];
}

export interface CorrelationCurveModel {
  /** E.g. `Spearman ρ`. */
  readonly metric: string;
  readonly lines: readonly CorrelationLine[];
  /** Key of the line whose intervals are drawn. */
  readonly selected: string | null;
  /** First step at which alpha moves; null: from the first on, or unknown. */
  readonly alphaFrom: number | null;
  /** Steps planned, the right end of the axis. */
  readonly totalSteps: number;
  readonly ceiling: number | null;
}

export interface SplitHalfModel {
  /** Mean accuracy of each half of the seeds, 0..1. */
  readonly points: readonly {
    readonly key: string;
    readonly name: string;
    readonly first: number;
    readonly second: number;
  }[];
  /** Seeds in each half. */
  readonly seeds: readonly [first: number, second: number];
  /** Correlation of the halves. */
  readonly correlation: EstimateModel;
  /** The same for all seeds together (Spearman–Brown); null if undefined. */
  readonly reliability: number | null;
  readonly selected: readonly string[];
}

export interface TopKModel {
  readonly ranker: string;
  readonly k: number;
  /** In the order of truth, best first; diverged ones last. */
  readonly architectures: readonly {
    readonly key: string;
    readonly name: string;
    /** Mean test accuracy, 0..1; null: diverged. */
    readonly accuracy: number | null;
    /** Place by the ranker, 1 is best; ties share their middle place. */
    readonly scoreRank: number;
    /** Share of the architecture in the predicted top k: 0 or 1, between them with ties at k. */
    readonly membership: number;
    readonly architecture: Architecture | null;
  }[];
  /** Best accuracy minus the best in the predicted top k, 0..1. */
  readonly regret: number | null;
  /** Share of the predicted top k in the true top k, and what chance gives: k / n. */
  readonly precision: number | null;
  readonly chance: number;
  readonly selected: readonly string[];
}

export interface NetworkModel {
  readonly shape: NetworkShape;
  readonly architecture: Architecture;
  /** Draws the edges that `architecture` adds to and lacks of this one (same shape). */
  readonly compare: Architecture | null;
  readonly selected: { readonly stage: number } | null;
}

export interface ConfusionModel {
  readonly classes: readonly string[];
  /** `counts[true][predicted]`. */
  readonly counts: readonly (readonly number[])[];
  readonly selected: { readonly truth: number; readonly predicted: number } | null;
}

export interface LiveCurvesModel {
  readonly networks: readonly {
    readonly key: string;
    readonly name: string;
    /** Category of hue and dash. */
    readonly category: number;
    /** Ascending in `step`; means over training batches. */
    readonly points: readonly {
      readonly step: number;
      readonly loss: number;
      readonly accuracy: number;
    }[];
    /** Test accuracy after the last step, 0..1; null before. */
    readonly test: number | null;
    /** The training diverged after its last point. */
    readonly diverged: boolean;
  }[];
  /** Steps planned, the right end of the axis. */
  readonly totalSteps: number;
  readonly chance: number | null;
  readonly selected: string | null;
}

/** One image, rows first, channels last (1: grey, 3: red, green, blue). */
export interface ImageModel {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly values: ArrayLike<number>;
  /**
   * How the values were made: bytes 0..255, shares 0..1, or normalised with a mean and a standard
   * deviation a channel (both in shares).
   */
  readonly scale:
    | { readonly kind: 'byte' | 'unit' }
    | {
        readonly kind: 'normalised';
        readonly mean: readonly number[];
        readonly std: readonly number[];
      };
}

export interface ProbabilitiesModel {
  readonly classes: readonly string[];
  /** One a class, summing to 1. */
  readonly probabilities: readonly number[];
  /** Index of the true class; null if unknown, as for a drawing. */
  readonly truth: number | null;
}
