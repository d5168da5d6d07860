/** From what a network says of the test images to what the screen shows. Pure. */
import type { TestPredictions, TrainedModel } from '../../core/trainedModel.ts';
import type { ImageModel } from '../../viz/shared/images.ts';

export interface Prediction {
  /** Position among the test images. */
  readonly index: number;
  readonly truth: number;
  readonly predicted: number;
  /** Probability of the predicted class. */
  readonly confidence: number;
}

/** Probabilities of one image. */
export function rowOf({ probabilities, labels }: TestPredictions, index: number): Float32Array {
  const classes = probabilities.length / labels.length;
  return probabilities.subarray(index * classes, (index + 1) * classes);
}

/** One prediction an image, in the order of the test set; the first of equals is predicted. */
export function predictionsOf(test: TestPredictions): Prediction[] {
  return Array.from(test.labels, (truth, index) => {
    const row = rowOf(test, index);
    const confidence = row.reduce((most, value) => Math.max(most, value), 0);
    return { index, truth, predicted: Math.max(0, row.indexOf(confidence)), confidence };
  });
}

/** `counts[true][predicted]`. */
export function confusionCounts(predictions: readonly Prediction[], classes: number): number[][] {
  const counts = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  for (const { truth, predicted } of predictions) {
    const row = counts[truth];
    if (row) row[predicted] = (row[predicted] ?? 0) + 1;
  }
  return counts;
}

/** Which test images are shown. */
export type SampleFilter =
  | { readonly kind: 'wrong' | 'right' }
  | { readonly kind: 'cell'; readonly truth: number; readonly predicted: number };

/** Wrong ones and those of a cell: the surest first; right ones: the least sure first. */
export function samplesOf(
  predictions: readonly Prediction[],
  filter: SampleFilter,
  most: number,
): Prediction[] {
  const fits = ({ truth, predicted }: Prediction) =>
    filter.kind === 'cell'
      ? truth === filter.truth && predicted === filter.predicted
      : (truth === predicted) === (filter.kind === 'right');
  const sign = filter.kind === 'right' ? 1 : -1;
  return predictions
    .filter(fits)
    .sort((a, b) => sign * (a.confidence - b.confidence) || a.index - b.index)
    .slice(0, most);
}

/** One test image as it went in. */
export function imageOf(test: TestPredictions, { plan }: TrainedModel, index: number): ImageModel {
  const { height, width, channels } = plan.input;
  const size = height * width * channels;
  const values = test.images.subarray(index * size, (index + 1) * size);
  return { height, width, channels, values, scale: { kind: 'byte' } };
}
