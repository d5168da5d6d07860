/** One kernel at one shape: what is called, what that computes, and the operation of TensorFlow.js. */
import {
  addressAfter,
  FIRST_IMAGE,
  NOWHERE,
  type PaddedChannels,
  paddedChannels,
  vectorBytes,
} from '../executors/units.ts';
import { ADD, RELU } from '../executors/wasm/forward.ts';
import type { KernelHeap } from '../executors/wasm/kernels.ts';
import { at } from '../executors/wasm/planes.ts';
import { convolve, dense, filterGradient, inputGradient, sumRows } from '../ops/convolution.ts';
import { pool } from '../ops/pooling.ts';
import { FlatOptimiser } from '../optimiser.ts';
import * as tf from '../tf.ts';
import {
  CLASSES,
  fill,
  KERNEL,
  layOut,
  made,
  PADDED_CLASSES,
  POOLING,
  type Shape,
  START,
  tensorsOf,
} from './kernelPlaces.ts';

export interface KernelCase {
  readonly kernel: string;
  readonly shape: string;
  /** Additions, multiplications and the like of one call; null if it only moves or compares. */
  readonly operations: number | null;
  readonly ours: () => void;
  /** The same on tfjs's current backend; null where it has nothing like it. */
  readonly stock: (() => void) | null;
}

export interface KernelCases {
  readonly cases: readonly KernelCase[];
  /** Frees the tensors. */
  readonly dispose: () => void;
}

/** What runs is thrown away; the backend of `kernels` computes at once. */
const discard = (work: () => tf.Tensor | readonly tf.Tensor[]) => () => {
  tf.dispose(tf.tidy(() => work() as tf.TensorContainer));
};

/** Everything that the cases of a shape work on. */
interface Bench {
  readonly kernels: KernelHeap['kernels'];
  readonly places: ReturnType<typeof layOut>;
  readonly tensors: ReturnType<typeof tensorsOf>;
  readonly batch: number;
  readonly side: number;
  readonly channels: PaddedChannels;
  readonly geometry: readonly [images: number, height: number, width: number, pad: number];
  /** Numbers in a plane, without its border. */
  readonly values: number;
}

type NamedCase = Omit<KernelCase, 'shape'>;

const named = (
  kernel: string,
  operations: number | null,
  ours: () => void,
  stock: (() => void) | null = null,
): NamedCase => ({ kernel, operations, ours, stock });

function convolutions({ kernels, places, tensors, channels: c, geometry, values }: Bench) {
  const { packed, reluBits, filterGradient: dw, biasGradient: db } = places;
  const [x, d, out] = [
    at(places.x, FIRST_IMAGE),
    at(places.d, FIRST_IMAGE),
    at(places.out, FIRST_IMAGE),
  ];
  const operations = 2 * KERNEL ** 2 * c * values;
  return [
    named(
      'convolution, bias, ReLU',
      operations,
      () =>
        kernels.convolve(x, packed, places.bias, out, reluBits, ...geometry, c, c, KERNEL, RELU),
      discard(() => convolve(tensors.x, tensors.filter, tensors.bias, 'relu')),
    ),
    named(
      'gradient of the input',
      operations,
      () => kernels.convolve(d, packed, NOWHERE, out, NOWHERE, ...geometry, c, c, KERNEL, ADD),
      discard(() => inputGradient(tensors.d, tensors.filter)),
    ),
    named(
      'gradient of the filter',
      operations,
      () => kernels.filterGradient(x, d, dw, ...geometry, c, c, KERNEL),
      discard(() => filterGradient(tensors.x, tensors.d, KERNEL)),
    ),
    named(
      'gate, gradient of the bias',
      2 * values,
      () => kernels.gate(d, 1, reluBits, out, db, ...geometry, c),
      discard(() => {
        const gated = tf.mul(tensors.d, tf.step(tensors.x));
        return [gated, sumRows(gated)];
      }),
    ),
  ];
}

function mixing({ kernels, places, tensors, channels: c, geometry, values }: Bench) {
  const { mean, scale, slope, sums } = places;
  const [x, d, out] = [
    at(places.x, FIRST_IMAGE),
    at(places.d, FIRST_IMAGE),
    at(places.out, FIRST_IMAGE),
  ];
  return [
    named(
      'adding to the mixture',
      3 * values,
      () => kernels.mixInto(x, mean, scale, out, 1, ...geometry, c),
      discard(() => tf.add(tensors.d, tf.mul(tensors.x, 0.25))),
    ),
    named('sums', 2 * values, () => kernels.sumPixels(x, mean, sums, ...geometry, c)),
    named('sums of squares', 3 * values, () => kernels.squarePixels(x, mean, sums, ...geometry, c)),
    named('sums of products', 3 * values, () =>
      kernels.dotPixels(d, x, mean, sums, ...geometry, c),
    ),
    named('gradient of batch norm', 5 * values, () =>
      kernels.normaliseGradient(d, x, mean, scale, mean, slope, out, ...geometry, c),
    ),
  ];
}

