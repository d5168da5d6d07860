/** What the network diagram draws: one architecture, or how two differ. */
import type { NetworkShape } from '../../core/architecture.ts';
import type { ArchitectureId } from '../../core/space/ids.ts';

export interface NetworkModel {
  readonly shape: NetworkShape;
  readonly architecture: ArchitectureId;
  /** Draws the edges that `architecture` adds to and lacks of this one (same shape). */
  readonly compare: ArchitectureId | null;
  readonly selected: { readonly stage: number } | null;
}
