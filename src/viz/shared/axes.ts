/** Axes of the line charts: thin grid lines, ticks with SI numbers, a label with its unit. */
import type { ScaleLinear } from 'd3';
import { keyed, layer } from './drawing.ts';
import { px } from './geometry.ts';
import { fitText, tick } from './text.ts';

export interface PlotArea {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Grid and numbers on the left of a plot, with the axis label above its top left corner. */
export function leftAxis(
  parent: SVGElement,
  area: PlotArea,
  scale: ScaleLinear<number, number>,
  label: string,
  format: (value: number) => string = tick,
): void {
  const axis = layer(parent, 'left-axis').attr('aria-hidden', 'true').node();
  if (!axis) return;
  const ticks = scale.ticks(Math.max(2, Math.floor((area.bottom - area.top) / 34)));
  keyed(axis, 'line', 'grid', ticks, (d) => d)
    .attr('x1', area.left)
    .attr('x2', area.right)
    .attr('y1', (d) => px(scale(d)))
    .attr('y2', (d) => px(scale(d)))
    .attr('stroke', 'var(--line)')
    .attr('stroke-width', 1);
  keyed(axis, 'text', 'tick', ticks, (d) => d)
    .attr('x', area.left - 7)
    .attr('y', (d) => px(scale(d)))
    .attr('text-anchor', 'end')
    .attr('dominant-baseline', 'central')
    .attr('font-size', 11)
    .attr('fill', 'var(--ink-soft)')
    .text(format);
  keyed(axis, 'text', 'axis-label', [label], () => 0)
    .attr('x', area.left)
    .attr('y', area.top - 9)
    .attr('font-size', 12)
    .attr('font-weight', 600)
    .text((d) => d);
}

/** Numbers below a plot, and the axis label at the right end under them. */
export function bottomAxis(
  parent: SVGElement,
  area: PlotArea,
  scale: ScaleLinear<number, number>,
  label: string,
): void {
  const axis = layer(parent, 'bottom-axis').attr('aria-hidden', 'true').node();
  if (!axis) return;
  const ticks = scale.ticks(Math.max(2, Math.floor((area.right - area.left) / 80)));
  keyed(axis, 'line', 'base', [0], () => 0)
    .attr('x1', area.left)
    .attr('x2', area.right)
    .attr('y1', area.bottom)
    .attr('y2', area.bottom)
    .attr('stroke', 'var(--ink-faint)');
  keyed(axis, 'line', 'tick-mark', ticks, (d) => d)
    .attr('x1', (d) => px(scale(d)))
    .attr('x2', (d) => px(scale(d)))
    .attr('y1', area.bottom)
    .attr('y2', area.bottom + 4)
    .attr('stroke', 'var(--ink-faint)');
  keyed(axis, 'text', 'tick', ticks, (d) => d)
    .attr('x', (d) => px(scale(d)))
    .attr('y', area.bottom + 16)
    .attr('text-anchor', 'middle')
    .attr('font-size', 11)
    .attr('fill', 'var(--ink-soft)')
    .text((d) => tick(d));
  keyed(axis, 'text', 'axis-label', [label], () => 0)
    .attr('x', area.right)
    .attr('y', area.bottom + 33)
    .attr('text-anchor', 'end')
    .attr('font-size', 12)
    .attr('fill', 'var(--ink-soft)')
    .text((d) => fitText(d, area.right, 12));
}
