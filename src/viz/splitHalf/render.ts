/** One half of the seeds against the other: how much of the truth is noise. */
import { type ScaleLinear, scaleLinear } from 'd3';
import { bottomAxis, leftAxis, type PlotArea } from '../shared/axes.ts';
import type { ChartOptions, ChartTable, Rendered, Size } from '../shared/chart.ts';
import { frame, keyed, layer, move, percent, px, tick } from '../shared/common.ts';
import { at } from '../shared/curves.ts';
import { drawNotes, padded } from '../shared/plotMarks.ts';
import { roving } from '../shared/roving.ts';
import { estimateText, estimateWords, statistic } from '../shared/studyText.ts';
import { cardsOf } from '../shared/tooltip.ts';
import type { SplitHalfModel } from './model.ts';

type Point = SplitHalfModel['points'][number];

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

export function renderSplitHalf(
  svg: SVGSVGElement,
  model: SplitHalfModel,
  options: ChartOptions,
): Rendered {
  const wished = options.height ?? Math.min(400, Math.max(300, options.width));
  const geometry = layoutSplitHalf(model, { width: options.width, height: wished });
  const { area, x, y, identity, height } = geometry;
  frame(svg, options.width, height, describeSplitHalf(model), 'group');
  const back = layer(svg, 'back').attr('aria-hidden', 'true').node();
  const front = layer(svg, 'points').node();
  if (!back || !front) return { height };
  const [first, second] = model.seeds;
  leftAxis(back, area, y, `Second half, ${seedCount(second)} (%)`, tick);
  bottomAxis(back, area, x, `first half, ${seedCount(first)} (%)`);
  keyed(back, 'path', 'identity', [identity], () => 0)
    .attr('stroke', 'var(--ink-soft)')
    .attr('stroke-dasharray', '6 4')
    .attr('d', (d) => d);
  const whole = model.reliability === null ? '' : ` · all seeds ${statistic(model.reliability)}`;
  keyed(back, 'text', 'correlation', [`r ${estimateText(model.correlation)}${whole}`], () => 0)
    .attr('x', area.left)
    .attr('y', area.top - 28)
    .attr('fill', 'var(--ink-soft)')
    .text((d) => d);
  // Below the identity line there are few points.
  drawNotes(back, [
    {
      key: 'identity',
      x: area.right - 4,
      y: area.bottom - 8,
      anchor: 'end',
      text: 'dashed: equal halves',
    },
  ]);
  drawPoints(svg, front, model, geometry, options);
  return { height };
}

const seedCount = (seeds: number) => `${seeds} ${seeds === 1 ? 'seed' : 'seeds'}`;

function drawPoints(
  svg: SVGSVGElement,
  parent: SVGElement,
  model: SplitHalfModel,
  geometry: SplitHalfGeometry,
  options: ChartOptions,
): void {
  const chosen = new Set(model.selected);
  const points = keyed(parent, 'circle', 'point', geometry.marks, (d) => d.key)
    .attr('r', (d) => (chosen.has(d.key) ? 7 : 5.5))
    .attr('fill', 'var(--cat-1)')
    .attr('fill-opacity', (d) => (chosen.size === 0 || chosen.has(d.key) ? 0.75 : 0.4))
    .attr('stroke', (d) => (chosen.has(d.key) ? 'var(--ink)' : 'var(--surface-raised)'))
    .attr('stroke-width', (d) => (chosen.has(d.key) ? 2.2 : 1));
  move(points, options.motion, { cx: (d) => d.x, cy: (d) => d.y });
  const show = cardsOf(svg, geometry.marks, ({ point }) => ({ lines: lines(point) }), geometry);
  roving(
    points,
    {
      onHover: (key) => {
        show(key);
        options.onHover?.(key);
      },
      onSelect: options.onSelect,
    },
    (d) => d.key,
    (d) => lines(d.point).join(', '),
  );
}

const lines = ({ name, first, second }: Point): string[] => [
  name,
  `first half ${percent(first)}`,
  `second half ${percent(second)}`,
];

export function describeSplitHalf(model: SplitHalfModel): string {
  const { points, seeds, correlation, reliability } = model;
  if (points.length === 0) return 'Split halves: needs two seeds of an architecture.';
  const whole =
    reliability === null ? '' : ` Reliability of all seeds together ${statistic(reliability)}.`;
  return `Mean accuracy of ${points.length} architectures over ${seedCount(seeds[0])} against ${seedCount(seeds[1])}: r ${estimateWords(correlation)}.${whole}`;
}

export function tableSplitHalf(model: SplitHalfModel): ChartTable {
  return {
    columns: ['architecture', 'id', 'accuracy, first half', 'accuracy, second half'],
    rows: model.points.map(({ name, key, first, second }) => [name, key, first, second]),
  };
}
