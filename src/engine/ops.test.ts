/** Every operation with a gradient of our own against TensorFlow.js' autograd on `cpu`. */
import { beforeAll, describe, expect, test } from 'vitest';
import { createRandom } from '../core/random.ts';
import { convolve, convolveInput, dense } from './ops/convolution.ts';
import { correctCount, crossEntropy } from './ops/loss.ts';
import { mix, sumAll } from './ops/mix.ts';
import { batchNormalise, l2Normalise } from './ops/normalise.ts';
import { pool } from './ops/pooling.ts';
import { relativeError } from './selfTest.ts';
import { useBackend } from './testing.ts';
import * as tf from './tf.ts';

type Shape = readonly number[];
type Operation = (...inputs: tf.Tensor[]) => tf.Tensor;

/** Values of both signs, no two of them alike. */
function numbers(shape: Shape, seed: number): Float32Array {
  const random = createRandom(seed, 'numbers', ...shape);
  return Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, random.normal);
}

/** Value and gradients (for a random dy) of an operation on a backend. */
async function differentiate(
  backend: 'cpu' | 'wasm',
  operation: Operation,
  shapes: readonly Shape[],
): Promise<Float32Array[]> {
  await tf.setBackend(backend);
  return tf.tidy(() => {
    const inputs = shapes.map((shape, i) => tf.tensor(numbers(shape, i), [...shape]));
    const value = operation(...inputs);
    const dy = tf.tensor(numbers(value.shape, 99), value.shape);
    const gradients = tf.grads(operation)(inputs, dy);
    return [value, ...gradients].map((one) => Float32Array.from(one.dataSync()));
  });
}

async function expectSame(ours: Operation, theirs: Operation, shapes: readonly Shape[]) {
  const expected = await differentiate('cpu', theirs, shapes);
  for (const backend of ['cpu', 'wasm'] as const) {
    const found = await differentiate(backend, ours, shapes);
    expect(found.length).toBe(expected.length);
    found.forEach((part, i) => {
      expect(relativeError(part, expected[i]!), `${backend}, part ${i}`).toBeLessThan(1e-4);
      expect(part.length).toBe(expected[i]!.length);
    });
  }
}

const four = (x: tf.Tensor | undefined) => x as tf.Tensor4D;
const two = (x: tf.Tensor | undefined) => x as tf.Tensor2D;
const one = (x: tf.Tensor | undefined) => x as tf.Tensor1D;

beforeAll(async () => {
  await useBackend('wasm');
});

describe.each(['relu', 'linear'] as const)('layers, %s', (activation) => {
  const act = (x: tf.Tensor) => (activation === 'relu' ? tf.relu(x) : x);

  test.each([1, 3, 5, 7])('convolve with kernel %i is conv2d + bias', async (kernel) => {
    await expectSame(
      (x, w, b) => convolve(four(x), four(w), one(b), activation),
      (x, w, b) => act(tf.add(tf.conv2d(four(x), four(w), 1, 'same'), one(b))),
      [[2, 9, 8, 3], [kernel, kernel, 3, 5], [5]],
    );
  });

  test('convolveInput has the same filter and bias gradients', async () => {
    const images = tf.tensor4d(numbers([2, 6, 7, 3], 50), [2, 6, 7, 3]);
    await expectSame(
      (w, b) => convolveInput(images, four(w), one(b), activation),
      (w, b) => act(tf.add(tf.conv2d(images, four(w), 1, 'same'), one(b))),
      [[3, 3, 3, 4], [4]],
    );
  });

  test('dense is matMul + bias', async () => {
    await expectSame(
      (x, w, b) => dense(two(x), two(w), one(b), activation),
      (x, w, b) => act(tf.add(tf.matMul(two(x), two(w)), one(b))),
      [[6, 11], [11, 7], [7]],
    );
  });
});

