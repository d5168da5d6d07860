/** From the options of a run to the shape of its networks. */
import { type NetworkShape, referenceChannels } from './architecture.ts';
import { createRandom } from './random.ts';
import type { RunConfig } from './run/config.ts';

/** Input shape after image pooling, and the number of classes. */
export interface TaskShape {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly classes: number;
}

/**
 * The shape that every network of a run has. With the reference rule and four stages or more, the
 * pooled inner stages are drawn from the run's seed.
 * @throws LabError `config-invalid` for an impossible number of stages.
 */
export function networkShape(config: RunConfig, task: TaskShape): NetworkShape {
  const { space, search } = config;
  const { height, width, channels, classes } = task;
  const explicit = space.channelRule === 'explicit';
  const last = space.channels[space.channels.length - 1] ?? 1;
  const rule = explicit
    ? { channels: space.channels, pooling: space.pooling }
    : referenceChannels(space.stages, last, createRandom(search.seed, 'channels'));
  return {
    input: { height, width, channels },
    classes,
    operation:
      space.operation === 'conv'
        ? { kind: 'conv', kernel: space.kernel }
        : { kind: 'linear', width: space.width },
    stages: Array.from({ length: space.stages }, (_, s) => ({
      channels: rule.channels[s] ?? 1,
      pooling: rule.pooling[s] ?? 1,
    })),
  };
}
