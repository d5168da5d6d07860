/** Rankers as a table with drawn intervals: one supernet and the average, noise ceiling, differences. */

import type { ChartOptions, Rendered } from '../shared/chart.ts';
import { frame, halo, keyed, layer, move } from '../shared/drawing.ts';
import { statistic } from '../shared/estimate.ts';
import { px } from '../shared/geometry.ts';
import { drawLegend, type LegendItem } from '../shared/legend.ts';
import { roving } from '../shared/roving.ts';
import { DISC } from '../shared/shapes.ts';
import { fitText, percent, textWidth, tick } from '../shared/text.ts';
import {
  FOREST_FONT,
  type ForestColumn,
  type ForestGeometry,
  type ForestMark,
  type ForestRow,
  layoutRankers,
} from './layout.ts';
import { RANKER_KINDS, rankerLook } from './looks.ts';
import type { RankersModel } from './model.ts';
import { describeRankers, rankerWords } from './text.ts';

const RING = `${DISC}M-3.4 0A3.4 3.4 0 1 0 3.4 0A3.4 3.4 0 1 0-3.4 0Z`;
const DASHED = 'M-1-9H1V-4H-1ZM-1-2H1V3H-1ZM-1 5H1V10H-1Z';

/** As tall as its rows need. Rows glide when the order changes. */
export function renderRankers(
  svg: SVGSVGElement,
  model: RankersModel,
  options: ChartOptions,
): Rendered {
  const geometry = layoutRankers(model, options);
  drawBack(svg, geometry);
  drawHead(svg, model, geometry);
  drawRows(svg, model, geometry, options);
  const height = drawLegend(svg, legendItems(model), geometry.height + 6, geometry.width) + 14;
  frame(svg, geometry.width, height, describeRankers(model), 'group');
  return { height };
}

/** Grid lines, the neutral line and the ceiling, through all rows. */
function drawBack(svg: SVGSVGElement, geometry: ForestGeometry): void {
  const parent = layer(svg, 'back').attr('aria-hidden', 'true').node();
  if (!parent) return;
  const { head, bottom } = geometry;
  for (const [name, column] of scales(geometry)) {
    const data = column ? ticksOf(column) : [];
    keyed(parent, 'line', `grid-${name}`, data, (d) => d)
      .attr('x1', (d) => px(column?.x(d) ?? 0))
      .attr('x2', (d) => px(column?.x(d) ?? 0))
      .attr('y1', head)
      .attr('y2', bottom)
      .attr('stroke', 'var(--line)');
    for (const [place, y] of [
      ['top', head - 8],
      ['bottom', bottom + 13],
    ] as const) {
      keyed(parent, 'text', `tick-${name}-${place}`, data, (d) => d)
        .attr('x', (d) => px(column?.x(d) ?? 0))
        .attr('y', y)
        .attr('text-anchor', 'middle')
        .attr('font-size', 11)
        .attr('fill', 'var(--ink-soft)')
        .text((d) => tick(d));
    }
  }
  const { differences, neutralX, ceilingX } = geometry;
  const zeroes = [
    ...(neutralX === null ? [] : [neutralX]),
    ...(differences ? [px(differences.x(0))] : []),
  ];
  vertical(parent, 'zero', zeroes, geometry).attr('stroke', 'var(--ink-soft)');
  vertical(parent, 'ceiling', ceilingX === null ? [] : [ceilingX], geometry)
    .attr('stroke', 'var(--ink)')
    .attr('stroke-width', 1.5)
    .attr('stroke-dasharray', '5 2');
}

function vertical(
  parent: SVGElement,
  name: string,
  xs: readonly number[],
  { head, bottom }: ForestGeometry,
) {
  return keyed(parent, 'line', name, xs, (_d, i) => i)
    .attr('x1', (d) => d)
    .attr('x2', (d) => d)
    .attr('y1', head - 2)
    .attr('y2', bottom);
}

const scales = ({ values, differences }: ForestGeometry) =>
  [
    ['value', values],
    ['difference', differences],
  ] as const;

const ticksOf = ({ x, left, right }: ForestColumn): number[] =>
  x.ticks(Math.max(2, Math.floor((right - left) / 60)));

function drawHead(svg: SVGSVGElement, model: RankersModel, geometry: ForestGeometry): void {
  const parent = layer(svg, 'head').attr('aria-hidden', 'true').node();
  if (!parent) return;
  const { metric, supernets, confidence, baseline } = model;
  const { values, valueX, differenceX, narrow } = geometry;
  const unit = metric.unit ? ` (${metric.unit})` : '';
  const both = model.rows.some((row) => row.ensemble !== null);
  const interval = percent(confidence).replace('.0', '');
  const base = model.rows.find((row) => row.key === baseline)?.name ?? '';
  const room = narrow ? 110 : (differenceX ?? 0) - valueX - 12;
  const estimates = both ? `one · mean of ${supernets} [${interval}]` : `[${interval}]`;
  const free = valueX - textWidth(estimates, FOREST_FONT) - 12 - values.left;
  const name = fitText(`${metric.name}${unit}`, free, FOREST_FONT);
  const heads = [
    { x: values.left, y: 15, anchor: 'start', bold: true, text: name },
    {
      x: valueX,
      y: 15,
      anchor: 'end',
      bold: false,
      text: estimates,
    },
    ...(differenceX === null
      ? []
      : [
          {
            x: differenceX,
            y: narrow ? geometry.head - 8 : 15,
            anchor: 'end',
            bold: false,
            text: fitText(`vs ${base}`, room, FOREST_FONT),
          },
        ]),
  ];
  keyed(parent, 'text', 'column', heads, (_d, i) => i)
    .attr('x', (d) => d.x)
    .attr('y', (d) => d.y)
    .attr('text-anchor', (d) => d.anchor)
    .attr('font-size', FOREST_FONT)
    .attr('font-weight', (d) => (d.bold ? 600 : 400))
    .attr('fill', (d) => (d.bold ? 'var(--ink)' : 'var(--ink-soft)'))
    .text((d) => d.text);
}

