/** What the rank scatter draws: predicted against true. Keys of points are architecture ids. */
import type { PartId } from '../../core/space/ids.ts';
import type { EstimateModel } from '../shared/estimate.ts';

export interface ScatterPoint {
  /** Architecture id. */
  readonly key: string;
  /** Short name for the reader, e.g. `2 › 5`. */
  readonly name: string;
  /** Score of the ranker, higher is better. */
  readonly score: number;
  /** Place by score, 1 is best; ties share their middle place. */
  readonly scoreRank: number;
  /** Mean test accuracy over seeds, 0..1; null if every training diverged. */
  readonly accuracy: number | null;
  /** Place by accuracy, 1 is best; diverged ones share the last places. */
  readonly accuracyRank: number;
  /** Standard deviation of the accuracy over seeds; null with fewer than two. */
  readonly deviation: number | null;
  /** Seeds trained. */
  readonly seeds: number;
  /** What fills the circle, in the unit of the model's `fill`; null: hollow. */
  readonly fill: number | null;
  /** For their glyphs, one a stage; null: none are drawn. */
  readonly cells: readonly PartId[] | null;
}

export interface RankScatterModel {
  /** `values`: score against accuracy. `ranks`: place against place. */
  readonly axis: 'values' | 'ranks';
  readonly ranker: string;
  /** Unit of the scores, e.g. `nats`; null: none. */
  readonly scoreUnit: string | null;
  readonly points: readonly ScatterPoint[];
  /** Accuracy of the quality scale, or a factor such as depth; drawn in viridis. */
  readonly fill: { readonly name: string; readonly kind: 'accuracy' | 'factor' };
  /** Spearman's ρ of the points, and the highest that the noise of the truth lets one expect. */
  readonly correlation: EstimateModel;
  readonly ceiling: number | null;
  /** Accuracy of guessing. */
  readonly chance: number | null;
  readonly selected: readonly string[];
  /** Pairs of keys joined by a line, e.g. a discordant pair. */
  readonly linked: readonly (readonly [string, string])[];
}
