/** Predicted against true: a point an architecture, with its noise, a guide, and a brush to choose. */
import { type BrushSelection, brush, select } from 'd3';
import { bottomAxis, leftAxis } from '../shared/axes.ts';
import { drawChance } from '../shared/chanceLabel.ts';
import type { ChartOptions, Rendered } from '../shared/chart.ts';
import { frame, keyed, layer, move } from '../shared/drawing.ts';
import { estimateText, statistic } from '../shared/estimate.ts';
import { brushKey } from '../shared/keys.ts';
import { drawLegend, type LegendItem } from '../shared/legend.ts';
import { drawColourBar, type QualityScale, qualityScale } from '../shared/quality.ts';
import { roving } from '../shared/roving.ts';
import { CROSS, CROSS_LINES } from '../shared/shapes.ts';
import { tick } from '../shared/text.ts';
import { cardsOf } from '../shared/tooltip.ts';
import {
  layoutRankScatter,
  type RankScatterGeometry,
  type ScatterMark,
  VALUES_HEADING,
} from './layout.ts';
import type { RankScatterModel } from './model.ts';
import { describeRankScatter, fillFormat, pointLabel, pointLines } from './text.ts';

const RADIUS = 5.5;
const LINE_SWATCH = 'M-10-1H-4V1H-10ZM-1-1H5V1H-1Z';
const BAR_SWATCH = 'M-4-9H4V-7.4H.8V7.4H4V9H-4V7.4H-.8V-7.4H-4Z';

/** Points are chosen by click, Shift with a click, or by the brush: see `brushKey`. */
export function renderRankScatter(
  svg: SVGSVGElement,
  model: RankScatterModel,
  options: ChartOptions,
): Rendered {
  const wished = options.height ?? Math.round(Math.min(500, Math.max(300, options.width * 0.72)));
  const size = { width: options.width, height: wished - legendHeight(options.width) };
  const geometry = layoutRankScatter(model, size);
  const scale = qualityScale(model.points.map((point) => point.fill));
  drawAxes(svg, model, geometry);
  drawBrush(svg, geometry, options);
  drawGuides(svg, geometry, options.motion);
  drawPoints(svg, model, geometry, scale, options);
  const height = drawKey(svg, model, geometry, scale);
  frame(svg, size.width, height, describeRankScatter(model), 'group');
  return { height };
}

const legendHeight = (width: number) => (width < 520 ? 44 : 26);

function drawAxes(
  svg: SVGSVGElement,
  model: RankScatterModel,
  { area, x, y, chance }: RankScatterGeometry,
): void {
  const parent = layer(svg, 'axes').attr('aria-hidden', 'true').node();
  if (!parent) return;
  const values = model.axis === 'values';
  leftAxis(parent, area, y, values ? VALUES_HEADING : 'Place by accuracy (1: best)', (v) =>
    tick(values ? 100 * v : v),
  );
  const unit = model.scoreUnit ? ` (${model.scoreUnit})` : '';
  bottomAxis(
    parent,
    area,
    x,
    values ? `score of ${model.ranker}${unit}` : `place by ${model.ranker} (1: best)`,
  );
  // Both below the points: they can be pointed at.
  drawChance(parent, parent, chance);
  const ceiling = model.ceiling === null ? '' : ` · ceiling ${statistic(model.ceiling)}`;
  const narrow = area.top > 30;
  keyed(parent, 'text', 'correlation', [`ρ ${estimateText(model.correlation)}${ceiling}`], () => 0)
    .attr('x', narrow ? area.left : area.right)
    .attr('y', narrow ? area.top - 27 : area.top - 9)
    .attr('text-anchor', narrow ? 'start' : 'end')
    .attr('font-size', 12)
    .attr('fill', 'var(--ink-soft)')
    .text((d) => d);
}

/** Below the points, so that they keep their hover; cleared once it has chosen. */
function drawBrush(
  svg: SVGSVGElement,
  { area, marks }: RankScatterGeometry,
  options: ChartOptions,
): void {
  const parent = layer(svg, 'brush').attr('aria-hidden', 'true');
  const group = parent.node();
  if (!group || !options.onSelect) return;
  const tool = brush<unknown>()
    .extent([
      [area.left, area.top],
      [area.right, area.bottom],
    ])
    // A finger drags the page; points are chosen by touch one by one.
    .touchable(false)
    .on('end', (event: { selection: BrushSelection | null; sourceEvent: unknown }) => {
      if (!event.sourceEvent) return;
      const [from, to] = event.selection ?? [];
      if (!Array.isArray(from) || !Array.isArray(to)) {
        options.onSelect?.(brushKey([]));
        return;
      }
      const [left, top] = from;
      const [right, bottom] = to;
      const inside = marks.filter(({ x, y }) => x >= left && x <= right && y >= top && y <= bottom);
      tool.clear(parent);
      options.onSelect?.(brushKey(inside.map((mark) => mark.key)));
    });
  parent.call(tool);
  parent.select('.overlay').attr('cursor', 'crosshair');
}

