/** What the network diagram draws: one architecture, or how two differ. */
import type { Architecture, NetworkShape } from '../../core/architecture.ts';

export interface NetworkModel {
  readonly shape: NetworkShape;
  readonly architecture: Architecture;
  /** Draws the edges that `architecture` adds to and lacks of this one (same shape). */
  readonly compare: Architecture | null;
  readonly selected: { readonly stage: number } | null;
}
