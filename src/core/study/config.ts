/**
 * The config of a correlation study: a finite region of the space, how its supernets are trained, and
 * how the truth is measured. Plain data; with a seed and a backend it decides the result.
 */
import type { Region } from '../region.ts';
import type { RunConfig, SupernetConfig } from '../run/config.ts';

/** Where the region came from. */
export type RegionOrigin =
  | { readonly kind: 'depth-stratified' | 'random' }
  | { readonly kind: 'generation'; readonly run: string; readonly generation: number };

/** One way to train a supernet; the first of a study is its main one. */
export interface SupernetVariant {
  /** Short name, e.g. `gumbel`, `softmax`; unique in its study. */
  readonly id: string;
  readonly supernet: SupernetConfig;
}

/** Below this nothing can be ranked: two architectures agree or disagree, and that is all. */
export const FEWEST_ARCHITECTURES = 3;

/** How much is measured; may grow later without losing anything. */
export interface StudyAmount {
  /** Architectures trained alone, 3..k^S. */
  readonly architectures: number;
  /** Trainings of each architecture, 1..32. */
  readonly seeds: number;
  /** Supernets of each variant, 1..16. */
  readonly supernets: number;
}

export interface StudyConfig {
  /**
   * Task, space and training; `search.seed` seeds every draw. Networks trained alone use
   * `supernet.weights`, `batchSize`, `normalisation` and `weightInit`. `ranker` and `method` play
   * no part.
   */
  readonly run: RunConfig;
  readonly region: Region;
  readonly origin: RegionOrigin;
  readonly variants: readonly SupernetVariant[];
  /** Training steps of an architecture alone; the supernet's own number by default. */
  readonly steps: number;
  /** Readouts of each supernet before its last step, at equal distances; 0..20. */
  readonly checkpoints: number;
  /** Whether the zero-cost proxies are measured. */
  readonly proxies: boolean;
}
