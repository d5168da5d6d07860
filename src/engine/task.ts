/**
 * A task: a dataset, pooled and split for one run, that hands out batches. Which images a step sees
 * depends on (seed, generation, supernet, step) alone, never on what ran before.
 */
import type { TaskShape } from '../core/networkShape.ts';
import { createRandom } from '../core/random.ts';
import type { RunConfig } from '../core/run/config.ts';
import { type LabelledImages, normaliseInto, poolImages } from '../data/images.ts';
import type { Dataset } from '../data/load.ts';
import { splitDataset } from '../data/split.ts';
import type { Batch } from './executors/executor.ts';

export interface BatchStream {
  readonly stepsPerEpoch: number;
  /** Batch of a step, counted from 0; the last partial batch of an epoch is dropped. */
  batch(step: number): Batch;
}

export interface Task {
  readonly shape: TaskShape;
  /** Training images in an order of their own for every stream name. */
  trainStream(batchSize: number, ...name: readonly (string | number)[]): BatchStream;
  /** Validation images as a stream, for alpha in first and second order. */
  validationStream(batchSize: number, ...name: readonly (string | number)[]): BatchStream;
  /**
   * Every validation or test image once, in batches of one size of at most `most`; what does not
   * share out evenly (fewer images than batches) is left out.
   */
  validationBatches(most: number): Batch[];
  testBatches(most: number): Batch[];
}

interface Subset {
  readonly images: LabelledImages;
  readonly indices: Uint32Array;
}

/** Batches for evaluation: large enough for batch statistics, small enough for memory. */
export const EVALUATION_BATCH = 250;

export function prepareTask(dataset: Dataset, config: RunConfig): Task {
  const { task, search } = config;
  const { descriptor } = dataset;
  const sized = (images: LabelledImages) =>
    task.imagePooling === 2 ? poolImages(images, 2) : images;
  const split = splitDataset(
    dataset.train,
    dataset.test,
    { train: task.trainImages, validation: task.validationImages, test: task.testImages },
    search.seed,
  );
  const trainImages = sized(dataset.train);
  const train: Subset = { images: trainImages, indices: split.train };
  const validation: Subset = { images: trainImages, indices: split.validation };
  const test: Subset = { images: sized(dataset.test), indices: split.test };

  const gather = ({ images }: Subset, indices: Uint32Array): Batch => {
    const out = new Float32Array(indices.length * images.height * images.width * images.channels);
    normaliseInto(images, indices, descriptor.mean, descriptor.std, out);
    return { images: out, labels: Uint8Array.from(indices, (i) => images.labels[i] as number) };
  };

  const stream = (
    subset: Subset,
    batchSize: number,
    name: readonly (string | number)[],
  ): BatchStream => {
    const size = Math.min(batchSize, subset.indices.length);
    const stepsPerEpoch = Math.floor(subset.indices.length / size);
    let epoch = -1;
    let order = new Uint32Array();
    return {
      stepsPerEpoch,
      batch(step) {
        const wanted = Math.floor(step / stepsPerEpoch);
        if (wanted !== epoch) {
          epoch = wanted;
          const random = createRandom(search.seed, 'batches', ...name, epoch);
          order = Uint32Array.from(random.shuffle([...subset.indices]));
        }
        const at = (step % stepsPerEpoch) * size;
        return gather(subset, order.subarray(at, at + size));
      },
    };
  };

  const whole = (subset: Subset, most: number): Batch[] => {
    const batches = Math.ceil(subset.indices.length / most);
    const size = Math.floor(subset.indices.length / batches);
    return Array.from({ length: batches }, (_, b) =>
      gather(subset, subset.indices.subarray(b * size, (b + 1) * size)),
    );
  };

  return {
    shape: {
      height: trainImages.height,
      width: trainImages.width,
      channels: trainImages.channels,
      classes: descriptor.classes.length,
    },
    trainStream: (batchSize, ...name) => stream(train, batchSize, ['train', ...name]),
    validationStream: (batchSize, ...name) =>
      stream(validation, batchSize, ['validation', ...name]),
    validationBatches: (most) => whole(validation, most),
    testBatches: (most) => whole(test, most),
  };
}
