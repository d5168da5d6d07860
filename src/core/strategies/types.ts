/** The contract of an outer search: memory is plain data, randomness is passed in. */
import type { Random } from '../random.ts';
import type { Region } from '../region.ts';
import type { Field } from '../run/fields.ts';

/** Why a cell was born. */
export type Origin =
  | { readonly kind: 'initial' | 'immigrant'; readonly density: number }
  | {
      readonly kind: 'elite';
      readonly parent: { readonly stage: number; readonly candidate: number };
      readonly rank: number;
    }
  | { readonly kind: 'sampled'; readonly logLikelihood: number; readonly retries: number }
  | { readonly kind: 'nearest'; readonly distance: number };

export interface Proposal {
  readonly region: Region;
  readonly origins: readonly (readonly Origin[])[];
}

export interface SpaceDescription {
  readonly vertices: number;
  readonly stages: number;
  readonly candidates: number;
}

/** What an update did: pseudo-gradient `[stage][edge]` and utilities `[stage][candidate]`. */
export interface StrategyMove {
  readonly gradient: readonly (readonly number[])[];
  readonly utilities: readonly (readonly number[])[];
}

export type StrategyOptions = { readonly [name: string]: number | string | boolean };

export interface StrategyState {
  readonly space: SpaceDescription;
  readonly options: StrategyOptions;
  /** Generations proposed and ranked so far. */
  readonly generation: number;
  /** Edge probabilities, `[stage][edge]`. */
  readonly theta: readonly (readonly number[])[];
  /** Best cells of the last batch, best first, `[stage]`. */
  readonly elites: readonly (readonly {
    readonly mask: number;
    readonly candidate: number;
    readonly rank: number;
  }[])[];
}

export interface StrategyDescriptor {
  readonly id: string;
  readonly name: string;
  readonly explanation: string;
  readonly source: string;
  /** True if it must know the accuracy of architectures trained alone. */
  readonly needsTruth: boolean;
  /** Options, with paths `strategy.options.<name>`. */
  readonly fields: readonly Field[];
  readonly defaults: StrategyOptions;
}

export interface Strategy {
  readonly descriptor: StrategyDescriptor;
  init(space: SpaceDescription, options: StrategyOptions, random: Random): StrategyState;
  propose(state: StrategyState, random: Random): Proposal;
  /** `ranks[stage][candidate]`, higher is better. */
  update(
    state: StrategyState,
    region: Region,
    ranks: readonly (readonly number[])[],
    random: Random,
  ): { readonly state: StrategyState; readonly move: StrategyMove };
}
