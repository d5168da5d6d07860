/** What the space chart draws: the candidates of every stage, with weights and ranks. */

import type { Origin } from '../../core/method/jobs.ts';
import type { PartId } from '../../core/space/ids.ts';
import type { OriginLabels } from '../shared/colours.ts';

export interface SpaceCandidate {
  readonly cell: PartId;
  /** Architecture weight, the k of a stage sum to 1. */
  readonly weight: number;
  /** Rank score (higher is better) once ranked. */
  readonly rank: number | null;
  readonly origin: Origin | null;
}

export interface SpaceStage {
  readonly index: number;
  readonly channels: number;
  /** Image side inside the stage, before pooling. */
  readonly size: number;
  /** Pooling factor after the stage. */
  readonly pooling: number;
  readonly candidates: readonly SpaceCandidate[];
}

export interface SpaceModel {
  readonly input: {
    readonly height: number;
    readonly width: number;
    readonly channels: number;
    readonly name: string;
  };
  readonly stages: readonly SpaceStage[];
  readonly classes: number;
  /** Names of the origins that the charts have no name for. */
  readonly originLabels: OriginLabels;
  /** Candidate of each stage of the best-ranked architecture. */
  readonly bestChoice: readonly number[] | null;
  readonly highlighted: readonly { readonly stage: number; readonly candidate: number }[] | null;
}
