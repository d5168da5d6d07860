/**
 * The seam for speed. An executor takes a plan and trains and evaluates it; rankers and evaluation
 * know nothing else. Fast executors say what they support and must agree with `stock` (`tfjs.ts`).
 */
import type { AlphaOrder, Optimiser, Sampling } from '../../core/run/config.ts';
import type { Plan } from '../../core/schedule.ts';

/** Normalised images [B,H,W,C] and labels 0..classes−1 [B]. */
export interface Batch {
  readonly images: Float32Array;
  readonly labels: Uint8Array;
}

export interface ExecutorOptions {
  readonly weights: { readonly optimiser: Optimiser; readonly momentum: number };
  readonly alpha: {
    readonly optimiser: Optimiser;
    readonly momentum: number;
    readonly order: AlphaOrder;
  };
  readonly sampling: Sampling;
  readonly temperature: number;
}

/** What every executor begins with. */
export interface ExecutorInit {
  readonly plan: Plan;
  readonly options: ExecutorOptions;
  /** Flat, `plan.parameterCount` values. */
  readonly parameters: Float32Array;
  /** Stage after stage, Σk values. */
  readonly alpha: Float32Array;
}

export interface StepControl {
  /** Learning rate of the weights in this step. */
  readonly rate: number;
  /** Learning rate of alpha; 0 leaves alpha and its moments untouched. */
  readonly alphaRate: number;
  /** Gumbel noise, stage after stage; zeros for plain softmax. */
  readonly noise: Float32Array;
  /** Batch for alpha in first and second order; null in joint training. */
  readonly validation: Batch | null;
  /** Adds softmax(alpha) after this step to the running average. */
  readonly average: boolean;
}

export interface StepStatistics {
  /** Mean cross-entropy (nats) and accuracy of the steps since the last read. */
  readonly loss: number;
  readonly accuracy: number;
  /** softmax(alpha), `[stage][candidate]`. */
  readonly weights: readonly (readonly number[])[];
  /** Mean of softmax(alpha) over the averaged steps; the last weights if there were none. */
  readonly averaged: readonly (readonly number[])[];
}

export interface Evaluation {
  /** Mean cross-entropy in nats. */
  readonly loss: number;
  /** Share of images classified correctly, 0..1. */
  readonly accuracy: number;
}

/**
 * Everything that changes in training, as flat buffers. Checkpoints keep their names: `weightFirst` and
 * `alphaFirst` are Adam's m (or the velocity of SGD), `weightSecond` and `alphaSecond` its v.
 */
export type ExecutorState = { readonly [name: string]: Float32Array };

export interface Executor {
  readonly plan: Plan;
  /** One training step. May return before the device has finished. */
  step(batch: Batch, control: StepControl): void;
  /** Resolves when another step may be submitted: the queue of a device must stay short. */
  ready?(): Promise<void>;
  /** Waits for the device and reads what has gathered since the last call. */
  statistics(): Promise<StepStatistics>;
  /**
   * Loss and accuracy over `batches`, without learning, for each mixture (`[stage][candidate]`).
   * A zero weight leaves a candidate out at no cost.
   */
  evaluate(
    batches: readonly Batch[],
    mixtures: readonly (readonly (readonly number[])[])[],
    between: () => Promise<void>,
  ): Promise<Evaluation[]>;
  save(): Promise<ExecutorState>;
  /** Continues bit for bit from a saved state. */
  restore(state: ExecutorState): void;
  dispose(): void;
}
