/** How the architecture weights move while a supernet trains: a plot a stage, a line a candidate. */
import { line, type ScaleLinear, scaleLinear } from 'd3';
import { bottomAxis, leftAxis, type PlotArea } from '../shared/axes.ts';
import type { ChartOptions, ChartTable, Rendered, Size } from '../shared/chart.ts';
import { categoryColour, categoryDash } from '../shared/colours.ts';
import { frame, halo, keyed, layer, px, share, spread } from '../shared/common.ts';
import { downsample } from '../shared/downsample.ts';
import { candidateKey } from '../shared/keys.ts';
import type { AlphaModel } from './model.ts';

export interface AlphaStream {
  readonly key: string;
  readonly candidate: number;
  readonly path: string;
  readonly last: number;
  readonly end: { readonly x: number; readonly y: number };
  /** End label, moved apart from its neighbours. */
  readonly labelY: number;
}

export interface AlphaPanel {
  readonly stage: number;
  readonly area: PlotArea;
  readonly x: ScaleLinear<number, number>;
  readonly y: ScaleLinear<number, number>;
  readonly uniform: number;
  readonly uniformY: number;
  readonly streams: readonly AlphaStream[];
}

export interface AlphaGeometry extends Size {
  readonly panels: readonly AlphaPanel[];
  readonly frozenUntil: number | null;
}

const PANEL = 190;
const LABELS = 58;

/** Height that suits a width: panels beside one another from 300 px each, else stacked. */
function grid(stages: number, width: number) {
  const columns = Math.max(1, Math.min(stages, Math.floor(width / 300)));
  return { columns, rows: Math.ceil(stages / columns) };
}

export function layoutAlpha(
  model: AlphaModel,
  size: { readonly width: number; readonly height?: number | undefined },
): AlphaGeometry {
  const first = model.weights[0] ?? [];
  const { columns, rows } = grid(Math.max(1, first.length), size.width);
  const height = size.height ?? rows * (PANEL + 66);
  const cellWidth = size.width / columns;
  const cellHeight = height / rows;
  const top = Math.max(0.01, ...model.weights.flat(2));
  const reports = downsample(
    model.steps.map((step, i) => ({ step, weights: model.weights[i] ?? [] })),
    1200,
    [(report) => report.weights[0]?.[0] ?? 0],
  );
  const panels = first.map((candidates, stage) => {
    const left = (stage % columns) * cellWidth;
    const head = Math.floor(stage / columns) * cellHeight;
    const area = {
      left: left + 40,
      right: left + cellWidth - LABELS,
      top: head + 26,
      bottom: head + Math.max(70, cellHeight - 40),
    };
    const scale = scaleLinear([0, Math.max(1, model.totalSteps)], [area.left, area.right]);
    const y = scaleLinear(
      [0, Math.max(top, 2 / Math.max(1, candidates.length))],
      [area.bottom, area.top],
    ).nice(4);
    const latest = model.weights[model.weights.length - 1]?.[stage] ?? [];
    const ys = candidates.map((_, i) => y(latest[i] ?? 0));
    const labelYs = spread(ys, 13, area.top + 4, area.bottom - 4);
    const endX = scale(model.steps[model.steps.length - 1] ?? 0);
    const streams = candidates.map((_, candidate): AlphaStream => {
      const path = line<(typeof reports)[number]>()
        .x((report) => px(scale(report.step)))
        .y((report) => px(y(report.weights[stage]?.[candidate] ?? 0)))(reports);
      return {
        key: candidateKey(stage, candidate),
        candidate,
        path: path ?? '',
        last: latest[candidate] ?? 0,
        end: { x: px(endX), y: px(ys[candidate] ?? area.bottom) },
        labelY: px(labelYs[candidate] ?? area.bottom),
      };
    });
    const uniform = 1 / Math.max(1, candidates.length);
    return { stage, area, x: scale, y, uniform, uniformY: px(y(uniform)), streams };
  });
  return { width: size.width, height, panels, frozenUntil: model.frozenUntil };
}

export function renderAlpha(
  svg: SVGSVGElement,
  model: AlphaModel,
  options: ChartOptions,
): Rendered {
  const geometry = layoutAlpha(model, options);
  frame(svg, geometry.width, geometry.height, describeAlpha(model), 'group');
  const root = layer(svg, 'panels').node();
  if (!root) return { height: geometry.height };
  const panels = keyed(root, 'g', 'panel', geometry.panels, (d) => d.stage);
  panels.each(function (panel) {
    drawPanel(this, panel, geometry, options);
  });
  return { height: geometry.height };
}

