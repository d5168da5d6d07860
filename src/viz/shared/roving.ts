/** Many marks, one stop of the Tab key: arrow keys go from mark to mark, Enter chooses. */
import type { BaseType, Selection } from 'd3';
import type { ChartOptions } from './chart.ts';
import { interactive } from './drawing.ts';
import { clamp } from './geometry.ts';

interface RovingOptions extends Pick<ChartOptions, 'onHover' | 'onSelect'> {
  /** Shift with a click or Enter: add to what is chosen, or take away. */
  readonly onToggle?: ((key: string) => void) | undefined;
}

const STEPS: { readonly [key: string]: number } = {
  ArrowLeft: -1,
  ArrowUp: -1,
  ArrowRight: 1,
  ArrowDown: 1,
  PageUp: -10,
  PageDown: 10,
  Home: Number.NEGATIVE_INFINITY,
  End: Number.POSITIVE_INFINITY,
};

/** Makes marks reachable in the order of their data, and gives each its `data-key`. */
export function roving<E extends SVGElement, T, P extends BaseType, D>(
  marks: Selection<E, T, P, D>,
  options: RovingOptions,
  key: (datum: T) => string,
  label: (datum: T) => string,
): void {
  const elements = marks.nodes();
  const current = elements.find((element) => element.getAttribute('tabindex') === '0');
  interactive(marks, options, key, label);
  const makeCurrent = (element: E | undefined) => {
    for (const other of elements) other.setAttribute('tabindex', other === element ? '0' : '-1');
  };
  makeCurrent(current ?? elements[0]);
  const choose = (event: MouseEvent | KeyboardEvent, datum: T) => {
    if (event.shiftKey && options.onToggle) options.onToggle(key(datum));
    else options.onSelect?.(key(datum));
  };
  marks
    .attr('data-key', key)
    .on('focus.roving', function () {
      makeCurrent(this);
    })
    .on('click', (event: Event, datum) => {
      if (event instanceof MouseEvent) choose(event, datum);
    })
    .on('keydown', function (event: Event, datum) {
      if (!(event instanceof KeyboardEvent)) return;
      const step = STEPS[event.key];
      const chosen = event.key === 'Enter' || event.key === ' ';
      if (step === undefined && !chosen) return;
      event.preventDefault();
      event.stopPropagation();
      if (chosen) choose(event, datum);
      else if (step)
        elements[clamp(elements.indexOf(this) + step, 0, elements.length - 1)]?.focus();
    });
}
