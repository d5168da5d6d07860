/**
 * Predictions of a trained network outside its training. Batch norm without a batch needs fixed
 * statistics: `calibrate` takes them, `predictLogits` uses them.
 */
import { softmax } from '../../core/ranks.ts';
import type { Plan } from '../../core/schedule.ts';
import type { Calibration, CellStatistics } from '../../core/trainedModel.ts';
import type { TrainedNetwork } from '../evaluate.ts';
import { imageTensor, parameterTensors, readAndDispose, singleForward } from '../network/single.ts';
import { normalise } from '../ops/normalise.ts';
import * as tf from '../tf.ts';
import { EPSILON } from './graph.ts';

/** Images in one pass. */
const MOST_IMAGES = 250;

/** Mean and biased variance over all axes but the last, end to end. [2·C] */
function moments(output: tf.Tensor): tf.Tensor {
  const channels = output.shape.at(-1) ?? 1;
  return tf.tidy(() => {
    const rows = tf.reshape(output, [output.size / channels, channels]);
    const mean = tf.mean(rows, 0);
    return tf.concat([mean, tf.mean(tf.square(tf.sub(rows, mean)), 0)]);
  });
}

/**
 * Statistics of every cell's output over `images` (B·H·W·C values, one batch); null for a plan that
 * has no batch norm. With them, the network says of these images what it says with batch norm.
 */
export async function calibrate(
  { plan, parameters }: TrainedNetwork,
  images: Float32Array,
): Promise<Calibration | null> {
  if (plan.normalisation !== 'batch') return null;
  const read = tf.tidy(() => {
    const seen: tf.Tensor[] = [];
    singleForward(plan, imageTensor(plan, images), parameterTensors(plan, parameters), {
      normalise: (output) => {
        seen.push(tf.keep(moments(output)));
        return normalise(output, 'batch');
      },
    });
    const all = tf.concat(seen);
    tf.dispose(seen);
    return all;
  });
  const values = await readAndDispose(read);
  let at = 0;
  const cells = plan.stages.map(({ shape: { channels } }): CellStatistics => {
    const [mean, variance] = [at, at + channels].map((from) =>
      Array.from(values.subarray(from, from + channels)),
    );
    at += 2 * channels;
    return { mean: mean ?? [], variance: variance ?? [] };
  });
  const { height, width, channels } = plan.input;
  return { images: images.length / (height * width * channels), cells };
}

/** A stand-in for batch norm that uses fixed statistics, cell after cell. */
function fixedNormalisation({ cells }: Calibration): (output: tf.Tensor) => tf.Tensor {
  let next = 0;
  return (output) => {
    const { mean, variance } = cells[next++] ?? { mean: [], variance: [] };
    return tf.div(
      tf.sub(output, tf.tensor1d([...mean])),
      tf.sqrt(tf.add(tf.tensor1d([...variance]), EPSILON)),
    );
  };
}

const traceOf = (calibration: Calibration | null) =>
  calibration ? { normalise: fixedNormalisation(calibration) } : {};

/**
 * Logits, images × classes, row after row. Without a calibration, normalisation is that of training:
 * over the images of a pass.
 * @param images normalised, B·H·W·C values; any number
 */
export async function predictLogits(
  { plan, parameters }: TrainedNetwork,
  calibration: Calibration | null,
  images: Float32Array,
): Promise<Float32Array> {
  const { height, width, channels } = plan.input;
  const size = height * width * channels;
  const count = images.length / size;
  const out = new Float32Array(count * plan.classes);
  for (let from = 0; from < count; from += MOST_IMAGES) {
    const part = images.subarray(from * size, Math.min(count, from + MOST_IMAGES) * size);
    const logits = tf.tidy(() =>
      singleForward(
        plan,
        imageTensor(plan, part),
        parameterTensors(plan, parameters),
        traceOf(calibration),
      ),
    );
    out.set(await readAndDispose(logits), from * plan.classes);
  }
  return out;
}

/** Softmax of each row of `plan.classes` logits. */
export function probabilities({ classes }: Plan, logits: Float32Array): Float32Array {
  const out = new Float32Array(logits.length);
  for (let from = 0; from < logits.length; from += classes) {
    out.set(softmax([...logits.subarray(from, from + classes)]), from);
  }
  return out;
}
