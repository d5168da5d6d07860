/** Geometry of the curves of networks trained alone: two plots over one axis. */
import { line, type ScaleLinear, scaleLinear } from 'd3';
import type { PlotArea } from '../shared/axes.ts';
import { type ChanceMark, dash, layoutChance } from '../shared/chanceLabel.ts';
import type { Size } from '../shared/chart.ts';
import type { Point as Spot } from '../shared/curves.ts';
import { downsample } from '../shared/downsample.ts';
import { px } from '../shared/geometry.ts';
import { stepScale } from '../shared/plotMarks.ts';
import type { LiveCurvesModel } from './model.ts';

export type Network = LiveCurvesModel['networks'][number];

type Point = Network['points'][number];

export interface LiveLine {
  readonly key: string;
  readonly network: Network;
  readonly loss: string;
  readonly accuracy: string;
  /** Test accuracy, at the right end of the accuracy plot. */
  readonly test: { readonly x: number; readonly y: number } | null;
  /** Where a diverged training ended, on the loss plot. */
  readonly broken: { readonly x: number; readonly y: number } | null;
}

export interface LiveCurvesGeometry extends Size {
  readonly lossArea: PlotArea;
  readonly accuracyArea: PlotArea;
  readonly x: ScaleLinear<number, number>;
  readonly loss: ScaleLinear<number, number>;
  readonly accuracy: ScaleLinear<number, number>;
  readonly lines: readonly LiveLine[];
  /** Steps of all networks, ascending. */
  readonly steps: readonly number[];
  readonly chance: ChanceMark | null;
}

const LIMIT = 1200;

export const HEADING = 'Training accuracy (%)';

/** Both plots over one axis. `height` is that of the plots; the legend comes below. */
export function layoutLiveCurves(model: LiveCurvesModel, size: Size): LiveCurvesGeometry {
  const left = 50;
  const right = Math.max(left + 40, size.width - 16);
  const inner = Math.max(120, size.height - 24 - 34 - 42) / 2;
  const lossArea = { left, right, top: 24, bottom: 24 + inner };
  const accuracyArea = { left, right, top: 58 + inner, bottom: 58 + 2 * inner };
  const all = model.networks.flatMap((network) => network.points);
  const last = Math.max(model.totalSteps, ...all.map((point) => point.step));
  const x = stepScale(lossArea, last);
  const losses = all.map((point) => point.loss).filter(Number.isFinite);
  const highest = losses.reduce((most, value) => Math.max(most, value), 0) || 1;
  const tests = model.networks.flatMap(({ test }) => (test === null ? [] : [test]));
  const best = Math.max(model.chance ?? 0.1, ...tests, ...all.map((point) => point.accuracy));
  const loss = scaleLinear([0, highest], [lossArea.bottom, lossArea.top]).nice(4);
  const accuracy = scaleLinear(
    [0, Math.min(1, Math.max(0.2, best))],
    [accuracyArea.bottom, accuracyArea.top],
  ).nice(4);
  const path = (scale: ScaleLinear<number, number>, value: (point: Point) => number) =>
    line<Point>()
      .defined((point) => Number.isFinite(value(point)))
      .x((point) => px(x(point.step)))
      .y((point) => px(scale(value(point))));
  const thinned = model.networks.map(({ points }) =>
    downsample(points, LIMIT, [(p) => p.loss, (p) => p.accuracy]),
  );
  const lines = model.networks.map((network, i): LiveLine => {
    const thin = thinned[i] ?? [];
    const finite = network.points.findLast((point) => Number.isFinite(point.loss));
    return {
      key: network.key,
      network,
      loss: path(loss, (p) => p.loss)(thin) ?? '',
      accuracy: path(accuracy, (p) => p.accuracy)(thin) ?? '',
      test: network.test === null ? null : { x: px(right), y: px(accuracy(network.test)) },
      broken:
        network.diverged && finite ? { x: px(x(finite.step)), y: px(loss(finite.loss)) } : null,
    };
  });
  const steps = [...new Set(all.map((point) => point.step))].sort((a, b) => a - b);
  const curves = thinned.map((thin) =>
    thin.map((point): Spot => ({ x: x(point.step), y: accuracy(point.accuracy) })),
  );
  const diamonds = lines.flatMap(({ test }) => (test ? [dash(test)] : []));
  const chance =
    model.chance === null
      ? null
      : layoutChance(
          accuracyArea,
          accuracy(model.chance),
          model.chance,
          [...curves, ...diamonds],
          HEADING,
        );
  return { ...size, lossArea, accuracyArea, x, loss, accuracy, lines, steps, chance };
}
