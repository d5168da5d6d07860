/** What the top-k strip draws: all architectures in the order of truth. */
import type { PartId } from '../../core/space/ids.ts';

export interface TopKModel {
  readonly ranker: string;
  readonly k: number;
  /** In the order of truth, best first; diverged ones last. */
  readonly architectures: readonly {
    readonly key: string;
    readonly name: string;
    /** Mean test accuracy, 0..1; null: diverged. */
    readonly accuracy: number | null;
    /** Place by the ranker, 1 is best; ties share their middle place. */
    readonly scoreRank: number;
    /** Share of the architecture in the predicted top k: 0 or 1, between them with ties at k. */
    readonly membership: number;
    /** For their glyphs, one a stage; null: none are drawn. */
    readonly cells: readonly PartId[] | null;
  }[];
  /** Best accuracy minus the best in the predicted top k, 0..1. */
  readonly regret: number | null;
  /** Share of the predicted top k in the true top k, and what chance gives: k / n. */
  readonly precision: number | null;
  readonly chance: number;
  readonly selected: readonly string[];
}
