/** A network with one candidate a stage whose parameters live on the CPU. */
import type { Plan } from '../../core/schedule.ts';
import * as tf from '../tf.ts';
import { type ForwardTrace, forward, type Parameters } from './forward.ts';

/** Fresh tensors, one a slot. The caller's scope owns them. `flat` has `plan.parameterCount` values. */
export function parameterTensors(plan: Plan, flat: Float32Array): tf.Tensor[] {
  return plan.slots.map(({ offset, size, shape }) =>
    tf.tensor(flat.subarray(offset, offset + size), [...shape]),
  );
}

/** B·H·W·C values as [B,H,W,C]. */
export function imageTensor(plan: Plan, images: Float32Array): tf.Tensor4D {
  const { height, width, channels } = plan.input;
  const count = images.length / (height * width * channels);
  return tf.tensor4d(images, [count, height, width, channels]);
}

/** `images` [B,H,W,C] → logits [B, classes]. */
export function singleForward(
  plan: Plan,
  images: tf.Tensor4D,
  parameters: Parameters,
  trace: ForwardTrace = {},
): tf.Tensor2D {
  const alone = plan.stages.map(({ candidates }) => ({ candidates, row: null }));
  return forward(plan, images, parameters, alone, trace);
}

/** The values of a tensor, which is disposed. */
export async function readAndDispose(x: tf.Tensor): Promise<Float32Array> {
  try {
    return ((await x.data()) as Float32Array).slice();
  } finally {
    x.dispose();
  }
}
