/**
 * What every renderer does with d3: a named layer, a keyed join, a move that is a transition or not,
 * marks that can be focused. No chart logic.
 */
import { type BaseType, interrupt, type Selection, select } from 'd3';
import type { ChartOptions } from './chart.ts';
import { px } from './geometry.ts';

export type Group = Selection<SVGGElement, unknown, null, undefined>;

/** Sizes the svg and names it. `img` for a still picture, `group` when its marks can be focused. */
export function frame(
  svg: SVGSVGElement,
  width: number,
  height: number,
  label: string,
  role: 'img' | 'group',
): void {
  select(svg)
    .attr('width', px(width))
    .attr('height', px(height))
    .attr('viewBox', `0 0 ${px(width)} ${px(height)}`)
    .attr('role', role)
    .attr('aria-label', label)
    .attr('font-family', 'var(--sans, sans-serif)')
    .attr('font-size', 12)
    .attr('fill', 'var(--ink)');
}

/** The child group of that class, made on first use, in the order of first use. */
export function layer(parent: SVGElement, name: string): Group {
  const found = parent.querySelector<SVGGElement>(`:scope > g.${name}`);
  if (found) return select(found);
  const made = document.createElementNS('http://www.w3.org/2000/svg', 'g');
  made.setAttribute('class', name);
  parent.append(made);
  return select(made);
}

/** Joins data to children `tag.name` by key and returns the merged selection. */
export function keyed<K extends keyof SVGElementTagNameMap, T>(
  parent: SVGElement,
  tag: K,
  name: string,
  data: readonly T[],
  key: (datum: T, index: number) => string | number,
): Selection<SVGElementTagNameMap[K], T, SVGElement, unknown> {
  return select<SVGElement, unknown>(parent)
    .selectAll<SVGElementTagNameMap[K], T>(`:scope > ${tag}.${name}`)
    .data(data, (datum, index) => String(key(datum, index)))
    .join((enter) => enter.append<SVGElementTagNameMap[K]>(tag).attr('class', name));
}

export const DURATION = 300;

/** Sets geometry: at once on new marks or without motion, else as a transition. Not for colours. */
export function move<E extends Element, T, P extends BaseType, D>(
  selection: Selection<E, T, P, D>,
  motion: boolean,
  attributes: { readonly [name: string]: (datum: T, index: number) => string | number },
): void {
  const names = Object.keys(attributes);
  const first = names[0];
  if (first === undefined) return;
  const set = (marks: Selection<E, T, P, D>) => {
    // By the function: it also makes bundlers keep d3-transition, which patches selections.
    marks.each(function () {
      interrupt(this);
    });
    for (const [name, value] of Object.entries(attributes)) marks.attr(name, value);
  };
  if (!motion) {
    set(selection);
    return;
  }
  const isNew = function (this: E) {
    return !this.hasAttribute(first);
  };
  const old = selection.filter(function (this: E) {
    return this.hasAttribute(first);
  });
  set(selection.filter(isNew));
  const transition = old.transition().duration(DURATION);
  for (const [name, value] of Object.entries(attributes)) transition.attr(name, value);
}

/** Makes marks focusable buttons that report hover, focus and selection by key. */
export function interactive<E extends SVGElement, T, P extends BaseType, D>(
  marks: Selection<E, T, P, D>,
  options: Pick<ChartOptions, 'onHover' | 'onSelect'>,
  key: (datum: T) => string,
  label: (datum: T) => string,
): void {
  marks
    .attr('tabindex', 0)
    .attr('role', options.onSelect ? 'button' : 'img')
    .attr('aria-label', label)
    .attr('cursor', options.onSelect ? 'pointer' : null)
    .on('pointerenter focus', (_event: Event, datum) => options.onHover?.(key(datum)))
    .on('pointerleave blur', () => options.onHover?.(null))
    .on('click', (_event: Event, datum) => options.onSelect?.(key(datum)))
    .on('keydown', (event: Event, datum) => {
      if (!(event instanceof KeyboardEvent)) return;
      if (event.key !== 'Enter' && event.key !== ' ') return;
      event.preventDefault();
      event.stopPropagation();
      options.onSelect?.(key(datum));
    });
}

/** A halo of the surface colour behind text that crosses lines. */
export function halo<E extends Element, T, P extends BaseType, D>(
  text: Selection<E, T, P, D>,
): Selection<E, T, P, D> {
  return text
    .attr('stroke', 'var(--surface-raised)')
    .attr('stroke-width', 3)
    .attr('stroke-linejoin', 'round')
    .attr('paint-order', 'stroke');
}
