/** What the cell diagram draws: one cell, or θ over all pairs of its vertices. */
import type { CellMask } from '../../core/region.ts';

export interface CellModel {
  readonly vertices: number;
  readonly mask: CellMask;
  /** Vertex numbers and edge names; default: by size. */
  readonly labels?: boolean | undefined;
  /** Edge probabilities over all pairs: draws every pair instead of the edges of `mask`. */
  readonly theta?: readonly number[] | null | undefined;
  /** Pseudo-gradient over all pairs, drawn as signed arrows. Needs `theta`. */
  readonly gradient?: readonly number[] | null | undefined;
}
