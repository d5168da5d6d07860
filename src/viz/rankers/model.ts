/** What the ranker table draws. Keys of rows are those of the ranker registry. */
import type { RankerKind } from '../../core/rankers/types.ts';
import type { EstimateModel } from '../shared/estimate.ts';

export interface RankerRow {
  readonly key: string;
  readonly name: string;
  readonly kind: RankerKind;
  /** From one supernet (mean over the supernets); the only mark of rankers without one. */
  readonly single: EstimateModel;
  /** From the supernets' average; null where there is no more than one. */
  readonly ensemble: EstimateModel | null;
  /** Of the row's best-founded mark minus the baseline; null for the baseline itself. */
  readonly difference: EstimateModel | null;
}

export interface RankersModel {
  readonly metric: {
    readonly name: string;
    /** Unit for the axis, e.g. `percentage points`; null: none. */
    readonly unit: string | null;
    /** Natural limits, which the axis never exceeds; null: none on that side. */
    readonly low: number | null;
    readonly high: number | null;
    /** Where "no relation" lies, e.g. 0 for correlations; null: nowhere. */
    readonly neutral: number | null;
    /** Digits after the point. */
    readonly digits: number;
    readonly better: 'higher' | 'lower';
  };
  /** Confidence of the intervals, 0..1. */
  readonly confidence: number;
  /** In the order in which they are drawn. */
  readonly rows: readonly RankerRow[];
  /** Supernets averaged by the ensembles. */
  readonly supernets: number;
  readonly ceiling: number | null;
  /** Key of the row that the differences refer to. */
  readonly baseline: string | null;
  readonly selected: string | null;
}
