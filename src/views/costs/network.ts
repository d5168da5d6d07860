/** The network that a config describes, for drawings and costs. All shipped datasets have ten classes. */
import type { NetworkShape } from '../../core/architecture.ts';
import { networkShape as networkOf } from '../../core/networkShape.ts';
import type { RunConfig } from '../../core/run/config.ts';
import { datasetShape } from '../../core/run/datasets.ts';

export const CLASSES = 10;

/** The network of a config, the very one that is trained; null for a dataset of unknown shape. */
export function networkShape(config: RunConfig): NetworkShape | null {
  const image = datasetShape(config.task.dataset);
  if (!image) return null;
  const { imagePooling } = config.task;
  return networkOf(config, {
    height: Math.floor(image.height / imagePooling),
    width: Math.floor(image.width / imagePooling),
    channels: image.channels,
    classes: CLASSES,
  });
}
