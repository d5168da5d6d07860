/** The network that a config describes, for drawings and costs. All shipped datasets have ten classes. */
import { type NetworkShape, referenceChannels } from '../core/architecture.ts';
import { createRandom } from '../core/random.ts';
import type { RunConfig } from '../core/run/config.ts';
import { datasetShape } from '../core/run/datasets.ts';

export const CLASSES = 10;

/** The network of a config; null for a dataset whose shape is unknown. */
export function networkShape(config: RunConfig): NetworkShape | null {
  const { space, task } = config;
  const image = datasetShape(task.dataset);
  if (!image) return null;
  const layout =
    space.channelRule === 'reference'
      ? referenceChannels(
          space.stages,
          space.channels.at(-1) ?? 1,
          createRandom(config.search.seed),
        )
      : space;
  return {
    input: {
      height: Math.floor(image.height / task.imagePooling),
      width: Math.floor(image.width / task.imagePooling),
      channels: image.channels,
    },
    classes: CLASSES,
    operation:
      space.operation === 'conv'
        ? { kind: 'conv', kernel: space.kernel }
        : { kind: 'linear', width: space.width },
    stages: Array.from({ length: space.stages }, (_, stage) => ({
      channels: layout.channels[stage] ?? 1,
      pooling: layout.pooling[stage] ?? 1,
    })),
  };
}
