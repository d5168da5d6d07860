/** Memory and tensors, filled with numbers, on which kernels and operations are timed. */
import { createRandom } from '../../core/random.ts';
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
/** As the kernels see them: a multiple of 4. */
export const PADDED_CLASSES = 12;
/** Below it is not an address that a plane can have. */
export const START = 64;

const random = createRandom(3, 'bench', 'kernels');

export function fill({ floats }: KernelHeap, from: number, values: number): void {
  for (let i = 0; i < values; i++) floats[from / 4 + i] = random.normal();
}

/** Numbers in the interior; borders stay zero. */
function fillPlane(heap: KernelHeap, plane: Plane, images: number): void {
  const { height, width, pad, channels } = plane;
  for (let image = 0; image < images; image++) {
    for (let y = 0; y < height; y++) {
      fill(heap, at(plane, image) + y * (width + pad) * channels * 4, width * channels);
    }
  }
}

/** Places in memory for every kernel at a shape, filled with numbers. */
export function layOut(heap: KernelHeap, { side, channels }: Shape, batch: number) {
  const arena = new Arena(START);
  const size = { height: side, width: side, pad: (KERNEL - 1) / 2 };
  const half = { ...size, height: side >> 1, width: side >> 1 };
  const plane = () => arena.plane(size, channels, batch, false);
  const row = () => arena.take(channels * 4);
  const filter = () => arena.take(KERNEL ** 2 * channels ** 2 * 4);
  const features = half.height * half.width * channels;
  const places = {
    size,
    x: plane(),
    d: plane(),
    out: plane(),
    pooled: arena.plane(half, channels, batch, false),
    reluBits: arena.take(side * side * channels * batch),
    winners: arena.take(features * batch),
    weights: filter(),
    packed: filter(),
    filterGradient: filter(),
    bias: row(),
    biasGradient: row(),
    mean: row(),
    scale: row(),
    slope: row(),
    sums: arena.take(channels * 8),
    dense: arena.take(features * PADDED_CLASSES * 4),
    denseBias: arena.take(PADDED_CLASSES * 4),
    denseGradient: arena.take(features * PADDED_CLASSES * 4),
    logits: arena.take(batch * PADDED_CLASSES * 4),
  };
  heap.reserve(arena.end);
  heap.clear(0, arena.end);
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
