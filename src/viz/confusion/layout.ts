/** Geometry of the confusion matrix: cells, names cut to their room, recalls at the right. */
import type { Size } from '../shared/chart.ts';
import { clamp, px } from '../shared/geometry.ts';
import { confusionKey } from '../shared/keys.ts';
import { fitText, percent, textWidth } from '../shared/text.ts';
import type { ConfusionModel } from './model.ts';

export interface ConfusionCell {
  readonly key: string;
  readonly truth: number;
  readonly predicted: number;
  readonly count: number;
  /** Of the images of the true class, 0..1; 0 for a class without images. */
  readonly share: number;
  readonly x: number;
  readonly y: number;
}

export interface ConfusionGeometry extends Size {
  readonly side: number;
  readonly rowHeight: number;
  readonly left: number;
  readonly top: number;
  readonly cells: readonly ConfusionCell[];
  /** Class names cut to their room beside the rows and above the columns. */
  readonly names: readonly string[];
  readonly heads: readonly string[];
  /** Right of each row: share of its images that were recognised. */
  readonly recalls: readonly { readonly y: number; readonly text: string }[];
  readonly recallX: number;
}

export const FONT = 11.5;

const RECALL = 54;

export const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);

export function layoutConfusion(
  model: ConfusionModel,
  size: { readonly width: number },
): ConfusionGeometry {
  const { classes, counts } = model;
  const n = Math.max(1, classes.length);
  const longest = Math.max(20, ...classes.map((name) => textWidth(name, FONT)));
  const labels = Math.min(longest, size.width * 0.22);
  const left = 22 + labels + 8;
  const wide = size.width - left - RECALL - 8;
  const side = clamp(wide / n, 6, 58);
  const rowHeight = clamp(side * 0.72, 22, 36);
  const slant = Math.min(longest, 76);
  const top = 24 + slant * 0.82 + 8;
  const cells = counts.flatMap((row, truth) => {
    const total = sum(row);
    return row.map(
      (count, predicted): ConfusionCell => ({
        key: confusionKey(truth, predicted),
        truth,
        predicted,
        count,
        share: total > 0 ? count / total : 0,
        x: px(left + predicted * side),
        y: px(top + truth * rowHeight),
      }),
    );
  });
  const recalls = counts.map((row, i) => ({
    y: px(top + (i + 0.5) * rowHeight),
    text: sum(row) > 0 ? percent((row[i] ?? 0) / sum(row)) : '–',
  }));
  return {
    width: size.width,
    height: px(top + n * rowHeight),
    side: px(side),
    rowHeight: px(rowHeight),
    left: px(left),
    top: px(top),
    cells,
    names: classes.map((name) => fitText(name, labels, FONT)),
    heads: classes.map((name) => fitText(name, slant, FONT)),
    recalls,
    recallX: px(left + n * side + RECALL),
  };
}
