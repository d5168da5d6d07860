/** What the chart of correlation against steps draws: a line a ranker. */
import type { EstimateModel } from '../shared/estimate.ts';

export interface CorrelationLine {
  readonly key: string;
  readonly name: string;
  /** Category of hue and dash, kept when other lines come and go. */
  readonly category: number;
  /** Ascending in `step`. */
  readonly points: readonly (EstimateModel & { readonly step: number })[];
}

export interface CorrelationCurveModel {
  /** E.g. `Spearman ρ`. */
  readonly metric: string;
  readonly lines: readonly CorrelationLine[];
  /** Key of the line whose intervals are drawn. */
  readonly selected: string | null;
  /** First step at which alpha moves; null: from the first on, or unknown. */
  readonly alphaFrom: number | null;
  /** Steps planned, the right end of the axis. */
  readonly totalSteps: number;
  readonly ceiling: number | null;
}
