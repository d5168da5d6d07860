/** Geometry of the split halves: a square plot with one range on both axes. */
import { type ScaleLinear, scaleLinear } from 'd3';
import type { PlotArea } from '../shared/axes.ts';
import type { Size } from '../shared/chart.ts';
import { at } from '../shared/curves.ts';
import { px } from '../shared/geometry.ts';
import { padded } from '../shared/plotMarks.ts';
import type { SplitHalfModel } from './model.ts';

export type Point = SplitHalfModel['points'][number];

export interface SplitHalfMark {
  readonly key: string;
  readonly point: Point;
  readonly x: number;
  readonly y: number;
}

export interface SplitHalfGeometry extends Size {
  readonly area: PlotArea;
  /** In percent. */
  readonly x: ScaleLinear<number, number>;
  readonly y: ScaleLinear<number, number>;
  /** By x: the order of the arrow keys. */
  readonly marks: readonly SplitHalfMark[];
  readonly identity: string;
}

/** A square plot, centred, with one range on both axes. */
export function layoutSplitHalf(model: SplitHalfModel, size: Size): SplitHalfGeometry {
  const [head, foot, left, right] = [44, 42, 46, 14];
  const side = Math.max(60, Math.min(size.width - left - right, size.height - head - foot));
  const start = px(left + (size.width - left - right - side) / 2);
  const area = { left: start, right: px(start + side), top: head, bottom: px(head + side) };
  const values = model.points.flatMap(({ first, second }) => [100 * first, 100 * second]);
  const domain =
    values.length > 0 ? padded(Math.min(...values), Math.max(...values), 0.07) : [0, 100];
  const x = scaleLinear(domain, [area.left, area.right]);
  const y = scaleLinear(domain, [area.bottom, area.top]);
  const marks = model.points
    .map((point) => ({
      key: point.key,
      point,
      x: px(x(100 * point.first)),
      y: px(y(100 * point.second)),
    }))
    .sort((a, b) => a.x - b.x);
  return {
    width: size.width,
    height: px(area.bottom + foot),
    area,
    x,
    y,
    marks,
    identity: `M${at(area.left, area.bottom)}L${at(area.right, area.top)}`,
  };
}
