/** What the cell diagram draws: one cell, or θ over all pairs of its vertices. */
import type { PartId } from '../../core/space/ids.ts';

export interface CellModel {
  readonly cell: PartId;
  /** Vertex numbers and edge names; default: by size. */
  readonly labels?: boolean | undefined;
  /** Edge probabilities over all pairs of the cell’s vertices: draws every pair instead of its edges. */
  readonly theta?: readonly number[] | null | undefined;
  /** Pseudo-gradient over all pairs, drawn as signed arrows. Needs `theta`. */
  readonly gradient?: readonly number[] | null | undefined;
}
