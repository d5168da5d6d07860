/** Lines and notes that several study plots share. */
import { type ScaleLinear, scaleLinear } from 'd3';
import type { PlotArea } from './axes.ts';
import { halo, keyed } from './drawing.ts';
import { px } from './geometry.ts';

export interface Note {
  readonly key: string;
  readonly x: number;
  readonly y: number;
  readonly anchor: 'start' | 'middle' | 'end';
  readonly text: string;
}

/** Small text over a plot, with a halo against the lines behind it. */
export function drawNotes(parent: SVGElement, notes: readonly Note[], fontSize = 11): void {
  keyed(parent, 'text', 'note', notes, (d) => d.key)
    .attr('x', (d) => px(d.x))
    .attr('y', (d) => px(d.y))
    .attr('text-anchor', (d) => d.anchor)
    .attr('font-size', fontSize)
    .call(halo)
    .attr('fill', 'var(--ink-soft)')
    .text((d) => d.text);
}

export interface Rule {
  readonly key: string;
  readonly x1: number;
  readonly x2: number;
  readonly y1: number;
  readonly y2: number;
  readonly dash: string | null;
  readonly colour: string;
  readonly width?: number;
}

export function drawRules(parent: SVGElement, rules: readonly Rule[]): void {
  keyed(parent, 'line', 'rule', rules, (d) => d.key)
    .attr('x1', (d) => px(d.x1))
    .attr('x2', (d) => px(d.x2))
    .attr('y1', (d) => px(d.y1))
    .attr('y2', (d) => px(d.y2))
    .attr('stroke', (d) => d.colour)
    .attr('stroke-width', (d) => d.width ?? 1.3)
    .attr('stroke-dasharray', (d) => d.dash);
}

/** A rule across the plot at height `y`. */
export function across(area: PlotArea, key: string, y: number, dash: string | null): Rule {
  return { key, x1: area.left, x2: area.right, y1: y, y2: y, dash, colour: 'var(--ink-soft)' };
}

/** A range widened by a share of itself, or by a little around its one value. */
export function padded(low: number, high: number, share: number): [number, number] {
  const extent = high - low;
  const by = extent > 0 ? share * extent : Math.abs(low) * 0.05 || 0.01;
  return [low - by, high + by];
}

/** Steps along the bottom of a plot, from 0. */
export function stepScale(area: PlotArea, last: number): ScaleLinear<number, number> {
  return scaleLinear([0, Math.max(1, last)], [area.left, area.right]);
}
