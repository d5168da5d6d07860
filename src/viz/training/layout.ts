/** Geometry of the training chart: two plots over one axis, with the spans in which α is frozen. */
import { group, line, type ScaleLinear, scaleLinear } from 'd3';
import type { PlotArea } from '../shared/axes.ts';
import { type ChanceMark, layoutChance } from '../shared/chanceLabel.ts';
import type { Size } from '../shared/chart.ts';
import type { Point } from '../shared/curves.ts';
import { downsample } from '../shared/downsample.ts';
import { px } from '../shared/geometry.ts';
import type { TrainingModel, TrainingPoint } from './model.ts';

/** Points that a line keeps at most: two or three a pixel on a wide screen. */
const LIMIT = 2400;

export const HEADING = 'Accuracy (%)';

export interface TrainingLine {
  readonly training: number;
  readonly loss: string;
  readonly accuracy: string;
}

export interface TrainingGeometry extends Size {
  readonly lossArea: PlotArea;
  readonly accuracyArea: PlotArea;
  readonly x: ScaleLinear<number, number>;
  readonly loss: ScaleLinear<number, number>;
  readonly accuracy: ScaleLinear<number, number>;
  readonly lines: readonly TrainingLine[];
  readonly boundaries: readonly {
    readonly generation: number;
    readonly x: number;
    readonly width: number;
  }[];
  /** Spans in which alpha does not move. */
  readonly frozen: readonly { readonly x: number; readonly width: number }[];
  readonly chance: ChanceMark | null;
}

/** Each begins where the training before it ended, or where alpha last moved. */
function frozenSpans(points: readonly TrainingPoint[]) {
  const spans: { from: number; to: number }[] = [];
  let previous: TrainingPoint | null = null;
  for (const point of points) {
    const open = spans.at(-1);
    if (point.alphaMoves === false) {
      const same = previous?.alphaMoves === false && previous.training === point.training;
      if (open && same) open.to = point.step;
      else spans.push({ from: previous?.step ?? 0, to: point.step });
    }
    previous = point;
  }
  return spans;
}

/** Axes, lines and spans of both plots. */
export function layoutTraining(model: TrainingModel, size: Size): TrainingGeometry {
  const { points, generations } = model;
  const left = 50;
  const right = Math.max(left + 20, size.width - 12);
  const inner = Math.max(80, size.height - 24 - 34 - 40);
  const lossArea = { left, right, top: 24, bottom: 24 + inner / 2 };
  const accuracyArea = {
    left,
    right,
    top: lossArea.bottom + 34,
    bottom: lossArea.bottom + 34 + inner / 2,
  };
  const last = Math.max(1, points[points.length - 1]?.step ?? 1, ...generations.map((g) => g.end));
  const x = scaleLinear([0, last], [left, right]);
  const losses = points.map((point) => point.loss).filter(Number.isFinite);
  const top = losses.reduce((most, value) => Math.max(most, value), 0) || 1;
  const best = points.reduce((most, point) => Math.max(most, point.accuracy), model.chance ?? 0.1);
  const loss = scaleLinear([0, top], [lossArea.bottom, lossArea.top]).nice(4);
  const accuracy = scaleLinear(
    [0, Math.min(1, Math.max(0.2, best))],
    [accuracyArea.bottom, accuracyArea.top],
  ).nice(4);
  const path = (area: ScaleLinear<number, number>, value: (point: TrainingPoint) => number) =>
    line<TrainingPoint>()
      .defined((point) => Number.isFinite(value(point)))
      .x((point) => px(x(point.step)))
      .y((point) => px(area(value(point))));
  const trainings = [...group(points, (p) => p.training)];
  const share = Math.max(60, Math.floor(LIMIT / Math.max(1, trainings.length)));
  const thinned = trainings.map(([training, own]) => ({
    training,
    points: downsample(own, share, [(p) => p.loss, (p) => p.accuracy]),
  }));
  const lines = thinned.map(
    ({ training, points: thin }): TrainingLine => ({
      training,
      loss: path(loss, (p) => p.loss)(thin) ?? '',
      accuracy: path(accuracy, (p) => p.accuracy)(thin) ?? '',
    }),
  );
  const curves = thinned.map(({ points: thin }) =>
    thin.map((p): Point => ({ x: x(p.step), y: accuracy(p.accuracy) })),
  );
  const chance =
    model.chance === null
      ? null
      : layoutChance(accuracyArea, accuracy(model.chance), model.chance, curves, HEADING);
  const boundaries = generations.map((g) => ({
    generation: g.index,
    x: px(x(g.start)),
    width: px(x(g.end) - x(g.start)),
  }));
  const frozen = frozenSpans(points).map((span) => ({
    x: px(x(span.from)),
    width: px(x(span.to) - x(span.from)),
  }));
  return { ...size, lossArea, accuracyArea, x, loss, accuracy, lines, boundaries, frozen, chance };
}
