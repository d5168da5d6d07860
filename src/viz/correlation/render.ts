/** How well rankers correlate with the truth while the supernet trains: did the ranks settle? */
import { bottomAxis, leftAxis } from '../shared/axes.ts';
import type { ChartOptions, Rendered } from '../shared/chart.ts';
import { categoryColour, categoryDash } from '../shared/colours.ts';
import { crosshair } from '../shared/crosshair.ts';
import { drawCurveLabels } from '../shared/curveLabels.ts';
import { frame, keyed, layer, move } from '../shared/drawing.ts';
import { estimateWords, statistic } from '../shared/estimate.ts';
import { px } from '../shared/geometry.ts';
import { stepKey } from '../shared/keys.ts';
import { across, drawNotes, drawRules, type Note } from '../shared/plotMarks.ts';
import { type CorrelationGeometry, type CorrelationStream, layoutCorrelation } from './layout.ts';
import type { CorrelationCurveModel } from './model.ts';
import { describeCorrelation } from './text.ts';

/** Lines are chosen by their labels, steps by the cross-hair (`stepKey`). */
export function renderCorrelation(
  svg: SVGSVGElement,
  model: CorrelationCurveModel,
  options: ChartOptions,
): Rendered {
  const wished = options.height ?? 320;
  const geometry = layoutCorrelation(model, { width: options.width, height: wished });
  drawGround(svg, model, geometry);
  drawStreams(svg, model, geometry, options.motion);
  crosshair(svg, {
    area: geometry.area,
    scale: geometry.x,
    steps: geometry.steps,
    label: 'Step of the supernet; arrow keys move it',
    onStep: (index) => {
      const step = index === null ? undefined : geometry.steps[index];
      drawLabels(svg, model, geometry, options, step ?? null);
      options.onHover?.(step === undefined ? null : stepKey(step));
    },
    onSelect: (index) => {
      const step = geometry.steps[index];
      if (step !== undefined) options.onSelect?.(stepKey(step));
    },
  });
  drawLabels(svg, model, geometry, options, null);
  frame(svg, geometry.width, geometry.height, describeCorrelation(model), 'group');
  return { height: geometry.height };
}

function drawGround(
  svg: SVGSVGElement,
  model: CorrelationCurveModel,
  { area, x, y, alphaX, width }: CorrelationGeometry,
): void {
  const parent = layer(svg, 'ground').attr('aria-hidden', 'true').node();
  if (!parent) return;
  keyed(parent, 'rect', 'frozen', alphaX === null ? [] : [alphaX], () => 0)
    .attr('x', area.left)
    .attr('width', (d) => px(Math.max(0, d - area.left)))
    .attr('y', area.top)
    .attr('height', area.bottom - area.top)
    .attr('fill', 'var(--accent-soft)')
    .attr('fill-opacity', 0.7);
  leftAxis(parent, area, y, model.metric, (v) => statistic(v, 1).replace('0.0', '0'));
  bottomAxis(parent, area, x, 'supernet steps');
  const { ceiling } = model;
  const zero = { ...across(area, 'zero', y(0), null), colour: 'var(--ink)' };
  const top = ceiling === null ? [] : [across(area, 'ceiling', y(ceiling), '5 2')];
  const alpha =
    alphaX === null
      ? []
      : [
          {
            key: 'alpha',
            x1: alphaX,
            x2: alphaX,
            y1: area.top,
            y2: area.bottom,
            dash: '2 3',
            colour: 'var(--ink-soft)',
          },
        ];
  drawRules(parent, [zero, ...top, ...alpha]);
  const notes: Note[] = [];
  if (ceiling !== null) {
    notes.push({
      key: 'ceiling',
      x: area.right,
      y: area.top - 9,
      anchor: 'end',
      text: `${width < 420 ? '' : 'dashed: '}noise ceiling ${statistic(ceiling)}`,
    });
  }
  if (alphaX !== null && model.alphaFrom !== null) {
    const early = alphaX < area.left + 130;
    const low = area.bottom - 7;
    const crossed = Math.abs(y(0) - low + 4) < 14;
    notes.push({
      key: 'alpha',
      x: alphaX + (early ? 5 : -5),
      y: crossed ? y(0) - 6 : low,
      anchor: early ? 'start' : 'end',
      text: `α moves from step ${model.alphaFrom}`,
    });
  }
  drawNotes(parent, notes);
}

function drawStreams(
  svg: SVGSVGElement,
  model: CorrelationCurveModel,
  geometry: CorrelationGeometry,
  motion: boolean,
): void {
  const parent = layer(svg, 'streams').attr('aria-hidden', 'true').node();
  if (!parent) return;
  keyed(
    parent,
    'path',
    'band',
    geometry.streams.filter((d) => d.band),
    () => 0,
  )
    .attr('d', (d) => d.band)
    .attr('fill', (d) => categoryColour(d.line.category))
    .attr('fill-opacity', 0.16);
  const chosen = (d: CorrelationStream) => d.key === model.selected;
  const faint = (d: CorrelationStream) => model.selected !== null && !chosen(d);
  const streams = keyed(parent, 'g', 'stream', geometry.streams, (d) => d.key)
    .attr('data-key', (d) => d.key)
    .attr('opacity', (d) => (faint(d) ? 0.75 : 1));
  streams.each(function (d) {
    const colour = categoryColour(d.line.category);
    keyed(this, 'path', 'curve', [d], () => 0)
      .attr('fill', 'none')
      .attr('stroke', colour)
      .attr('stroke-width', chosen(d) ? 2.8 : 1.8)
      .attr('stroke-linejoin', 'round')
      .attr('stroke-dasharray', categoryDash(d.line.category))
      .attr('d', d.path);
    const dots = keyed(this, 'circle', 'dot', d.dots, (dot) => dot.step)
      .attr('r', chosen(d) ? 3.4 : 2.4)
      .attr('fill', colour);
    move(dots, motion, { cx: (dot) => dot.x, cy: (dot) => dot.y });
  });
  streams.filter(chosen).raise();
}

/** Names with values, of one step or of the last; each a button that chooses its line. */
function drawLabels(
  svg: SVGSVGElement,
  model: CorrelationCurveModel,
  { streams, beside }: CorrelationGeometry,
  options: ChartOptions,
  step: number | null,
): void {
  const labels = streams.map(({ key, line, label }) => {
    const estimate =
      step === null
        ? line.points.findLast((point) => point.value !== null)
        : line.points.find((point) => point.step === step);
    return {
      key,
      category: line.category,
      x: label.x,
      y: label.y,
      text: `${label.name} ${statistic(estimate?.value ?? null)}`,
      words: `${line.name}: ${estimateWords(estimate ?? { value: null, interval: null })}`,
      chosen: key === model.selected,
    };
  });
  drawCurveLabels(svg, labels, options, 'stream');
  if (beside) drawLeaders(svg, streams);
}

/** From the end of each line to its label. */
function drawLeaders(svg: SVGSVGElement, streams: readonly CorrelationStream[]): void {
  const parent = layer(svg, 'leaders').attr('aria-hidden', 'true').node();
  if (!parent) return;
  const ended = streams.flatMap((d) => (d.end ? [{ ...d, end: d.end }] : []));
  keyed(parent, 'line', 'leader', ended, (d) => d.key)
    .attr('x1', (d) => d.end.x)
    .attr('y1', (d) => d.end.y)
    .attr('x2', (d) => d.label.x - 3)
    .attr('y2', (d) => d.label.y)
    .attr('stroke', (d) => categoryColour(d.line.category))
    .attr('stroke-opacity', 0.4)
    .attr('pointer-events', 'none');
}
