/** Passes through a single network whose parameters live on the CPU: what the proxies are made of. */
import type { ActivationCounts } from '../../core/proxies/types.ts';
import type { Plan } from '../../core/schedule.ts';
import type { Batch } from '../executors/executor.ts';
import { imageTensor, parameterTensors, readAndDispose, singleForward } from '../network/single.ts';
import { crossEntropy } from '../ops/loss.ts';
import * as tf from '../tf.ts';

/** ∂`value`(logits)/∂parameters, flat. `images` B·H·W·C values. */
function parameterGradient(
  plan: Plan,
  flat: Float32Array,
  images: Float32Array,
  value: (logits: tf.Tensor2D) => tf.Scalar,
): Promise<Float32Array> {
  const joined = tf.tidy(() => {
    const x = imageTensor(plan, images);
    const gradients = tf.grads((...inputs: tf.Tensor[]) => value(singleForward(plan, x, inputs)))(
      parameterTensors(plan, flat),
    );
    return tf.concat(gradients.map((gradient) => tf.reshape(gradient, [gradient.size])));
  });
  return readAndDispose(joined);
}

/** ∂(mean cross-entropy)/∂parameters on a batch, flat. */
export async function lossGradient(
  plan: Plan,
  flat: Float32Array,
  { images, labels }: Batch,
): Promise<Float32Array> {
  const hot = new Float32Array(labels.length * plan.classes);
  labels.forEach((label, i) => {
    hot[i * plan.classes + label] = 1;
  });
  // Made out here: what the differentiated function makes is gone when its gradient runs.
  const oneHot = tf.tensor2d(hot, [labels.length, plan.classes]);
  try {
    return await parameterGradient(plan, flat, images, (logits) => crossEntropy(logits, oneHot));
  } finally {
    oneHot.dispose();
  }
}

/** ∂(Σ logits)/∂parameters, flat, on one image of ones and without normalisation. */
export function onesGradient(plan: Plan, flat: Float32Array): Promise<Float32Array> {
  const { height, width, channels } = plan.input;
  const ones = new Float32Array(height * width * channels).fill(1);
  return parameterGradient({ ...plan, normalisation: 'none' }, flat, ones, (logits) =>
    tf.sum(logits),
  );
}

/** ∂(Σ logits)/∂images, B·H·W·C values. */
export function imageGradient(
  plan: Plan,
  flat: Float32Array,
  images: Float32Array,
): Promise<Float32Array> {
  const gradient = tf.tidy(() => {
    const parameters = parameterTensors(plan, flat);
    return tf.grad((x) =>
      tf.sum(singleForward(plan, x as tf.Tensor4D, parameters, { imageGradient: true })),
    )(imageTensor(plan, images));
  });
  return readAndDispose(gradient);
}

/** ReLU patterns of a batch. Counts are exact below 2^24 units. */
export async function activationCounts(
  plan: Plan,
  flat: Float32Array,
  images: Float32Array,
): Promise<ActivationCounts> {
  let units = 0;
  const shared = tf.tidy(() => {
    const x = imageTensor(plan, images);
    const size = x.shape[0];
    let sum: tf.Tensor = tf.zeros([size, size]);
    const relu = (output: tf.Tensor) => {
      units += output.size / size;
      const next = tf.tidy(() => {
        const codes = tf.reshape(tf.step(output), [size, output.size / size]);
        return tf.keep(tf.add(sum, tf.matMul(codes, codes, false, true)));
      });
      sum.dispose();
      sum = next;
    };
    singleForward(plan, x, parameterTensors(plan, flat), { relu });
    return sum;
  });
  return { shared: await readAndDispose(shared), units };
}
