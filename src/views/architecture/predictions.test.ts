import { expect, test } from 'vitest';
import type { TestPredictions } from '../../core/trainedModel.ts';
import { confusionCounts, predictionsOf, rowOf, samplesOf } from './predictions.ts';

const TEST: TestPredictions = {
  labels: Uint8Array.of(0, 1, 1, 0, 1),
  probabilities: Float32Array.of(0.75, 0.25, 0.5, 0.5, 0.125, 0.875, 0.25, 0.75, 1, 0),
  images: new Uint8Array(5),
  calibratedAccuracy: null,
};
const predictions = predictionsOf(TEST);

test('the class of the highest probability is predicted, the first of equals', () => {
  expect(predictions.map(({ predicted }) => predicted)).toEqual([0, 0, 1, 1, 0]);
  expect(predictions.map(({ confidence }) => confidence)).toEqual([0.75, 0.5, 0.875, 0.75, 1]);
  expect([...rowOf(TEST, 2)]).toEqual([0.125, 0.875]);
});

test('the confusion matrix counts truth against prediction', () => {
  expect(confusionCounts(predictions, 2)).toEqual([
    [1, 1],
    [2, 1],
  ]);
});

test('wrong ones come the surest first, right ones the least sure first', () => {
  const indices = (filter: Parameters<typeof samplesOf>[1], most = 10) =>
    samplesOf(predictions, filter, most).map(({ index }) => index);
  expect(indices({ kind: 'wrong' })).toEqual([4, 3, 1]);
  expect(indices({ kind: 'wrong' }, 2)).toEqual([4, 3]);
  expect(indices({ kind: 'right' })).toEqual([0, 2]);
  expect(indices({ kind: 'cell', truth: 1, predicted: 0 })).toEqual([4, 1]);
  expect(indices({ kind: 'cell', truth: 1, predicted: 1 })).toEqual([2]);
});
