/** Networks trained alone, live: loss and accuracy against steps, a dash a network. */
import { line, type ScaleLinear, scaleLinear } from 'd3';
import { bottomAxis, leftAxis, type PlotArea } from '../shared/axes.ts';
import { type ChanceMark, dash, drawChance, layoutChance } from '../shared/chanceLabel.ts';
import type { ChartOptions, ChartTable, Rendered, Size } from '../shared/chart.ts';
import { categoryColour, categoryDash } from '../shared/colours.ts';
import { frame, keyed, layer, percent, px, tick } from '../shared/common.ts';
import { crosshair } from '../shared/crosshair.ts';
import {
  CURVE_FONT,
  type CurveLabel,
  drawCurveLabels,
  labelWidth,
  legendPlaces,
} from '../shared/curveLabels.ts';
import type { Point as Spot } from '../shared/curves.ts';
import { downsample } from '../shared/downsample.ts';
import { stepKey } from '../shared/keys.ts';
import { drawNotes, stepScale } from '../shared/plotMarks.ts';
import { fitText } from '../shared/studyText.ts';
import type { LiveCurvesModel } from './model.ts';

type Network = LiveCurvesModel['networks'][number];
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
const HEADING = 'Training accuracy (%)';
const DIAMOND = 'M0-6L6 0L0 6L-6 0Z';
const CROSS = 'M-5-5L5 5M-5 5L5-5';

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

export function renderLiveCurves(
  svg: SVGSVGElement,
  model: LiveCurvesModel,
  options: ChartOptions,
): Rendered {
  const size = { width: options.width, height: options.height ?? 320 };
  const geometry = layoutLiveCurves(model, size);
  drawAxes(svg, geometry);
  drawLines(svg, model, geometry);
  const axes = layer(svg, 'accuracy-axis').node();
  const over = layer(svg, 'chance').attr('aria-hidden', 'true').node();
  if (axes && over) drawChance(axes, over, geometry.chance);
  crosshair(svg, {
    area: { ...geometry.lossArea, bottom: geometry.accuracyArea.bottom },
    scale: geometry.x,
    steps: geometry.steps,
    label: 'Step of training; arrow keys move it',
    onStep: (index) => {
      const step = index === null ? null : (geometry.steps[index] ?? null);
      drawKey(svg, model, geometry, options, step);
      options.onHover?.(step === null ? null : stepKey(step));
    },
    onSelect: (index) => {
      const step = geometry.steps[index];
      if (step !== undefined) options.onSelect?.(stepKey(step));
    },
  });
  const height = drawKey(svg, model, geometry, options, null);
  frame(svg, size.width, height, describeLiveCurves(model), 'group');
  return { height };
}

function drawAxes(
  svg: SVGSVGElement,
  { lossArea, accuracyArea, x, loss, accuracy }: LiveCurvesGeometry,
): void {
  const lossAxis = layer(svg, 'loss-axis').attr('aria-hidden', 'true').node();
  const accuracyAxis = layer(svg, 'accuracy-axis').attr('aria-hidden', 'true').node();
  if (!lossAxis || !accuracyAxis) return;
  leftAxis(lossAxis, lossArea, loss, 'Training loss (nats)');
  leftAxis(accuracyAxis, accuracyArea, accuracy, HEADING, (v) => tick(100 * v));
  bottomAxis(accuracyAxis, accuracyArea, x, 'training steps');
}

