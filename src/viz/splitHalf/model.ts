/** What the chart of split halves draws: two mean accuracies an architecture. */
import type { EstimateModel } from '../shared/estimate.ts';

export interface SplitHalfModel {
  /** Mean accuracy of each half of the seeds, 0..1. */
  readonly points: readonly {
    readonly key: string;
    readonly name: string;
    readonly first: number;
    readonly second: number;
  }[];
  /** Seeds in each half. */
  readonly seeds: readonly [first: number, second: number];
  /** Correlation of the halves. */
  readonly correlation: EstimateModel;
  /** The same for all seeds together (Spearman–Brown); null if undefined. */
  readonly reliability: number | null;
  readonly selected: readonly string[];
}
