/** Normalisations of a candidate's output. None has parameters; batch statistics always. */
import type { Normalisation } from '../../core/run/config.ts';
import * as tf from '../tf.ts';
import { sumRows } from './convolution.ts';

const EPSILON = 1e-5;

function meanRows(x: tf.Tensor2D): tf.Tensor1D {
  return tf.div(sumRows(x), x.shape[0]);
}

/**
 * Batch norm without affine over all axes but the last: y = (x − μ)/√(σ² + 1e-5), biased variance.
 * dx = (dy − mean(dy) − y·mean(dy·y))/√(σ² + 1e-5).
 */
export function batchNormalise<T extends tf.Tensor>(x: T): T {
  const channels = x.shape[x.shape.length - 1] as number;
  const rows = x.size / channels;
  const operation = tf.customGrad((...inputs) => {
    const [xIn, save] = inputs as unknown as [tf.Tensor, tf.GradSaveFunc];
    const flat = tf.reshape(xIn, [rows, channels]) as tf.Tensor2D;
    const centred = tf.sub(flat, meanRows(flat)) as tf.Tensor2D;
    const inverse = tf.rsqrt(tf.add(meanRows(tf.square(centred)), EPSILON));
    const y = tf.mul(centred, inverse) as tf.Tensor2D;
    save([y, inverse]);
    return {
      value: tf.reshape(y, x.shape),
      gradFunc: (dyShaped, saved) => {
        const [ys, inverses] = saved as [tf.Tensor2D, tf.Tensor1D];
        const dy = tf.reshape(dyShaped, [rows, channels]) as tf.Tensor2D;
        const along = tf.mul(ys, meanRows(tf.mul(dy, ys)));
        const dx = tf.mul(tf.sub(tf.sub(dy, meanRows(dy)), along), inverses);
        return tf.reshape(dx, x.shape);
      },
    };
  });
  return operation(x) as T;
}

/** x / ‖x‖₂ over the whole tensor, the norm held constant in the gradient (reference code). */
export function l2Normalise<T extends tf.Tensor>(x: T): T {
  const operation = tf.customGrad((...inputs) => {
    const [xIn, save] = inputs as unknown as [tf.Tensor, tf.GradSaveFunc];
    const norm = tf.sqrt(tf.add(tf.sum(tf.square(xIn)), 1e-12));
    save([norm]);
    return {
      value: tf.div(xIn, norm),
      gradFunc: (dy, saved) => tf.div(dy, saved[0] as tf.Scalar),
    };
  });
  return operation(x) as T;
}

export function normalise<T extends tf.Tensor>(x: T, kind: Normalisation): T {
  switch (kind) {
    case 'none':
      return x;
    case 'batch':
      return batchNormalise(x);
    case 'l2':
      return l2Normalise(x);
    default:
      return kind satisfies never;
  }
}
