/** One half of the seeds against the other: how much of the truth is noise. */
import { bottomAxis, leftAxis } from '../shared/axes.ts';
import type { ChartOptions, Rendered } from '../shared/chart.ts';
import { frame, keyed, layer, move } from '../shared/drawing.ts';
import { estimateText, statistic } from '../shared/estimate.ts';
import { drawNotes } from '../shared/plotMarks.ts';
import { roving } from '../shared/roving.ts';
import { tick } from '../shared/text.ts';
import { cardsOf } from '../shared/tooltip.ts';
import { layoutSplitHalf, type SplitHalfGeometry } from './layout.ts';
import type { SplitHalfModel } from './model.ts';
import { describeSplitHalf, lines, seedCount } from './text.ts';

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
  const onHover = cardsOf(
    svg,
    geometry.marks,
    ({ point }) => ({ lines: lines(point) }),
    geometry,
    options.onHover,
  );
  roving(
    points,
    {
      onHover,
      onSelect: options.onSelect,
    },
    (d) => d.key,
    (d) => lines(d.point).join(', '),
  );
}
