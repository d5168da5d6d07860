/**
 * What all charts share: margins, number formats, sizes of text without measuring it, and three d3
 * helpers (a named layer, a keyed join, a move that is a transition or not). No chart logic.
 */
import { type BaseType, format, interrupt, type Selection, select } from 'd3';
import type { ChartOptions } from './chart.ts';

export type Group = Selection<SVGGElement, unknown, null, undefined>;

export interface Margins {
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly left: number;
}

/** Rounds to a tenth of a pixel, so that markup stays short and geometry comparable. */
export const px = (value: number): number => Math.round(value * 10) / 10;

export const clamp = (value: number, low: number, high: number): number =>
  Math.min(high, Math.max(low, value));

const si = format('.3~s');

/** Axis ticks: 0, 250, 1.5k, −0.02. */
export function tick(value: number): string {
  const size = Math.abs(value);
  if (size === 0) return '0';
  return size >= 1000 ? si(value) : String(Number(value.toPrecision(3))).replace('-', '−');
}

/** A share with two digits after the point and no leading zero: .27, 1.00. */
export function share(value: number): string {
  const text = value.toFixed(2);
  return text.startsWith('0') ? text.slice(1) : text;
}

export function signed(value: number, digits = 2): string {
  const text = Math.abs(value).toFixed(digits).replace(/^0/, '');
  return `${value < 0 ? '−' : '+'}${text}`;
}

/** A rank score: two digits and a true minus. */
export function score(value: number, digits = 2): string {
  return value.toFixed(digits).replace('-', '−');
}

export function percent(value: number): string {
  return `${(100 * value).toFixed(1)} %`;
}

/** Width of a line of figures, points and brackets, which are narrower than letters. */
export function figureWidth(text: string, fontSize: number): number {
  return text.length * fontSize * 0.5;
}

/** Width of a line of sans-serif text, near enough for layout. */
export function textWidth(text: string, fontSize: number): number {
  return text.length * fontSize * 0.56;
}

/** Moves values apart to `gap` within [low, high], keeping their order: end labels. */
export function spread(
  values: readonly number[],
  gap: number,
  low: number,
  high: number,
): number[] {
  const order = values.map((_, i) => i).sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0));
  const step = values.length > 1 ? Math.min(gap, (high - low) / (values.length - 1)) : 0;
  const placed = order.map((i) => clamp(values[i] ?? 0, low, high));
  for (let i = 1; i < placed.length; i++) {
    placed[i] = Math.max(placed[i] ?? 0, (placed[i - 1] ?? 0) + step);
  }
  let roof = high;
  for (let i = placed.length - 1; i >= 0; i--) {
    placed[i] = Math.min(placed[i] ?? 0, roof);
    roof = (placed[i] ?? 0) - step;
  }
  const result: number[] = new Array<number>(values.length).fill(0);
  order.forEach((original, i) => {
    result[original] = placed[i] ?? 0;
  });
  return result;
}

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

/** The text, cut with an ellipsis where it would be wider than `width` at this size. */
export function fitText(text: string, width: number, fontSize: number): string {
  const most = Math.floor(width / (fontSize * 0.56));
  return text.length <= most ? text : `${text.slice(0, Math.max(1, most - 1)).trimEnd()}…`;
}