function pooling({ kernels, places, tensors, channels: c, geometry }: Bench) {
  const { winners } = places;
  const [x, pooled, out] = [
    at(places.x, FIRST_IMAGE),
    at(places.pooled, FIRST_IMAGE),
    at(places.out, FIRST_IMAGE),
  ];
  return [
    named(
      'maximum pooling',
      null,
      () => kernels.poolMaximum(x, pooled, winners, ...geometry, c, POOLING),
      discard(() => pool(tensors.x, POOLING, 'max')),
    ),
    named('gradient of maximum pooling', null, () =>
      kernels.unpoolMaximum(pooled, winners, out, ...geometry, c, POOLING),
    ),
    named(
      'average pooling',
      null,
      () => kernels.poolAverage(x, pooled, ...geometry, c, POOLING),
      discard(() => pool(tensors.x, POOLING, 'average')),
    ),
    named('gradient of average pooling', null, () =>
      kernels.unpoolAverage(pooled, out, ...geometry, c, POOLING),
    ),
  ];
}

function classifier({ kernels, places, tensors, channels: c, batch }: Bench) {
  const { dense: w, denseBias, denseGradient, logits } = places;
  const { height, width, pad } = places.pooled;
  const pooled = at(places.pooled, FIRST_IMAGE);
  const geometry = [batch, height, width, pad] as const;
  const operations = 2 * batch * height * width * c * CLASSES;
  const classes = PADDED_CLASSES;
  return [
    named(
      'classifier',
      operations,
      () => kernels.classify(pooled, w, denseBias, logits, ...geometry, c, classes),
      discard(() => dense(tensors.features, tensors.dense, tensors.denseBias, 'linear')),
    ),
    named(
      'gradient of its weights',
      operations,
      () =>
        kernels.classifierWeights(
          pooled,
          logits,
          denseGradient,
          denseBias,
          ...geometry,
          c,
          classes,
        ),
      discard(() => [
        tf.matMul(tensors.features, tensors.logits, true, false),
        sumRows(tensors.logits),
      ]),
    ),
    named(
      'gradient of its input',
      operations,
      () => kernels.classifierInput(logits, w, pooled, ...geometry, c, classes),
      discard(() => tf.matMul(tensors.logits, tensors.dense, false, true)),
    ),
  ];
}

/** Every kernel that works on planes, at one shape. The heap is used by nobody else meanwhile. */
export function planeCases(heap: KernelHeap, shape: Shape, batch: number): KernelCases {
  const { side } = shape;
  const channels = paddedChannels(shape.channels);
  const { kernels } = heap;
  const places = layOut(heap, shape, batch);
  kernels.packForward(places.weights, places.packed, KERNEL, channels, channels);
  const tensors = tensorsOf(shape, batch);
  const bench: Bench = {
    kernels,
    places,
    tensors,
    batch,
    side,
    channels,
    geometry: [batch, side, side, places.size.pad],
    values: batch * side * side * channels,
  };
  const groups = [convolutions, mixing, pooling, classifier];
  const label = `${side}×${side}×${channels}`;
  return {
    cases: groups.flatMap((group) => group(bench).map((one) => ({ ...one, shape: label }))),
    dispose: () => tf.dispose(tensors),
  };
}

/** The optimisers, over as many parameters as REF has. */
export function vectorCases(heap: KernelHeap, parameters: number): KernelCases {
  const bytes = vectorBytes(Math.ceil(parameters / 4));
  const [values, gradient] = [START, addressAfter(START, bytes)];
  const [m, v] = [addressAfter(START, bytes, 2), addressAfter(START, bytes, 3)];
  const end = addressAfter(START, bytes, 4);
  heap.reserve(end);
  heap.clear(NOWHERE, end);
  fill(heap, values, 2 * (bytes / 4));
  const { kernels } = heap;
  const [x, g] = [made([parameters]) as tf.Tensor1D, made([parameters]) as tf.Tensor1D];
  const adam = new FlatOptimiser('adam', 0, parameters);
  const descent = new FlatOptimiser('sgd', 0.8, parameters);
  const shape = `${parameters} parameters`;
  const cases: KernelCase[] = [
    {
      kernel: 'Adam',
      shape,
      operations: 13 * parameters,
      ours: () => kernels.adam(values, gradient, m, v, bytes, 1e-3, 0.5),
      stock: () => adam.apply(x, g, 1e-3).dispose(),
    },
    {
      kernel: 'descent with momentum',
      shape,
      operations: 4 * parameters,
      ours: () => kernels.descend(values, gradient, m, bytes, 1e-3, 0.8),
      stock: () => descent.apply(x, g, 1e-3).dispose(),
    },
  ];
  const dispose = () => {
    tf.dispose([x, g]);
    adam.dispose();
    descent.dispose();
  };
  return { cases, dispose };
}
