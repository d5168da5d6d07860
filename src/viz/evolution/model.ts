/** What the population chart draws: who lived in which generation, and why. */

import type { Origin } from '../../core/method/jobs.ts';
import type { PartId } from '../../core/space/ids.ts';
import type { OriginLabels } from '../shared/colours.ts';

export interface EvolutionCandidate {
  readonly cell: PartId;
  readonly weight: number;
  readonly rank: number | null;
  readonly origin: Origin;
  /** Why it was born, in a sentence or two. */
  readonly why: string;
}

export interface EvolutionModel {
  /** Names of the origins that the charts have no name for. */
  readonly originLabels: OriginLabels;
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
