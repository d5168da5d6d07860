/** Memory and tensors, filled with numbers, on which kernels and operations are timed. */
import { createRandom } from '../../core/random.ts';
import {
  addressAfter,
  asAddress,
  asBytes,
  asPlaneImage,
  type ByteAddress,
  doubleBytes,
  floatBytes,
  floatIndex,
  NOWHERE,
  paddedChannels,
} from '../executors/units.ts';
import type { KernelHeap } from '../executors/wasm/kernels.ts';
import { Arena, at, type Plane } from '../executors/wasm/planes.ts';
import * as tf from '../tf.ts';

/** Side and channels of the planes of REF's stages. */
export const SHAPES = [
  { side: 28, channels: 8 },
  { side: 14, channels: 16 },
  { side: 7, channels: 32 },
] as const;
export type Shape = (typeof SHAPES)[number];

export const KERNEL = 3;
export const POOLING = 2;
export const CLASSES = 10;
/** As the kernels see them: 12. */
export const PADDED_CLASSES = paddedChannels(CLASSES);
/** Below it is not an address that a plane can have. */
export const START = asAddress(64);

const random = createRandom(3, 'bench', 'kernels');

export function fill({ floats }: KernelHeap, from: ByteAddress, values: number): void {
  for (let i = 0; i < values; i++) floats[floatIndex(from) + i] = random.normal();
}

/** Numbers in the interior; borders stay zero. */
function fillPlane(heap: KernelHeap, plane: Plane, images: number): void {
  const { height, width, pad, channels } = plane;
  for (let image = 0; image < images; image++) {
    for (let y = 0; y < height; y++) {
      const row = floatBytes((width + pad) * channels);
      fill(heap, addressAfter(at(plane, asPlaneImage(image)), row, y), width * channels);
    }
  }
}

/** Places in memory for every kernel at a shape, filled with numbers. */
export function layOut(heap: KernelHeap, { side, channels: real }: Shape, batch: number) {
  const channels = paddedChannels(real);
  const arena = new Arena(START);
  const size = { height: side, width: side, pad: (KERNEL - 1) / 2 };
  const half = { ...size, height: side >> 1, width: side >> 1 };
  const plane = () => arena.plane(size, channels, batch, false);
  const row = () => arena.take(floatBytes(channels));
  const filter = () => arena.take(floatBytes(KERNEL ** 2 * channels ** 2));
  const features = half.height * half.width * channels;
  const places = {
    size,
    x: plane(),
    d: plane(),
    out: plane(),
    pooled: arena.plane(half, channels, batch, false),
    reluBits: arena.take(asBytes(side * side * channels * batch)),
    winners: arena.take(asBytes(features * batch)),
    weights: filter(),
    packed: filter(),
    filterGradient: filter(),
    bias: row(),
    biasGradient: row(),
    mean: row(),
    scale: row(),
    slope: row(),
    sums: arena.take(doubleBytes(channels)),
    dense: arena.take(floatBytes(features * PADDED_CLASSES)),
    denseBias: arena.take(floatBytes(PADDED_CLASSES)),
    denseGradient: arena.take(floatBytes(features * PADDED_CLASSES)),
    logits: arena.take(floatBytes(batch * PADDED_CLASSES)),
  };
  heap.reserve(arena.end);
  heap.clear(NOWHERE, arena.end);
  for (const one of [places.x, places.d]) fillPlane(heap, one, batch);
  fillPlane(heap, places.pooled, batch);
  fill(heap, places.weights, KERNEL ** 2 * channels ** 2);
  for (const one of [places.bias, places.mean, places.scale, places.slope])
    fill(heap, one, channels);
  fill(heap, places.dense, features * PADDED_CLASSES);
  fill(heap, places.logits, batch * PADDED_CLASSES);
  return places;
}

export const made = (shape: number[]) => {
  const length = shape.reduce((product, size) => product * size, 1);
  return tf.tensor(Float32Array.from({ length }, random.normal), shape);
};

export function tensorsOf({ side, channels: c }: Shape, batch: number) {
  const features = (side >> 1) ** 2 * c;
  return {
    x: made([batch, side, side, c]) as tf.Tensor4D,
    d: made([batch, side, side, c]) as tf.Tensor4D,
    filter: made([KERNEL, KERNEL, c, c]) as tf.Tensor4D,
    bias: made([c]) as tf.Tensor1D,
    features: made([batch, features]) as tf.Tensor2D,
    dense: made([features, CLASSES]) as tf.Tensor2D,
    denseBias: made([CLASSES]) as tf.Tensor1D,
    logits: made([batch, CLASSES]) as tf.Tensor2D,
  };
}
