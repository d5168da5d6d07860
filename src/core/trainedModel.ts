/**
 * A network trained alone, with all that is needed to use it: on the page, in the worker, or exported
 * to other tools.
 */
import type { RunConfig } from './run/config.ts';
import type { Plan } from './schedule.ts';
import type { CurvePoint } from './study/events.ts';

/** Fixed statistics of one cell's output, a number a channel; variance is biased. */
export interface CellStatistics {
  readonly mean: readonly number[];
  readonly variance: readonly number[];
}

/** Statistics of every cell, taken from `images` training images at once. */
export interface Calibration {
  readonly images: number;
  readonly cells: readonly CellStatistics[];
}

/** What turns a picture into the network's input: (pixel / 255 − mean) / std, a number a channel. */
export interface ImageRecipe {
  /** Id of the data set, e.g. `mnist`. */
  readonly dataset: string;
  readonly name: string;
  readonly classes: readonly string[];
  /** Images are average-pooled by this before anything else. */
  readonly imagePooling: 1 | 2;
  readonly mean: readonly number[];
  readonly std: readonly number[];
}

/** A trained network with all that is needed to use it elsewhere. */
export interface TrainedModel {
  /** E.g. `5:a3.1f`. */
  readonly architecture: string;
  /** One candidate a stage. */
  readonly plan: Plan;
  /** Flat, `plan.parameterCount` values. */
  readonly parameters: Float32Array;
  /** Null where the plan has no batch norm. */
  readonly calibration: Calibration | null;
  readonly recipe: ImageRecipe;
  readonly training: {
    readonly config: RunConfig;
    readonly seed: number;
    readonly steps: number;
    /** On the test images; accuracy 0..1, loss in nats. */
    readonly accuracy: number | null;
    readonly loss: number | null;
  };
}

export type ExportFormat = 'tfjs' | 'pytorch' | 'onnx' | 'json';

export interface ExportFile {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Which training of which architecture: the same request, the same weights. */
export interface TrainingRequest {
  readonly config: RunConfig;
  /** Architecture id. */
  readonly architecture: string;
  /** Which training of this architecture, from 0. */
  readonly seed: number;
  readonly steps: number;
}

/** What a trained network says of every test image. */
export interface TestPredictions {
  /** True classes. */
  readonly labels: Uint8Array;
  /** Images × classes, row after row. */
  readonly probabilities: Float32Array;
  /** Pixels as they went in, before normalisation: images × height × width × channels. */
  readonly images: Uint8Array;
  /** Accuracy with the calibrated statistics of batch norm; null without batch norm. */
  readonly calibratedAccuracy: number | null;
}

export interface TrainingOutcome {
  /** Means over training batches, ascending in step. */
  readonly history: readonly CurvePoint[];
  /** Why there is no model. */
  readonly diverged: string | null;
  readonly trained: {
    readonly model: TrainedModel;
    readonly test: TestPredictions;
  } | null;
}
