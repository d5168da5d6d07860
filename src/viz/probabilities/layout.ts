/** Geometry of the probability bars: a row a class. */
import type { Size } from '../shared/chart.ts';
import { clamp, px } from '../shared/geometry.ts';
import { classKey } from '../shared/keys.ts';
import { fitText, textWidth } from '../shared/text.ts';
import type { ProbabilitiesModel } from './model.ts';

export interface ProbabilityBar {
  readonly key: string;
  readonly index: number;
  readonly name: string;
  readonly probability: number;
  readonly y: number;
  readonly width: number;
  readonly predicted: boolean;
  readonly truth: boolean;
}

export interface ProbabilitiesGeometry extends Size {
  readonly left: number;
  readonly right: number;
  readonly row: number;
  readonly bars: readonly ProbabilityBar[];
}

export const FONT = 12;

export const VALUE = 62;

const LONGEST = 520;

/** Index of the largest probability, the first of equals; −1 without classes. */
export function predictedClass({ probabilities }: ProbabilitiesModel): number {
  return probabilities.reduce(
    (best, value, i) => (value > (probabilities[best] ?? Number.NEGATIVE_INFINITY) ? i : best),
    -1,
  );
}

/** A row a class in the order of the classes, so that bars stay in place from image to image. */
export function layoutProbabilities(
  model: ProbabilitiesModel,
  size: { readonly width: number; readonly height?: number | undefined },
): ProbabilitiesGeometry {
  const { classes, probabilities, truth } = model;
  const n = Math.max(1, classes.length);
  const names = Math.max(12, ...classes.map((name) => textWidth(name, FONT)));
  const labels = Math.min(names, size.width * 0.36);
  const left = 24 + labels;
  const right = clamp(size.width - VALUE, left + 24, left + LONGEST);
  const row = size.height ? clamp(size.height / n, 15, 28) : 22;
  const predicted = predictedClass(model);
  const bars = classes.map((name, index): ProbabilityBar => {
    const probability = probabilities[index] ?? 0;
    return {
      key: classKey(index),
      index,
      name: fitText(name, labels, FONT),
      probability,
      y: px(index * row),
      width: px((right - left) * clamp(probability, 0, 1)),
      predicted: index === predicted,
      truth: index === truth,
    };
  });
  return { width: size.width, height: px(n * row), left: px(left), right: px(right), row, bars };
}
