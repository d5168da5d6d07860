/** What a trained model says of the test images of its task, and the images as they went in. */
import type { TestPredictions, TrainedModel } from '../../core/trainedModel.ts';
import type { Batch } from '../executors/executor.ts';
import { EVALUATION_BATCH, type Task } from '../task.ts';
import { predictLogits, probabilities } from './infer.ts';

/** Pixels 0..255 of normalised images: the inverse of (pixel / 255 − mean) / std. */
export function pixelsOf(images: Float32Array, { recipe }: TrainedModel): Uint8Array {
  const { mean, std } = recipe;
  const channels = mean.length;
  return Uint8Array.from(images, (value, i) => {
    const c = i % channels;
    return Math.round(255 * (value * (std[c] ?? 1) + (mean[c] ?? 0)));
  });
}

function correct(rows: Float32Array, labels: Uint8Array): number {
  const classes = rows.length / labels.length;
  let count = 0;
  labels.forEach((label, i) => {
    const row = rows.subarray(i * classes, (i + 1) * classes);
    if (row.every((value) => value <= (row[label] ?? 0))) count += 1;
  });
  return count;
}

/** Joins arrays of one kind end to end. */
function joined<T extends Float32Array | Uint8Array>(out: T, parts: readonly T[]): T {
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

/**
 * Predictions as the lab's evaluation makes them, batch norm over each batch of test images, so that
 * their accuracy is the one reported; and, with batch norm, the accuracy by fixed statistics too.
 */
export async function testPredictions(model: TrainedModel, task: Task): Promise<TestPredictions> {
  const batches: readonly Batch[] = task.testBatches(EVALUATION_BATCH);
  const rows: Float32Array[] = [];
  let fixedCorrect = 0;
  for (const { images, labels } of batches) {
    rows.push(probabilities(model.plan, await predictLogits(model, null, images)));
    if (!model.calibration) continue;
    fixedCorrect += correct(await predictLogits(model, model.calibration, images), labels);
  }
  const count = batches.reduce((sum, { labels }) => sum + labels.length, 0);
  const pixels = batches.map(({ images }) => pixelsOf(images, model));
  return {
    labels: joined(
      new Uint8Array(count),
      batches.map(({ labels }) => labels),
    ),
    probabilities: joined(new Float32Array(count * model.plan.classes), rows),
    images: joined(new Uint8Array(pixels.reduce((sum, { length }) => sum + length, 0)), pixels),
    calibratedAccuracy: model.calibration && count > 0 ? fixedCorrect / count : null,
  };
}
