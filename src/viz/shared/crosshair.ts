/** A cross-hair over line charts that share x: by pointer, or by arrow keys once it has the focus. */
import { pointer, type ScaleLinear, select } from 'd3';
import type { PlotArea } from './axes.ts';
import { keyed, layer } from './drawing.ts';
import { clamp, px } from './geometry.ts';

export interface CrosshairOptions {
  readonly area: PlotArea;
  readonly scale: ScaleLinear<number, number>;
  /** Positions at which it can stand, ascending. */
  readonly steps: readonly number[];
  readonly label: string;
  readonly onStep: (index: number | null) => void;
  readonly onSelect: (index: number) => void;
}

function nearest(steps: readonly number[], wished: number): number {
  let low = 0;
  let high = steps.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((steps[middle] ?? 0) <= wished) low = middle;
    else high = middle;
  }
  return wished - (steps[low] ?? 0) <= (steps[high] ?? 0) - wished ? low : high;
}

/** Adds the cross-hair to a plot; draw it last, so that it lies on top. */
export function crosshair(svg: SVGSVGElement, options: CrosshairOptions): void {
  const { area, scale, steps } = options;
  const parent = layer(svg, 'crosshair').node();
  if (!parent) return;
  const hair = keyed(parent, 'line', 'hair', [0], () => 0)
    .attr('y1', area.top)
    .attr('y2', area.bottom)
    .attr('stroke', 'var(--ink)')
    .attr('stroke-width', 1)
    .attr('pointer-events', 'none');
  const stored = Number(parent.getAttribute('data-index') ?? '-1');
  let index = stored < steps.length ? stored : -1;
  const show = (next: number, report: boolean) => {
    index = next;
    parent.setAttribute('data-index', String(index));
    const x = px(scale(steps[index] ?? 0));
    hair
      .attr('x1', x)
      .attr('x2', x)
      .attr('visibility', index < 0 ? 'hidden' : 'visible');
    if (report) options.onStep(index < 0 ? null : index);
  };
  show(index, false);
  const target = keyed(parent, 'rect', 'target', [0], () => 0)
    .attr('x', area.left)
    .attr('y', area.top)
    .attr('width', area.right - area.left)
    .attr('height', area.bottom - area.top)
    .attr('fill', 'transparent')
    .attr('tabindex', steps.length > 0 ? 0 : null)
    .attr('role', 'slider')
    .attr('aria-label', options.label)
    .attr('aria-valuemin', steps[0] ?? 0)
    .attr('aria-valuemax', steps[steps.length - 1] ?? 0)
    .attr('aria-valuenow', steps[Math.max(0, index)] ?? 0);
  const toPointer = (event: Event) => {
    if (steps.length > 0) show(nearest(steps, scale.invert(pointer(event, svg)[0])), true);
  };
  const by: { readonly [key: string]: number } = {
    ArrowLeft: -1,
    ArrowRight: 1,
    PageUp: -10,
    PageDown: 10,
    Home: Number.NEGATIVE_INFINITY,
    End: Number.POSITIVE_INFINITY,
  };
  target
    .on('pointermove', toPointer)
    .on('pointerleave blur', () => show(-1, true))
    .on('click', () => {
      if (index >= 0) options.onSelect(index);
    })
    .on('keydown', (event: Event) => {
      if (!(event instanceof KeyboardEvent) || steps.length === 0) return;
      if (event.key === 'Enter' && index >= 0) options.onSelect(index);
      const change = by[event.key];
      if (change === undefined) return;
      event.preventDefault();
      event.stopPropagation();
      show(clamp(index + change, 0, steps.length - 1), true);
      select(parent)
        .select('rect.target')
        .attr('aria-valuenow', steps[index] ?? 0);
    });
}
