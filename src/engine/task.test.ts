import { describe, expect, test } from 'vitest';
import type { Batch } from './executors/executor.ts';
import { type BatchStream, prepareTask } from './task.ts';
import { tinyConfig, tinyDataset } from './testing.ts';

const dataset = tinyDataset();
const config = tinyConfig();
const task = prepareTask(dataset, config);

/** Each image as text, so that images can be told apart. */
function imagesOf({ images, labels }: Batch): string[] {
  const size = images.length / labels.length;
  return Array.from(labels, (_, i) => images.slice(i * size, (i + 1) * size).join());
}

const epochOf = (stream: BatchStream, epoch: number) =>
  Array.from({ length: stream.stepsPerEpoch }, (_, b) =>
    imagesOf(stream.batch(epoch * stream.stepsPerEpoch + b)),
  ).flat();

describe('a training stream', () => {
  test('covers an epoch without repetition', () => {
    const stream = task.trainStream(10, 0, 0);
    expect(stream.stepsPerEpoch).toBe(6);
    const [first, second] = [epochOf(stream, 0), epochOf(stream, 1)];
    expect(new Set(first).size).toBe(60);
    expect(new Set(second)).toEqual(new Set(first));
    expect(second).not.toEqual(first);
  });

  test('depends on seed, name and step alone, in whatever order it is asked', () => {
    const steps = [0, 1, 5, 6, 13];
    const forwards = task.trainStream(10, 2, 1);
    const backwards = prepareTask(dataset, config).trainStream(10, 2, 1);
    const expected = steps.map((step) => forwards.batch(step));
    const found = steps.toReversed().map((step) => backwards.batch(step));
    expect(found.toReversed()).toEqual(expected);
    const others = [
      task.trainStream(10, 2, 0),
      task.trainStream(10, 0, 1),
      prepareTask(dataset, tinyConfig({ search: { seed: 2 } })).trainStream(10, 2, 1),
    ];
    for (const other of others) expect(other.batch(0)).not.toEqual(expected[0]);
  });

  test('drops the last partial batch, and never asks for more than there is', () => {
    expect(task.trainStream(25, 0).stepsPerEpoch).toBe(2);
    const whole = task.trainStream(1000, 0);
    expect(whole.stepsPerEpoch).toBe(1);
    expect(whole.batch(3).labels.length).toBe(60);
  });
});

describe('the split', () => {
  const train = new Set(epochOf(task.trainStream(10, 0), 0));
  const validation = task.validationBatches(10).flatMap(imagesOf);
  const tests = task.testBatches(10).flatMap(imagesOf);

  test('validation and test images are none of the training', () => {
    expect(new Set(validation).size).toBe(30);
    expect(new Set(tests).size).toBe(30);
    expect([...validation, ...tests].filter((image) => train.has(image))).toEqual([]);
    expect(validation.filter((image) => tests.includes(image))).toEqual([]);
  });

  test('alpha learns from the validation images', () => {
    const stream = task.validationStream(10, 0, 0);
    expect(new Set(epochOf(stream, 0))).toEqual(new Set(validation));
    expect(epochOf(stream, 0)).not.toEqual(epochOf(task.validationStream(10, 1, 0), 0));
  });

  test('evaluation batches are alike in size and leave out next to nothing', () => {
    const sizes = (most: number) => task.validationBatches(most).map(({ labels }) => labels.length);
    expect(sizes(250)).toEqual([30]);
    expect(sizes(10)).toEqual([10, 10, 10]);
    expect(sizes(20)).toEqual([15, 15]);
    expect(sizes(29)).toEqual([15, 15]);
    expect(sizes(8)).toEqual([7, 7, 7, 7]);
  });
});

describe('images', () => {
  test('are normalised by the data set’s mean and deviation', () => {
    const values = task.validationBatches(1).flatMap(({ images }) => [...images]);
    const { pixels } = dataset.train;
    const { mean, std } = dataset.descriptor;
    const allowed = new Set(
      [...new Set(pixels)].flatMap((pixel) =>
        [0, 1].map((c) => Math.fround((pixel / 255 - mean[c]!) / std[c]!)),
      ),
    );
    expect(values.every((value) => allowed.has(value))).toBe(true);
  });

  test('are halved by image pooling, with the same labels', () => {
    const halved = prepareTask(dataset, tinyConfig({ task: { imagePooling: 2 } }));
    expect(halved.shape).toEqual({ height: 4, width: 4, channels: 2, classes: 3 });
    const [small, large] = [halved, task].map((one) => one.testBatches(5)[2]);
    expect(small?.labels).toEqual(large?.labels);
    const pooled = [0, 2, 16, 18].reduce((sum, i) => sum + large!.images[i]!, 0) / 4;
    expect(Math.abs(small!.images[0]! - pooled)).toBeLessThan(0.02);
  });
});