function drawGuides(
  svg: SVGSVGElement,
  { area, guide, floor, links }: RankScatterGeometry,
  motion: boolean,
): void {
  const parent = layer(svg, 'guides').attr('aria-hidden', 'true').attr('pointer-events', 'none');
  const group = parent.node();
  if (!group) return;
  keyed(group, 'path', 'guide', guide ? [guide] : [], () => 0)
    .attr('fill', 'none')
    .attr('stroke', 'var(--ink-soft)')
    .attr('stroke-width', 1.5)
    .attr('stroke-dasharray', '6 4')
    .attr('d', (d) => d);
  keyed(group, 'line', 'floor', floor === null ? [] : [floor], () => 0)
    .attr('x1', area.left)
    .attr('x2', area.right)
    .attr('y1', (d) => d)
    .attr('y2', (d) => d)
    .attr('stroke', 'var(--ink-faint)')
    .attr('stroke-dasharray', '1 3');
  keyed(group, 'text', 'floor-text', floor === null ? [] : [floor], () => 0)
    .attr('x', area.left - 7)
    .attr('y', area.bottom - 11)
    .attr('text-anchor', 'end')
    .attr('font-size', 11)
    .attr('fill', 'var(--ink-soft)')
    .text('failed');
  const lines = keyed(group, 'line', 'link', links, (d) => d.key)
    .attr('stroke', 'var(--cat-2)')
    .attr('stroke-width', 2)
    .attr('stroke-dasharray', '2 3');
  move(lines, motion, { x1: (d) => d.x1, y1: (d) => d.y1, x2: (d) => d.x2, y2: (d) => d.y2 });
}

function drawPoints(
  svg: SVGSVGElement,
  model: RankScatterModel,
  geometry: RankScatterGeometry,
  scale: QualityScale,
  options: ChartOptions,
): void {
  const parent = layer(svg, 'points').node();
  if (!parent) return;
  const chosen = new Set(model.selected);
  const linked = new Set(model.linked.flat());
  const groups = keyed(parent, 'g', 'point', geometry.marks, (d) => d.key);
  move(groups, options.motion, { transform: (d) => `translate(${d.x},${d.y})` });
  groups
    .attr('opacity', (d) => (chosen.size > 0 && !chosen.has(d.key) && !linked.has(d.key) ? 0.5 : 1))
    .each(function (d) {
      drawPoint(this, d, scale, { chosen: chosen.has(d.key), linked: linked.has(d.key) });
    });
  const card = ({ point }: ScatterMark) => ({
    lines: pointLines(model, point),
    cells: point.cells,
  });
  const onHover = cardsOf(svg, geometry.marks, card, geometry, options.onHover);
  const toggle = (key: string) => {
    const rest = model.selected.filter((one) => one !== key);
    options.onSelect?.(brushKey(rest.length < chosen.size ? rest : [...rest, key]));
  };
  roving(
    groups,
    {
      onHover,
      onSelect: options.onSelect,
      onToggle: toggle,
    },
    (d) => d.key,
    (d) => pointLabel(model, d.point),
  );
}

function drawPoint(
  parent: SVGGElement,
  mark: ScatterMark,
  scale: QualityScale,
  state: { readonly chosen: boolean; readonly linked: boolean },
): void {
  keyed(parent, 'circle', 'reach', [0], () => 0)
    .attr('r', 11)
    .attr('fill', 'transparent');
  const bars = mark.bar ? [mark.bar] : [];
  keyed(parent, 'path', 'bar', bars, () => 0)
    .attr('fill', 'none')
    .attr('stroke', 'var(--ink-faint)')
    .attr('stroke-width', 1.2)
    .attr('d', ({ top, bottom }) => {
      const [up, down] = [top - mark.y, bottom - mark.y].map((end) => end.toFixed(1));
      return `M-3 ${up}H3M0 ${up}V${down}M-3 ${down}H3`;
    });
  keyed(parent, 'circle', 'ring', state.chosen || state.linked ? [0] : [], () => 0)
    .attr('r', RADIUS + 3.5)
    .attr('fill', 'none')
    .attr('stroke', state.chosen ? 'var(--accent)' : 'var(--cat-2)')
    .attr('stroke-width', 2.2);
  keyed(parent, 'circle', 'dot', mark.diverged ? [] : [mark], () => 0)
    .attr('r', RADIUS)
    .attr('stroke', 'var(--ink)')
    .attr('stroke-width', 1)
    .attr('fill', (d) => scale.colour(d.point.fill));
  keyed(parent, 'path', 'cross', mark.diverged ? [mark] : [], () => 0)
    .attr('d', CROSS_LINES)
    .attr('stroke', 'var(--bad)')
    .attr('stroke-width', 2.4);
  select(parent).selectAll('.dot, .cross').raise();
}

/** Colour bar and legend below the plot; returns where they end. */
function drawKey(
  svg: SVGSVGElement,
  model: RankScatterModel,
  geometry: RankScatterGeometry,
  scale: QualityScale,
): number {
  const top = geometry.height + 8;
  drawColourBar(svg, scale, model.fill.name, fillFormat(model), top, geometry.width);
  const diverged = geometry.marks.filter((mark) => mark.diverged).length;
  const soft = 'var(--ink-soft)';
  const items: LegendItem[] = [
    {
      key: 'guide',
      text: model.axis === 'ranks' ? 'same place' : 'best monotone fit',
      shape: LINE_SWATCH,
      colour: soft,
    },
    { key: 'bar', text: '± std over seeds', shape: BAR_SWATCH, colour: soft },
  ];
  if (diverged > 0) {
    items.push({
      key: 'cross',
      text: `failed: diverged (${diverged})`,
      shape: CROSS,
      colour: 'var(--bad)',
    });
  }
  return drawLegend(svg, items, top + 20, geometry.width) + 14;
}