function drawRows(
  svg: SVGSVGElement,
  model: RankersModel,
  geometry: ForestGeometry,
  options: ChartOptions,
): void {
  const parent = layer(svg, 'rows').node();
  if (!parent) return;
  const rows = keyed(parent, 'g', 'ranker-row', geometry.rows, (d) => d.key);
  move(rows, options.motion, { transform: (d) => `translate(0,${d.top})` });
  rows.attr('data-chosen', (d) => (d.key === model.selected ? 'true' : null));
  rows.each(function (d) {
    keyed(this, 'rect', 'band', [0], () => 0)
      .attr('x', 2)
      .attr('width', geometry.width - 4)
      .attr('height', geometry.rowHeight)
      .attr('rx', 4);
    drawTexts(this, d, geometry);
    drawMarks(this, d, geometry, options.motion);
  });
  roving(
    rows,
    options,
    (d) => d.key,
    (d) => rankerWords(model, d.row),
  );
}

function drawTexts(parent: SVGGElement, d: ForestRow, geometry: ForestGeometry): void {
  const { nameY, drawingY, valueX, differenceX, narrow } = geometry;
  const look = rankerLook(d.row.kind);
  keyed(parent, 'path', 'kind', [look], () => 0)
    .attr('transform', `translate(13,${nameY}) scale(0.6)`)
    .attr('fill', look.colour)
    .attr('d', look.shape);
  const texts = [
    { key: 'name', x: 24, y: nameY, anchor: 'start', text: d.name, bold: false },
    { key: 'value', x: valueX, y: nameY, anchor: 'end', text: d.value, bold: false },
    {
      key: 'difference',
      x: differenceX ?? 0,
      y: narrow ? drawingY : nameY,
      anchor: 'end',
      text: differenceX === null ? '' : d.difference,
      bold: d.clear,
    },
  ];
  const cells = keyed(parent, 'text', 'cell', texts, (t) => t.key);
  // Names stand over the lines of the plot where rows have two lines.
  if (narrow) cells.call(halo);
  cells
    .attr('x', (t) => t.x)
    .attr('y', (t) => t.y)
    .attr('text-anchor', (t) => t.anchor)
    .attr('dominant-baseline', 'central')
    .attr('font-size', FOREST_FONT)
    .attr('font-weight', (t) => (t.bold ? 700 : 400))
    .attr('fill', (t) => (t.key === 'name' || t.bold ? 'var(--ink)' : 'var(--ink-soft)'))
    .text((t) => t.text);
}

function drawMarks(
  parent: SVGGElement,
  d: ForestRow,
  { drawingY }: ForestGeometry,
  motion: boolean,
): void {
  const look = rankerLook(d.row.kind);
  const colour = (mark: ForestMark) => (mark.key === 'difference' ? 'var(--ink)' : look.colour);
  const y = (mark: ForestMark) => drawingY + mark.dy;
  const spans = d.marks.flatMap((mark) => (mark.span ? [{ ...mark, span: mark.span }] : []));
  const lines = keyed(parent, 'line', 'span', spans, (m) => m.key)
    .attr('stroke', colour)
    .attr('stroke-width', (m) => (m.filled ? 2.4 : 1.4))
    .attr('stroke-opacity', (m) => (m.filled ? 0.75 : 0.6))
    .attr('y1', y)
    .attr('y2', y);
  move(lines, motion, { x1: (m) => m.span.from, x2: (m) => m.span.to });
  const points = keyed(parent, 'path', 'point', d.marks, (m) => m.key)
    .attr('d', (m) => (m.key === 'difference' ? DISC : look.shape))
    .attr('fill', (m) => (m.filled ? colour(m) : 'var(--surface-raised)'))
    .attr('stroke', colour)
    .attr('stroke-width', 2.4);
  move(points, motion, {
    transform: (m) => `translate(${m.x},${y(m)}) scale(${m.filled ? 0.6 : 0.42})`,
  });
}

function legendItems(model: RankersModel): LegendItem[] {
  const kinds = RANKER_KINDS.filter((kind) => model.rows.some((row) => row.kind === kind));
  const soft = 'var(--ink-soft)';
  const items: LegendItem[] = kinds.map((kind) => {
    const { name, shape, colour } = rankerLook(kind);
    const count = model.rows.filter((row) => row.kind === kind).length;
    return { key: kind, text: `${name} (${count})`, shape, colour };
  });
  if (model.rows.some((row) => row.ensemble !== null)) {
    items.push(
      { key: 'one', text: 'one supernet', shape: RING, colour: soft },
      { key: 'average', text: `average of ${model.supernets}`, shape: DISC, colour: soft },
    );
  }
  if (model.ceiling !== null) {
    const text = `noise ceiling ${statistic(model.ceiling, model.metric.digits)}`;
    items.push({ key: 'ceiling', text, shape: DASHED, colour: 'var(--ink)' });
  }
  if (model.baseline !== null) {
    items.push({
      key: 'clear',
      text: 'bold, filled: 0 excluded',
      shape: DISC,
      colour: 'var(--ink)',
    });
  }
  return items;
}