describe('pooling', () => {
  test.each([
    [2, [2, 8, 6, 3]],
    [2, [2, 7, 9, 2]],
    [3, [1, 7, 6, 2]],
    [4, [2, 4, 9, 1]],
  ] as const)('factor %i on %j, values of mixed sign', async (factor, shape) => {
    await expectSame(
      (x) => pool(four(x), factor, 'max'),
      (x) => tf.maxPool(four(x), factor, factor, 'valid'),
      [shape],
    );
    await expectSame(
      (x) => pool(four(x), factor, 'average'),
      (x) => tf.avgPool(four(x), factor, factor, 'valid'),
      [shape],
    );
  });

  test('factor 1 changes nothing', () => {
    const x = tf.zeros<tf.Rank.R4>([1, 2, 2, 1]);
    expect(pool(x, 1, 'max')).toBe(x);
    x.dispose();
  });

  test.each(['cpu', 'wasm'] as const)(
    'on %s the first of equal maxima gets it all',
    async (name) => {
      await tf.setBackend(name);
      const gradientAt = (values: number[]) =>
        tf.tidy(() => {
          const x = tf.tensor4d(values, [1, 2, 2, 1]);
          return [
            ...tf
              .grad((t) => pool(four(t), 2, 'max'))(x, tf.tensor4d([3], [1, 1, 1, 1]))
              .dataSync(),
          ];
        });
      expect(gradientAt([0, 0, 0, 0])).toEqual([3, 0, 0, 0]);
      expect(gradientAt([-1, -1, -1, -1])).toEqual([3, 0, 0, 0]);
      expect(gradientAt([0, 5, 0, 5])).toEqual([0, 3, 0, 0]);
      expect(gradientAt([-2, 0, 0, -1])).toEqual([0, 0, 3, 0]);
    },
  );
});

describe('normalisation', () => {
  test.each([[[4, 3, 5, 2]], [[7, 6]]])(
    'batch norm of %j against composed operations',
    async (shape) => {
      const axes = shape.slice(0, -1).map((_, axis) => axis);
      await expectSame(
        (x) => batchNormalise(x!),
        (x) => {
          const centred = tf.sub(x!, tf.mean(x!, axes, true));
          const variance = tf.mean(tf.square(centred), axes, true);
          return tf.div(centred, tf.sqrt(tf.add(variance, 1e-5)));
        },
        [shape],
      );
    },
  );

  test('L2 divides by the norm and holds it constant in the gradient', async () => {
    const shape = [2, 3, 3, 2];
    const norm = Math.hypot(...numbers(shape, 0));
    await expectSame(
      (x) => l2Normalise(x!),
      (x) => tf.div(x!, norm),
      [shape],
    );
  });
});

describe('sums', () => {
  test.each([1, 2, 16])('mix of %i', async (k) => {
    const shape = [2, 3, 4, 2];
    await expectSame(
      (weights, ...xs) => mix(one(weights), xs),
      (weights, ...xs) =>
        xs
          .map((x, i) => tf.mul(x, tf.slice(one(weights), i, 1)))
          .reduce((sum, x) => tf.add(sum, x)),
      [[k], ...Array.from({ length: k }, () => shape)],
    );
  });

  test.each(Array.from({ length: 20 }, (_, i) => i + 1))('sumAll of %i', async (count) => {
    await expectSame(
      (...xs) => tf.mul(sumAll(xs), 2),
      (...xs) =>
        tf.mul(
          xs.reduce((sum, x) => tf.add(sum, x)),
          2,
        ),
      Array.from({ length: count }, () => [3, 2]),
    );
  });

  test('nothing cannot be summed or mixed', () => {
    expect(() => sumAll([])).toThrow(RangeError);
    expect(() => mix(tf.tensor1d([]), [])).toThrow(RangeError);
  });
});

describe('the loss', () => {
  test('is tfjs’ mean softmax cross-entropy', async () => {
    const oneHot = tf.cast(tf.oneHot(tf.tensor1d([0, 3, 2, 3, 1], 'int32'), 4), 'float32');
    await expectSame(
      (x) => crossEntropy(two(x), two(oneHot)),
      (x) => tf.losses.softmaxCrossEntropy(oneHot, two(x)),
      [[5, 4]],
    );
  });

  test.each(['cpu', 'wasm'] as const)('stays finite for huge logits on %s', async (name) => {
    await tf.setBackend(name);
    const [loss] = tf.tidy(() =>
      crossEntropy(tf.tensor2d([[1e4, 0, -1e4]]), tf.tensor2d([[0, 1, 0]])).dataSync(),
    );
    expect(loss).toBeCloseTo(1e4, 0);
  });

  test('counts correct answers', () => {
    const count = (logits: number[][], labels: number[]) =>
      tf.tidy(
        () =>
          correctCount(
            tf.tensor2d(logits),
            two(tf.cast(tf.oneHot(labels, 3), 'float32')),
          ).dataSync()[0],
      );
    expect(
      count(
        [
          [3, 1, 2],
          [0, -1, -2],
          [-3, -2, -1],
        ],
        [0, 1, 2],
      ),
    ).toBe(2);
  });
});
