/** What the chart of evaluations draws: architectures trained alone, one after another. */
import type { ArchitectureId } from '../../core/space/ids.ts';

export interface EvaluationMark {
  readonly id: ArchitectureId;
  /** Round, from 0. */
  readonly round: number;
  /** On validation images, 0..1; null: the training diverged. */
  readonly accuracy: number | null;
  /** Kind of its birth, one of the model's `origins`. */
  readonly origin: string;
  /** Ids of the architectures that it was made from. */
  readonly parents: readonly string[];
}

export interface EvaluationsModel {
  /** In the order they were trained in; the key of a mark is its index here, as text. */
  readonly evaluations: readonly EvaluationMark[];
  /** Label of each kind of origin, in the order of the legend. */
  readonly origins: readonly { readonly kind: string; readonly label: string }[];
  /** Accuracy of guessing, 0..1; null: unknown. */
  readonly chance: number | null;
  /** How many there may be at most: the right end of the axis; null: unknown. */
  readonly limit: number | null;
  /** Index of the chosen evaluation. */
  readonly selected: number | null;
}
