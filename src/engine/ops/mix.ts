/** Sums of candidates and of vertices. */
import * as tf from '../tf.ts';

/** WebGPU's addN is silently wrong for eight tensors or more. */
const MOST_ADDED = 7;

/** Σ xs, all of one shape; at least one. */
export function sumAll<T extends tf.Tensor>(xs: readonly T[]): T {
  const [first] = xs;
  if (!first) throw new RangeError('sumAll needs at least one tensor');
  if (xs.length === 1) return first;
  if (xs.length <= MOST_ADDED) return tf.addN([...xs]) as T;
  const head = tf.addN(xs.slice(0, MOST_ADDED)) as T;
  return sumAll([head, ...xs.slice(MOST_ADDED)]);
}

/**
 * Σᵢ wᵢ·xᵢ, with gradients of the weights and of the inputs. `weights` [k]; `xs` k tensors of one
 * shape. A product of a row with the stacked inputs.
 */
export function mix<T extends tf.Tensor>(weights: tf.Tensor1D, xs: readonly T[]): T {
  const [first] = xs;
  if (!first) throw new RangeError('mix needs at least one tensor');
  const { shape, size } = first;
  const k = xs.length;
  const operation = tf.customGrad((...inputs) => {
    const save = inputs[inputs.length - 1] as unknown as tf.GradSaveFunc;
    const row = tf.reshape(inputs[0] as tf.Tensor, [1, k]);
    const stacked = tf.concat(
      inputs.slice(1, -1).map((x) => tf.reshape(x as tf.Tensor, [1, size])),
      0,
    );
    save([row, stacked]);
    return {
      value: tf.reshape(tf.matMul(row, stacked), shape),
      gradFunc: (dyShaped, saved) => {
        const [rows, stack] = saved as [tf.Tensor2D, tf.Tensor2D];
        const dy = tf.reshape(dyShaped, [1, size]);
        const dWeights = tf.reshape(tf.matMul(stack, dy, false, true), [k]);
        const dInputs = Array.from({ length: k }, (_, i) =>
          tf.reshape(tf.mul(dy, tf.slice(rows, [0, i], [1, 1])), shape),
        );
        return [dWeights, ...dInputs];
      },
    };
  });
  return operation(weights, ...xs) as T;
}
