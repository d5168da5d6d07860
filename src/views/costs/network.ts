/** The network that a config describes, for drawings and costs. */
import type { NetworkShape } from '../../core/architecture.ts';
import { networkShape as networkOf } from '../../core/networkShape.ts';
import type { RunConfig } from '../../core/run/config.ts';
import { knownTaskShape } from '../../core/run/datasets.ts';

/** The network of a config, the very one that is trained; null for a dataset of unknown shape. */
export function networkShape(config: RunConfig): NetworkShape | null {
  const task = knownTaskShape(config.task);
  return task && networkOf(config, task);
}
