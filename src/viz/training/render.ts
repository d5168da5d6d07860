/** Loss and accuracy of the supernets against steps: two plots over one axis, one line a generation. */
import { line, type ScaleLinear, scaleLinear } from 'd3';
import { bottomAxis, leftAxis, type PlotArea } from '../shared/axes.ts';
import { type ChanceMark, drawChance, layoutChance } from '../shared/chanceLabel.ts';
import type { ChartOptions, ChartTable, Rendered, Size } from '../shared/chart.ts';
import { frame, keyed, layer, percent, px, tick } from '../shared/common.ts';
import { crosshair } from '../shared/crosshair.ts';
import type { Point } from '../shared/curves.ts';
import { downsample } from '../shared/downsample.ts';
import { stepKey } from '../shared/keys.ts';
import type { TrainingModel, TrainingPoint } from './model.ts';

/** Points that a line keeps at most: two or three a pixel on a wide screen. */
const LIMIT = 2400;
const HEADING = 'Accuracy (%)';

export interface TrainingLine {
  readonly generation: number;
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

function frozenSpans(points: readonly TrainingPoint[], starts: readonly number[]) {
  const spans: { from: number; to: number }[] = [];
  let previous: TrainingPoint | null = null;
  let generation = -1;
  for (const point of points) {
    const here = starts.findLastIndex((start) => start <= point.step);
    const open = spans[spans.length - 1];
    if (!point.alphaMoves) {
      if (open && previous && !previous.alphaMoves && here === generation) open.to = point.step;
      else
        spans.push({
          from: here === generation ? (previous?.step ?? 0) : (starts[here] ?? point.step),
          to: point.step,
        });
    }
    previous = point;
    generation = here;
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
  const share = Math.max(60, Math.floor(LIMIT / Math.max(1, generations.length)));
  const thinned = generations.map(({ index, start, end }) => {
    const own = points.filter((p) => p.step > start && p.step <= end);
    return { index, points: downsample(own, share, [(p) => p.loss, (p) => p.accuracy]) };
  });
  const lines = thinned.map(
    ({ index, points: thin }): TrainingLine => ({
      generation: index,
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
  const frozen = frozenSpans(
    points,
    generations.map((g) => g.start),
  ).map((span) => ({
    x: px(x(span.from)),
    width: px(x(span.to) - x(span.from)),
  }));
  return { ...size, lossArea, accuracyArea, x, loss, accuracy, lines, boundaries, frozen, chance };
}

export function renderTraining(
  svg: SVGSVGElement,
  model: TrainingModel,
  options: ChartOptions,
): Rendered {
  const height = options.height ?? 320;
  const geometry = layoutTraining(model, { width: options.width, height });
  const { lossArea, accuracyArea, x } = geometry;
  frame(svg, options.width, height, describeTraining(model), 'group');
  const back = layer(svg, 'spans').attr('aria-hidden', 'true').node();
  const axes = layer(svg, 'axes').attr('aria-hidden', 'true').node();
  const front = layer(svg, 'lines').attr('aria-hidden', 'true').node();
  const over = layer(svg, 'chance').attr('aria-hidden', 'true').node();
  if (!back || !axes || !front || !over) return { height };
  for (const [name, area] of [
    ['loss', lossArea],
    ['accuracy', accuracyArea],
  ] as const) {
    keyed(back, 'rect', `frozen-${name}`, geometry.frozen, (_d, i) => i)
      .attr('x', (d) => d.x)
      .attr('width', (d) => d.width)
      .attr('y', area.top)
      .attr('height', area.bottom - area.top)
      .attr('fill', 'var(--accent-soft)')
      .attr('fill-opacity', 0.7);
    keyed(back, 'line', `boundary-${name}`, geometry.boundaries, (d) => d.generation)
      .attr('x1', (d) => d.x)
      .attr('x2', (d) => d.x)
      .attr('y1', area.top)
      .attr('y2', area.bottom)
      .attr('stroke', 'var(--ink-faint)')
      .attr('stroke-opacity', 0.6);
  }
  const named = geometry.boundaries.filter((d, i) => d.width >= 30 || i % 5 === 0);
  keyed(back, 'text', 'generation', named, (d) => d.generation)
    .attr('x', (d) => d.x + 4)
    .attr('y', accuracyArea.top - 9 + 20)
    .attr('font-size', 11)
    .attr('fill', 'var(--ink-soft)')
    .text((d) => `${d.generation + 1}`);
  drawAxes(axes, geometry);
  drawChance(axes, over, geometry.chance);
  const strokes = [
    ['loss', 'var(--cat-1)', null],
    ['accuracy', 'var(--cat-3)', null],
  ] as const;
  for (const [name, colour] of strokes) {
    keyed(front, 'path', name, geometry.lines, (d) => d.generation)
      .attr('fill', 'none')
      .attr('stroke', colour)
      .attr('stroke-width', 1.8)
      .attr('stroke-linejoin', 'round')
      .attr('d', (d) => d[name]);
  }
  readout(svg, geometry, model, null);
  const whole: PlotArea = { ...lossArea, bottom: accuracyArea.bottom };
  crosshair(svg, {
    area: whole,
    scale: x,
    steps: model.points.map((point) => point.step),
    label: 'Step of training; arrow keys move it',
    onStep: (index) => {
      const point = index === null ? undefined : model.points[index];
      readout(svg, geometry, model, point ?? null);
      options.onHover?.(point ? stepKey(point.step) : null);
    },
    onSelect: (index) => {
      const point = model.points[index];
      if (point) options.onSelect?.(stepKey(point.step));
    },
  });
  return { height };
}

function drawAxes(parent: SVGElement, geometry: TrainingGeometry): void {
  const lossAxis = layer(parent, 'loss-axis').node();
  const accuracyAxis = layer(parent, 'accuracy-axis').node();
  if (!lossAxis || !accuracyAxis) return;
  leftAxis(
    lossAxis,
    geometry.lossArea,
    geometry.loss,
    geometry.width < 520 ? 'Loss (nats)' : 'Loss (cross-entropy, nats)',
  );
  leftAxis(accuracyAxis, geometry.accuracyArea, geometry.accuracy, HEADING, (v) => tick(100 * v));
  bottomAxis(accuracyAxis, geometry.accuracyArea, geometry.x, 'supernet steps since the start');
}

/** Legend with numbers: the point under the cross-hair, or the last one. */
function readout(
  svg: SVGSVGElement,
  geometry: TrainingGeometry,
  model: TrainingModel,
  point: TrainingPoint | null,
): void {
  const parent = layer(svg, 'readout').attr('aria-hidden', 'true').node();
  if (!parent) return;
  const shown = point ?? model.points[model.points.length - 1];
  const rows = shown
    ? [
        {
          y: geometry.lossArea.top - 9,
          text: `${geometry.width < 520 ? '' : 'shaded: α frozen · '}step ${shown.step}: ${shown.loss.toFixed(3)}`,
        },
        {
          y: geometry.accuracyArea.top - 9,
          text: percent(shown.accuracy),
        },
      ]
    : [];
  keyed(parent, 'text', 'value', rows, (_d, i) => i)
    .attr('x', geometry.lossArea.right)
    .attr('y', (d) => d.y)
    .attr('text-anchor', 'end')
    .attr('font-size', 12)
    .attr('fill', 'var(--ink-soft)')
    .text((d) => d.text);
}

export function describeTraining(model: TrainingModel): string {
  const last = model.points[model.points.length - 1];
  const first = model.points[0];
  if (!first || !last) return 'Training: no steps yet.';
  return `Training over ${model.generations.length} generations and ${last.step} supernet steps: loss from ${first.loss.toFixed(2)} to ${last.loss.toFixed(2)}, accuracy from ${percent(first.accuracy)} to ${percent(last.accuracy)}.`;
}

export function tableTraining(model: TrainingModel): ChartTable {
  return {
    columns: ['step', 'generation', 'loss (nats)', 'accuracy', 'alpha moves'],
    rows: model.points.map((point) => {
      const own = model.generations.find((g) => point.step > g.start && point.step <= g.end);
      return [
        point.step,
        own ? own.index + 1 : '',
        point.loss,
        point.accuracy,
        point.alphaMoves ? 'yes' : 'no',
      ];
    }),
  };
}
