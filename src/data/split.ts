/**
 * The seeded split: which images train the weights, which validate, which test. Plain index lists;
 * the images are not copied.
 */
import { LabError } from '../core/errors.ts';
import { createRandom } from '../core/random.ts';
import { classBalancedOrder, type LabelledImages } from './images.ts';

export interface SplitCounts {
  readonly train: number;
  readonly validation: number;
  readonly test: number;
}

export interface Split {
  /** Indices into the training file. */
  readonly train: Uint32Array;
  /** Indices into the training file, none of which is in `train`. */
  readonly validation: Uint32Array;
  /** Indices into the test file. */
  readonly test: Uint32Array;
}

function check(field: string, value: number, least: number, most: number, of: string): void {
  if (Number.isInteger(value) && value >= least && value <= most) return;
  const suggestion = Number.isFinite(value)
    ? Math.min(Math.max(Math.round(value), least), Math.max(most, least))
    : most;
  const bound = `a whole number from ${least} to ${most} (${of})`;
  throw new LabError(
    'config-invalid',
    `${field} is ${value}, but must be ${bound}. Try ${suggestion}.`,
    { field, value: String(value), bound, suggestion },
  );
}

/**
 * Chooses images at random, class by class, so that each part holds equally many of each class, give
 * or take one, as long as the classes last. The same arguments give the same split. The validation
 * images depend on the seed and their number only, and a smaller training part is a prefix of a
 * larger one, so runs that differ in the size of the training part can be compared.
 * @throws LabError `config-invalid`, with field, value, bound and suggestion, if a count is not a whole
 * number, is below the least (1 training image, 0 others), or asks for more than there is.
 */
export function splitDataset(
  train: Pick<LabelledImages, 'count' | 'labels'>,
  test: Pick<LabelledImages, 'count' | 'labels'>,
  counts: SplitCounts,
  seed: number,
): Split {
  const inTrain = `the training file has ${train.count} images`;
  check('task.trainImages', counts.train, 1, train.count, inTrain);
  const left = train.count - counts.train;
  const shared = `${inTrain}, ${counts.train} of them for training`;
  check('task.validationImages', counts.validation, 0, left, shared);
  const inTest = `the test file has ${test.count} images`;
  check('task.testImages', counts.test, 0, test.count, inTest);
  const order = classBalancedOrder(train.labels, createRandom(seed, 'split', 'train'));
  const testOrder = classBalancedOrder(test.labels, createRandom(seed, 'split', 'test'));
  return {
    validation: order.slice(0, counts.validation),
    train: order.slice(counts.validation, counts.validation + counts.train),
    test: testOrder.slice(0, counts.test),
  };
}
