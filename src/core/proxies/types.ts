/**
 * The contract of a zero-cost proxy: a score of an untrained network from one batch. Pure: what a
 * proxy reads of the network comes from passes that it names and that the engine makes.
 */
import type { Plan } from '../schedule.ts';

/** How often two images of a batch switch the same ReLUs on, and how many ReLUs there are. */
export interface ActivationCounts {
  /** B×B: units that are on for both images; the diagonal counts the units that are on. */
  readonly shared: Float32Array;
  readonly units: number;
}

/** Passes through an untrained network on its batch. Each is made once however many proxies ask. */
export interface ProxyPasses {
  /** ∂(mean cross-entropy)/∂parameters, flat. */
  lossGradient(): Promise<Float32Array>;
  /** ∂(Σ logits)/∂images, B·H·W·C values. */
  imageGradient(): Promise<Float32Array>;
  activationCounts(): Promise<ActivationCounts>;
  /**
   * ∂(Σ logits)/∂parameters, flat, for other parameters than the network's, one image of ones, and no
   * normalisation.
   */
  onesGradient(parameters: Float32Array): Promise<Float32Array>;
}

export type ProxyPass = keyof ProxyPasses;

/** A network with one candidate a stage and fresh parameters, as a proxy sees it. */
export interface UntrainedNetwork {
  readonly plan: Plan;
  /** Flat, `plan.parameterCount` values. */
  readonly parameters: Float32Array;
  /** Images of the batch. */
  readonly images: number;
}

export interface ProxyDescriptor<K extends string = string> {
  /** Id of the ranker, e.g. `grad-norm`. */
  readonly id: string;
  /** Name of the value in logs, e.g. `gradNorm`. */
  readonly key: K;
  readonly name: string;
  /** One sentence. */
  readonly explanation: string;
  readonly source: string;
  /** In a few words. */
  readonly cost: string;
  readonly passes: readonly ProxyPass[];
}

export interface ZeroCostProxy<K extends string = string> {
  readonly descriptor: ProxyDescriptor<K>;
  /** Higher is better. Not finite where it is undefined. */
  score(network: UntrainedNetwork & ProxyPasses): Promise<number>;
}

/** A proxy that sees just the passes that it names. */
export function zeroCostProxy<K extends string, P extends ProxyPass>(
  descriptor: ProxyDescriptor<K> & { readonly passes: readonly P[] },
  score: (network: UntrainedNetwork & Pick<ProxyPasses, P>) => Promise<number>,
): ZeroCostProxy<K> {
  return { descriptor, score };
}