function drawLines(
  svg: SVGSVGElement,
  model: LiveCurvesModel,
  { lines }: LiveCurvesGeometry,
): void {
  const parent = layer(svg, 'networks').attr('aria-hidden', 'true').node();
  if (!parent) return;
  const groups = keyed(parent, 'g', 'network', lines, (d) => d.key).attr('data-key', (d) => d.key);
  groups.each(function (d) {
    const colour = categoryColour(d.network.category);
    for (const name of ['loss', 'accuracy'] as const) {
      keyed(this, 'path', name, [d[name]], () => 0)
        .attr('fill', 'none')
        .attr('stroke', colour)
        .attr('stroke-width', d.key === model.selected ? 2.8 : 1.8)
        .attr('stroke-linejoin', 'round')
        .attr('stroke-dasharray', categoryDash(d.network.category))
        .attr('d', (one) => one);
    }
    keyed(this, 'path', 'test', d.test ? [d.test] : [], () => 0)
      .attr('transform', (one) => `translate(${one.x},${one.y})`)
      .attr('d', DIAMOND)
      .attr('fill', colour)
      .attr('stroke', 'var(--surface-raised)');
    keyed(this, 'path', 'broken', d.broken ? [d.broken] : [], () => 0)
      .attr('transform', (one) => `translate(${one.x},${one.y})`)
      .attr('d', CROSS)
      .attr('stroke', 'var(--bad)')
      .attr('stroke-width', 2.4);
  });
}

/** A row a network with its numbers at a step, or at the last; returns where the chart ends. */
function drawKey(
  svg: SVGSVGElement,
  model: LiveCurvesModel,
  geometry: LiveCurvesGeometry,
  options: ChartOptions,
  step: number | null,
): number {
  const texts = model.networks.map((network) => networkText(network, step));
  // Widths that do not depend on the step, so that entries stay in place under the cross-hair.
  const widths = model.networks.map(
    (network) => labelWidth(`${network.name}: loss 00.000 · 000.0 %`) + (anyTest(model) ? 84 : 0),
  );
  const places = legendPlaces(widths, geometry.width, geometry.height + 10);
  const labels = model.networks.map(
    (network, i): CurveLabel => ({
      key: network.key,
      category: network.category,
      x: places[i]?.x ?? 0,
      y: places[i]?.y ?? 0,
      text: fitText(texts[i] ?? '', (places[i]?.room ?? 0) + 8, CURVE_FONT),
      words: texts[i] ?? '',
      chosen: network.key === model.selected,
    }),
  );
  drawCurveLabels(svg, labels, options, 'network');
  const parent = layer(svg, 'note').attr('aria-hidden', 'true').node();
  const bottom = Math.max(geometry.height, ...places.map(({ y }) => y + 12));
  const signs = [
    ...(anyTest(model) ? ['◆ test accuracy'] : []),
    ...(model.networks.some((network) => network.diverged) ? ['✕ diverged'] : []),
  ];
  const note = signs.join(' · ');
  if (parent) {
    const x = geometry.accuracyArea.left;
    const y = geometry.accuracyArea.bottom + 33;
    drawNotes(parent, note ? [{ key: 'signs', x, y, anchor: 'start', text: note }] : [], 11.5);
  }
  return bottom;
}

const anyTest = (model: LiveCurvesModel) => model.networks.some(({ test }) => test !== null);

function networkText(network: Network, step: number | null): string {
  const { points, name } = network;
  const point = step === null ? points.at(-1) : points.findLast((one) => one.step <= step);
  if (!point) return `${name} –`;
  const loss = Number.isFinite(point.loss) ? `loss ${point.loss.toFixed(3)}` : 'diverged';
  const test = network.test === null ? '' : ` (test ${percent(network.test)})`;
  return `${name}: ${loss} · ${percent(point.accuracy)}${test}`;
}

export function describeLiveCurves(model: LiveCurvesModel): string {
  const networks = model.networks.flatMap(({ name, points, test, diverged }) => {
    const last = points.at(-1);
    if (!last) return [`${name}: no steps yet`];
    const end = diverged ? ', diverged' : test === null ? '' : `, test accuracy ${percent(test)}`;
    return [
      `${name} at step ${last.step} of ${model.totalSteps}: loss ${last.loss.toFixed(2)}, accuracy ${percent(last.accuracy)}${end}`,
    ];
  });
  if (networks.length === 0) return 'Training alone: no networks yet.';
  return `Training alone. ${networks.join('. ')}.`;
}

export function tableLiveCurves(model: LiveCurvesModel): ChartTable {
  return {
    columns: ['network', 'step', 'loss (nats)', 'accuracy'],
    rows: model.networks.flatMap(({ name, points }) =>
      points.map((point) => [name, point.step, point.loss, point.accuracy]),
    ),
  };
}
