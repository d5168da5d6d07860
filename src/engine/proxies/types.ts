/** The contract of a zero-cost proxy: a score of an untrained network from one batch. */
import type { Plan } from '../../core/schedule.ts';
import type { ProxyValues } from '../../core/study/events.ts';
import type { Batch } from '../executors/executor.ts';

/** A network with one candidate a stage and fresh parameters, as a proxy sees it. */
export interface UntrainedNetwork {
  readonly plan: Plan;
  /** Flat, `plan.parameterCount` values. */
  readonly parameters: Float32Array;
  /** Training images. */
  readonly batch: Batch;
  /** ∂(mean cross-entropy)/∂parameters on the batch, flat; computed once, at the first call. */
  lossGradient(): Promise<Float32Array>;
}

export interface ZeroCostProxy {
  readonly id: keyof ProxyValues;
  readonly name: string;
  readonly explanation: string;
  readonly source: string;
  /** Higher is better. Not finite where it is undefined. */
  score(network: UntrainedNetwork): Promise<number>;
}
