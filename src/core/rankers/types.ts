/** The contract of a ranker of a correlation study: from what was logged to one score an architecture. */
import type { StageTable } from '../ranks.ts';
import type { SupernetReadout } from '../study/events.ts';
import type { StudyView } from '../study/reducer.ts';

/** What a ranker needs to be told. `size` and `chance` rankers are the baselines. */
export type RankerKind = 'supernet' | 'size' | 'proxy' | 'chance';

export interface RankerDescriptor {
  /** `fade`; rankers of another than the main supernet variant are named `fade@softmax`. */
  readonly id: string;
  /** Shows the sign where less of something counts as better, e.g. `−depth`. */
  readonly name: string;
  /** One sentence. */
  readonly explanation: string;
  readonly source: string;
  readonly kind: RankerKind;
  /** What it costs beyond training the supernet, in a few words. */
  readonly cost: string;
}

/** What one supernet says at one step. */
export interface Reading {
  /** Which supernet of the ensemble. */
  readonly supernet: number;
  /** Training steps done. */
  readonly step: number;
  /** softmax(alpha) at that step, and its average had training ended there. */
  readonly last: StageTable;
  readonly averaged: StageTable;
  /** Held-out losses at that step; null where none were measured. */
  readonly readout: SupernetReadout | null;
}

export interface StudyRanker {
  readonly descriptor: RankerDescriptor;
  /**
   * One score for each choice, higher is better, comparable inside this region only; null where the
   * log does not hold what is needed. `supernet` rankers give the mean over the readings; the others
   * do not look at them.
   */
  scores(
    view: StudyView,
    readings: readonly Reading[],
    choices: readonly (readonly number[])[],
  ): readonly (number | null)[];
}
