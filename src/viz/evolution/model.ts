/** What the population chart draws: who lived in which generation, and why. */
import type { CellMask } from '../../core/region.ts';
import type { Origin } from '../../core/strategies/types.ts';

export interface EvolutionCandidate {
  readonly mask: CellMask;
  readonly weight: number;
  readonly rank: number | null;
  readonly origin: Origin;
}

export interface EvolutionModel {
  readonly vertices: number;
  readonly generations: readonly {
    readonly index: number;
    /** `stages[stage][candidate]`. */
    readonly stages: readonly (readonly EvolutionCandidate[])[];
  }[];
  readonly selected: {
    readonly generation: number;
    readonly stage: number;
    readonly candidate: number;
  } | null;
}