function drawPanel(
  parent: SVGGElement,
  panel: AlphaGeometry['panels'][number],
  geometry: AlphaGeometry,
  options: ChartOptions,
): void {
  const { area, streams, uniform } = panel;
  const frozen = geometry.frozenUntil ?? 0;
  keyed(parent, 'rect', 'frozen', frozen > 0 ? [frozen] : [], () => 0)
    .attr('x', area.left)
    .attr('width', (d) => Math.max(0, px(panel.x(d) - area.left)))
    .attr('y', area.top)
    .attr('height', area.bottom - area.top)
    .attr('fill', 'var(--accent-soft)')
    .attr('fill-opacity', 0.7);
  leftAxis(parent, area, panel.y, `Stage ${panel.stage + 1}: weight`, share);
  bottomAxis(parent, area, panel.x, 'step');
  keyed(parent, 'text', 'frozen-text', frozen > 0 ? [frozen] : [], () => 0)
    .attr('x', area.left + 6)
    // Frozen streams lie on the uniform line: the text keeps to the other half.
    .attr('y', panel.uniformY > (area.top + area.bottom) / 2 ? area.top + 13 : area.bottom - 8)
    .attr('font-size', 11)
    .attr('fill', 'var(--ink-soft)')
    .text((d) => `α frozen until step ${d}`);
  keyed(parent, 'line', 'uniform', [uniform], () => 0)
    .attr('x1', area.left)
    .attr('x2', area.right)
    .attr('y1', panel.uniformY)
    .attr('y2', panel.uniformY)
    .attr('stroke', 'var(--ink)')
    .attr('stroke-dasharray', '1 3');
  keyed(parent, 'text', 'uniform-text', [uniform], () => 0)
    .attr('x', area.right)
    .attr('y', area.top - 9)
    .attr('text-anchor', 'end')
    .attr('font-size', 11)
    .attr('fill', 'var(--ink-soft)')
    .text((d) => `dotted: 1/${streams.length} = ${share(d)}`);
  const lines = layer(parent, 'streams').node();
  if (!lines) return;
  const emphasise = (key: string | null) => {
    for (const group of lines.querySelectorAll('g.stream')) {
      group.setAttribute(
        'opacity',
        key === null || group.getAttribute('data-key') === key ? '1' : '0.2',
      );
    }
    options.onHover?.(key);
  };
  const groups = keyed(lines, 'g', 'stream', streams, (d) => d.key).attr('data-key', (d) => d.key);
  groups.each(function (stream) {
    const colour = categoryColour(stream.candidate);
    keyed(this, 'path', 'reach', [stream], () => 0)
      .attr('fill', 'none')
      .attr('stroke', 'transparent')
      .attr('stroke-width', 10)
      .attr('d', stream.path);
    keyed(this, 'path', 'curve', [stream], () => 0)
      .attr('fill', 'none')
      .attr('stroke', colour)
      .attr('stroke-width', 2)
      .attr('stroke-dasharray', categoryDash(stream.candidate))
      .attr('d', stream.path);
    keyed(this, 'line', 'leader', [stream], () => 0)
      .attr('x1', stream.end.x)
      .attr('y1', stream.end.y)
      .attr('x2', area.right + 6)
      .attr('y2', stream.labelY)
      .attr('stroke', colour)
      .attr('stroke-opacity', 0.5);
    keyed(this, 'text', 'end', [stream], () => 0)
      .attr('x', area.right + 9)
      .attr('y', stream.labelY)
      .attr('dominant-baseline', 'central')
      .attr('font-size', 11)
      .call(halo)
      .attr('fill', colour)
      .attr('font-weight', 600)
      .text(`${stream.candidate + 1}: ${share(stream.last)}`);
  });
  groups
    .attr('tabindex', 0)
    .attr('role', options.onSelect ? 'button' : 'img')
    .attr(
      'aria-label',
      (d) => `stage ${panel.stage + 1}, candidate ${d.candidate + 1}, weight ${share(d.last)}`,
    )
    .on('pointerenter focus', (_event: Event, d) => emphasise(d.key))
    .on('pointerleave blur', () => emphasise(null))
    .on('click', (_event: Event, d) => options.onSelect?.(d.key))
    .on('keydown', (event: Event, d) => {
      if (event instanceof KeyboardEvent && event.key === 'Enter') options.onSelect?.(d.key);
    });
}

export function describeAlpha(model: AlphaModel): string {
  const last = model.weights[model.weights.length - 1];
  const step = model.steps[model.steps.length - 1];
  if (!last || step === undefined) return 'Architecture weights: no steps yet.';
  const stages = last.map(
    (weights, s) =>
      `stage ${s + 1} ${weights.map((w, i) => `candidate ${i + 1} ${share(w)}`).join(', ')}`,
  );
  return `Architecture weights at step ${step} of ${model.totalSteps}: ${stages.join('; ')}.`;
}

export function tableAlpha(model: AlphaModel): ChartTable {
  const first = model.weights[0] ?? [];
  return {
    columns: [
      'step',
      ...first.flatMap((c, s) => c.map((_, i) => `stage ${s + 1} candidate ${i + 1}`)),
    ],
    rows: model.steps.map((step, i) => [step, ...(model.weights[i] ?? []).flat()]),
  };
}
