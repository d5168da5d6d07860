/**
 * Pooling without overlap; rows and columns that do not fill a window are dropped. Maximum pooling
 * is a maximum over slices: the built-in gradient is wrong on WASM for inputs of mixed sign, and the
 * backends disagree on ties. Here the first maximum wins everywhere.
 */
import type { PoolingType } from '../../core/run/config.ts';
import * as tf from '../tf.ts';

/** Maximum over axis 1 of [N, f, M], with gradient; result [N, M]. */
function maximumOverMiddle(x: tf.Tensor3D): tf.Tensor2D {
  const [rows, factor, columns] = x.shape;
  let best = tf.slice(x, [0, 0, 0], [rows, 1, columns]);
  for (let i = 1; i < factor; i++) {
    best = tf.maximum(best, tf.slice(x, [0, i, 0], [rows, 1, columns]));
  }
  return tf.reshape(best, [rows, columns]);
}

/** `x` [B,H,W,C] → [B, ⌊H/factor⌋, ⌊W/factor⌋, C]. `factor` ≥ 1 and at most H and W. */
export function pool(x: tf.Tensor4D, factor: number, type: PoolingType): tf.Tensor4D {
  if (factor === 1) return x;
  const [batch, fullHeight, fullWidth, channels] = x.shape;
  const height = Math.floor(fullHeight / factor);
  const width = Math.floor(fullWidth / factor);
  const whole = height * factor === fullHeight && width * factor === fullWidth;
  const cropped = whole
    ? x
    : tf.slice(x, [0, 0, 0, 0], [batch, height * factor, width * factor, channels]);
  if (type === 'average') return tf.avgPool(cropped, factor, factor, 'valid');
  const rows = maximumOverMiddle(
    tf.reshape(cropped, [batch * height, factor, width * factor * channels]),
  );
  const cells = maximumOverMiddle(tf.reshape(rows, [batch * height * width, factor, channels]));
  return tf.reshape(cells, [batch, height, width, channels]);
}
