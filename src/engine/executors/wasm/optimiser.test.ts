import { beforeAll, describe, expect, test } from 'vitest';
import { createRandom } from '../../../core/random.ts';
import { FlatOptimiser } from '../../optimiser.ts';
import { useBackend } from '../../testing.ts';
import * as tf from '../../tf.ts';
import { addressAfter, asAddress, floatBytes, NOWHERE } from '../units.ts';
import { giveBack, takeHeap } from './kernels.ts';
import { FlatVector } from './optimiser.ts';

const SIZE = 40;

beforeAll(async () => {
  await useBackend('wasm');
  await tf.setBackend('cpu');
});

describe.each([
  ['adam', 0],
  ['sgd', 0],
  ['sgd', 0.8],
] as const)('%s, momentum %f', (kind, momentum) => {
  test('moves as the optimiser of tfjs tensors does, for gradients of any size', () => {
    const random = createRandom(1, kind);
    const start = Float32Array.from({ length: SIZE }, random.normal);
    const heap = takeHeap();
    const from = asAddress(64);
    const bytes = floatBytes(SIZE);
    const addresses = {
      values: from,
      gradient: addressAfter(from, bytes),
      m: addressAfter(from, bytes, 2),
      v: addressAfter(from, bytes, 3),
      bytes,
    };
    heap.clear(NOWHERE, addressAfter(from, bytes, 4));
    const own = new FlatVector(heap, addresses, kind, momentum);
    const reference = new FlatOptimiser(kind, momentum, SIZE);
    own.values.set(start);
    let values = tf.tensor1d(start);
    for (let step = 0; step < 10; step++) {
      const gradient = Float32Array.from(
        { length: SIZE },
        (_, i) => random.normal() * 10 ** -(i / 4),
      );
      own.gradient.set(gradient);
      own.apply(0.01 / (step + 1));
      values = reference.apply(values, tf.tensor1d(gradient), 0.01 / (step + 1));
      const expected = values.dataSync();
      own.values.forEach((value, i) => {
        expect(Math.abs(value - expected[i]!)).toBeLessThan(5e-7);
      });
    }
    giveBack(heap);
  });
});
