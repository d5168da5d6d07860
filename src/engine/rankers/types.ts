/** The contract of an inner search: how a trained supernet becomes ranks of its candidates. */

import type { Random } from '../../core/random.ts';
import type { StageTable } from '../../core/ranks.ts';
import type { RankerConfig } from '../../core/run/config.ts';
import type { Plan } from '../../core/schedule.ts';
import type { Evaluation } from '../executors/executor.ts';

export interface RankerDescriptor {
  readonly id: string;
  readonly name: string;
  readonly explanation: string;
  readonly source: string;
}

/** A trained supernet, as a ranker sees it. */
export interface TrainedSupernet {
  readonly plan: Plan;
  readonly options: RankerConfig;
  /** Architecture weights to read: averaged over the last third of the steps, or the last ones. */
  readonly weights: StageTable;
  /** Validation loss and accuracy of the supernet under each mixture. */
  evaluate(mixtures: readonly StageTable[]): Promise<Evaluation[]>;
  readonly random: Random;
}

export interface Ranker {
  readonly descriptor: RankerDescriptor;
  /** Ranks R, `[stage][candidate]`, higher is better, additive over stages. */
  rank(supernet: TrainedSupernet): Promise<number[][]>;
}
