/** Networks of every kind to export, and a reader of exported PyTorch modules, for tests. */
import type { NetworkShape } from '../../core/architecture.ts';
import { regionOf } from '../../core/cellId.ts';
import { createRandom } from '../../core/random.ts';
import type { Region } from '../../core/region.ts';
import { compilePlan, type PlanOptions } from '../../core/schedule.ts';
import type { TrainedModel } from '../../core/trainedModel.ts';
import { initialParameters } from '../network/initialise.ts';
import { randomBatch, tinyConfig } from '../testing.ts';
import { calibrate } from './infer.ts';

const SHAPE: NetworkShape = {
  input: { height: 9, width: 8, channels: 2 },
  classes: 3,
  operation: { kind: 'conv', kernel: 3 },
  stages: [
    { channels: 3, pooling: 2 },
    { channels: 4, pooling: 2 },
  ],
};
const LINEAR: NetworkShape = { ...SHAPE, operation: { kind: 'linear', width: 5 } };
const PLAIN: PlanOptions = { poolingType: 'max', normalisation: 'none', weightInit: 'uniform' };
/** Four vertices: two sources, two sinks, a vertex of three inputs; then none connected. */
const REGION: Region = regionOf(4, [[0b101011], [0]]);

const plans = {
  'convolutions, max pooling': compilePlan(REGION, SHAPE, PLAIN),
  'all edges, 5×5, average pooling': compilePlan(
    regionOf(4, [[63], [63]]),
    { ...SHAPE, operation: { kind: 'conv', kernel: 5 } },
    { ...PLAIN, poolingType: 'average' },
  ),
  'batch norm': compilePlan(REGION, SHAPE, { ...PLAIN, normalisation: 'batch' }),
  'no pooling after the last stage': compilePlan(
    REGION,
    { ...SHAPE, stages: [SHAPE.stages[0]!, { channels: 4, pooling: 1 }] },
    PLAIN,
  ),
  linear: compilePlan(REGION, LINEAR, PLAIN),
  'linear, batch norm': compilePlan(REGION, LINEAR, { ...PLAIN, normalisation: 'batch' }),
};

export type NetworkKind = keyof typeof plans;
export const NETWORK_KINDS: readonly NetworkKind[] = [
  'convolutions, max pooling',
  'all edges, 5×5, average pooling',
  'batch norm',
  'no pooling after the last stage',
  'linear',
  'linear, batch norm',
];

/** A network with random weights, calibrated on `images` made-up images if it has batch norm. */
export async function networkOfKind(kind: NetworkKind, images = 12): Promise<TrainedModel> {
  const plan = plans[kind];
  const parameters = initialParameters(plan, createRandom(8, kind));
  const calibration = await calibrate({ plan, parameters }, randomBatch(plan, images, 3).images);
  return {
    architecture: '4:2b.0',
    plan,
    parameters,
    calibration,
    recipe: {
      dataset: 'stripes',
      name: 'Stripes',
      classes: ['left "of" it', 'middle', 'right'],
      imagePooling: 1,
      mean: [0.25, 0.18],
      std: [0.2, 0.1],
    },
    training: { config: tinyConfig(), seed: 2, steps: 40, accuracy: 0.75, loss: 0.6 },
  };
}

/** [B,H,W,C] → [B,C,H,W]. */
export function toChannelsFirst(
  images: Float32Array,
  { height, width, channels }: TrainedModel['plan']['input'],
): Float32Array {
  const out = new Float32Array(images.length);
  const area = height * width;
  for (let at = 0; at < images.length; at++) {
    const c = at % channels;
    const pixel = Math.floor(at / channels) % area;
    const image = Math.floor(at / (channels * area));
    out[(image * channels + c) * area + pixel] = images[at]!;
  }
  return out;
}
