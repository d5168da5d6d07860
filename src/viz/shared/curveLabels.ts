/** Labels of lines, each with a sample of its line: buttons that choose and emphasise it. */

import type { ChartOptions } from './chart.ts';
import { categoryColour, categoryDash } from './colours.ts';
import { halo, keyed, layer } from './drawing.ts';
import { px } from './geometry.ts';
import { roving } from './roving.ts';
import { textWidth } from './text.ts';

export interface CurveLabel {
  readonly key: string;
  readonly category: number;
  readonly x: number;
  readonly y: number;
  readonly text: string;
  /** For screen readers. */
  readonly words: string;
  readonly chosen: boolean;
}

export const CURVE_FONT = 11.5;
/** Room for the sample before the text. */
export const SAMPLE = 30;
const ROW = 20;

/** Places for legend entries of these widths (sample included) from `top` on, in equal columns. */
export function legendPlaces(
  widths: readonly number[],
  width: number,
  top: number,
): { readonly x: number; readonly y: number; readonly room: number }[] {
  const columns = Math.max(1, Math.floor(width / Math.max(1, ...widths)));
  const pitch = width / columns;
  return widths.map((_, i) => ({
    x: px(4 + (i % columns) * pitch),
    y: top + Math.floor(i / columns) * ROW,
    room: pitch - SAMPLE - 8,
  }));
}

export const labelWidth = (text: string): number => textWidth(text, CURVE_FONT) + SAMPLE + 12;

/** Draws them; the pointer or the focus on one dims all groups of the class `dimmed` but its own. */
export function drawCurveLabels(
  svg: SVGSVGElement,
  labels: readonly CurveLabel[],
  options: Pick<ChartOptions, 'onSelect'>,
  dimmed: string,
): void {
  const parent = layer(svg, 'labels').node();
  if (!parent) return;
  const groups = keyed(parent, 'g', 'curve-label', labels, (d) => d.key).attr(
    'transform',
    (d) => `translate(${d.x},${d.y})`,
  );
  groups.each(function (d) {
    keyed(this, 'path', 'sample', [0], () => 0)
      .attr('d', 'M0 0H24')
      .attr('stroke', categoryColour(d.category))
      .attr('stroke-width', d.chosen ? 3 : 2)
      .attr('stroke-dasharray', categoryDash(d.category));
    keyed(this, 'text', 'name', [0], () => 0)
      .attr('x', SAMPLE - 1)
      .attr('dominant-baseline', 'central')
      .attr('font-size', CURVE_FONT)
      .attr('font-weight', d.chosen ? 700 : 400)
      .call(halo)
      .attr('fill', 'var(--ink)')
      .text(d.text);
  });
  roving(
    groups,
    { onSelect: options.onSelect, onHover: (key) => emphasise(svg, dimmed, key) },
    (d) => d.key,
    (d) => d.words,
  );
}

/** Dims all groups of that class below the parent but the one of the key; none for null. */
export function emphasise(parent: SVGElement, name: string, key: string | null): void {
  for (const group of parent.querySelectorAll(`g.${name}`)) {
    const other = key !== null && group.getAttribute('data-key') !== key;
    group.setAttribute('opacity', other ? '0.2' : '1');
  }
}
