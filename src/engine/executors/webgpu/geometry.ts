/**
 * How one kind of layer looks to the convolution kernels. Channels come in blocks of four (`vec4f`),
 * rows in strips of a few pixels: one thread works on one strip and one block.
 *
 * A layer without space (the classifier, and everything in `linear` networks) is a 1×1 convolution
 * whose row of pixels is a row of images, so that a strip still shares each weight it loads.
 */
import type { Plan, PlanStage } from '../../../core/schedule.ts';
import { BLOCK, blocksOf, type ChannelBlocks } from '../units.ts';

/** Images in a row where a layer has no space; batches are padded to multiples of it. */
export const IMAGE_STRIP = 4;

export interface LayerGeometry {
  /** Pixels of one plane. */
  readonly height: number;
  readonly width: number;
  /** Images that one plane holds: 1, or IMAGE_STRIP where there is no space. */
  readonly imagesPerPlane: number;
  /** Blocks of four channels. */
  readonly inputBlocks: ChannelBlocks;
  readonly outputBlocks: ChannelBlocks;
  readonly kernel: number;
  /** Pixels of a strip, and strips of a row. The last strip may reach beyond the row. */
  readonly strip: number;
  readonly strips: number;
  readonly relu: boolean;
}

/** The strip of 4 to 8 pixels that wastes least of a row; the longest of equals. */
export function stripOf(width: number): number {
  const waste = (strip: number) => Math.ceil(width / strip) * strip;
  return [8, 7, 6, 5, 4].reduce((best, strip) => (waste(strip) < waste(best) ? strip : best));
}

function spatial(
  shape: { readonly height: number; readonly width: number },
  inputBlocks: ChannelBlocks,
  outputBlocks: ChannelBlocks,
  kernel: number,
  relu: boolean,
): LayerGeometry {
  const strip = stripOf(shape.width);
  const strips = Math.ceil(shape.width / strip);
  const { height, width } = shape;
  return {
    height,
    width,
    imagesPerPlane: 1,
    inputBlocks,
    outputBlocks,
    kernel,
    strip,
    strips,
    relu,
  };
}

/** A dense layer: `inputBlocks` and `outputBlocks` of four channels. */
export function flat(
  inputBlocks: ChannelBlocks,
  outputBlocks: ChannelBlocks,
  relu: boolean,
): LayerGeometry {
  return {
    height: 1,
    width: IMAGE_STRIP,
    imagesPerPlane: IMAGE_STRIP,
    inputBlocks,
    outputBlocks,
    kernel: 1,
    strip: IMAGE_STRIP,
    strips: 1,
    relu,
  };
}

/** The operations of a stage's cells. */
export function cellGeometry(plan: Plan, stage: PlanStage): LayerGeometry {
  const blocks = blocksOf(stage.shape.channels);
  if (plan.operation.kind === 'linear') return flat(blocks, blocks, true);
  return spatial(stage.shape, blocks, blocks, plan.operation.kernel, true);
}

/** The layer in front of a stage; null where there is none. */
export function stemGeometry(plan: Plan, s: number): LayerGeometry | null {
  const stage = plan.stages[s];
  if (!stage?.stem) return null;
  const outputs = blocksOf(stage.shape.channels);
  const { height, width, channels } = plan.input;
  if (plan.operation.kind === 'linear') {
    return flat(blocksOf(height * width * channels), outputs, stage.stem.relu);
  }
  const inputs = blocksOf(plan.stages[s - 1]?.shape.channels ?? channels);
  return spatial(stage.shape, inputs, outputs, plan.operation.kernel, stage.stem.relu);
}

/** Rows and columns after pooling; what does not fill a window is dropped. */
export function pooledShape({ shape, pooling }: PlanStage): { height: number; width: number } {
  return {
    height: Math.floor(shape.height / pooling.factor),
    width: Math.floor(shape.width / pooling.factor),
  };
}

/** Four-vectors of one layer's weights and bias: [tap][input channel][output block], then the bias. */
export function layerSize({ kernel, inputBlocks, outputBlocks }: LayerGeometry): number {
  return kernel * kernel * inputBlocks * BLOCK * outputBlocks + outputBlocks;
}

/** Threads of one convolution over `images` images. */
export function stripThreads(
  geometry: LayerGeometry,
  images: number,
  blocks: ChannelBlocks,
): number {
  const planes = Math.ceil(images / geometry.imagesPerPlane);
  return planes * geometry.height * geometry.strips * blocks;
}

/** Words of a layer's ReLU bits for one operation: one for each strip and block of outputs. */
export const reluWords = (geometry: LayerGeometry, images: number): number =>
  stripThreads(geometry, images, geometry.outputBlocks);

const THREADS_A_LAYER = 1024;

/**
 * Into how many parts the rows of a batch are cut when filter gradients are summed. Depends on the
 * layer and the batch alone, so that a network learns the same alone and among others.
 */
export function filterChunks(geometry: LayerGeometry, images: number): number {
  const rows = Math.ceil(images / geometry.imagesPerPlane) * geometry.height;
  const threads = geometry.kernel * geometry.inputBlocks * geometry.outputBlocks;
  return Math.max(1, Math.min(rows, Math.ceil(THREADS_A_LAYER / threads)));
}

/** Multiply–accumulates of a layer over the room of a slot. */
export function workOf(geometry: LayerGeometry, capacity: number, layers: number): number {
  const { height, width, imagesPerPlane, kernel, inputBlocks, outputBlocks } = geometry;
  const pixels = (capacity / imagesPerPlane) * height * width;
  return layers * pixels * kernel * kernel * inputBlocks * outputBlocks * 16;
}
