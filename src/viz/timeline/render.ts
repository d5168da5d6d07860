/**
 * The timeline of a run: a box a generation, those to come hollow, the current one filling with its
 * phases, a cursor, and the LIVE mark. One focusable slider: arrow keys ask for the next generation.
 */
import type { ChartOptions, Rendered } from '../shared/chart.ts';
import { frame, interactive, keyed, layer, move } from '../shared/drawing.ts';
import { px } from '../shared/geometry.ts';
import { generationKey, LIVE_KEY } from '../shared/keys.ts';
import { layoutTimeline, type TimelineGeometry } from './layout.ts';
import type { TimelineModel } from './model.ts';
import { describeTimeline, placeText } from './text.ts';

export function renderTimeline(
  svg: SVGSVGElement,
  model: TimelineModel,
  options: ChartOptions,
): Rendered {
  const height = options.height ?? 56;
  const geometry = layoutTimeline(model, { width: options.width, height });
  frame(svg, options.width, height, describeTimeline(model), 'group');
  drawTicks(svg, model, geometry, options);
  drawCursor(svg, model, geometry, options);
  drawLive(svg, model, geometry, options);
  return { height };
}

function drawTicks(
  svg: SVGSVGElement,
  model: TimelineModel,
  { ticks, bar }: TimelineGeometry,
  options: ChartOptions,
): void {
  const parent = layer(svg, 'ticks').attr('aria-hidden', 'true').node();
  if (!parent) return;
  const here = model.cursor?.generation ?? -1;
  keyed(parent, 'rect', 'box', ticks, (d) => d.key)
    .attr('x', (d) => d.x)
    .attr('width', (d) => d.width)
    .attr('y', bar.top)
    .attr('height', bar.height)
    .attr('rx', (d) => Math.min(4, d.width / 4))
    .attr('fill', 'var(--surface-raised)')
    .attr('stroke', (d) => (d.generation === here ? 'var(--ink)' : 'var(--ink-faint)'))
    .attr('stroke-width', (d) => (d.generation === here ? 1.5 : 1))
    .attr('stroke-dasharray', (d) => (d.state === 'future' && d.width > 12 ? '3 3' : null))
    .attr('stroke-opacity', (d) => (d.state === 'future' ? 0.5 : 1))
    .attr('cursor', (d) => (d.state === 'future' ? null : 'pointer'))
    .on('pointerenter', (_event: Event, d) => options.onHover?.(d.key))
    .on('pointerleave', () => options.onHover?.(null))
    .on('click', (_event: Event, d) => {
      if (d.state !== 'future') options.onSelect?.(d.key);
    });
  keyed(parent, 'rect', 'fill', ticks, (d) => d.key)
    .attr('x', (d) => d.x)
    .attr('y', bar.top)
    .attr('height', bar.height)
    .attr('rx', (d) => Math.min(4, d.width / 4))
    .attr('pointer-events', 'none')
    .attr('fill', 'var(--accent)')
    .attr('fill-opacity', (d) =>
      d.generation > here && here >= 0 ? 0.25 : d.state === 'done' ? 0.5 : 0.8,
    )
    .call((s) => move(s, options.motion, { width: (d) => px(d.width * d.fill) }));
  keyed(
    parent,
    'text',
    'number',
    ticks.filter((d) => d.label !== null),
    (d) => d.key,
  )
    .attr('x', (d) => d.x + d.width / 2)
    .attr('y', bar.top + bar.height + 14)
    .attr('text-anchor', 'middle')
    .attr('font-size', 11)
    .attr('font-weight', (d) => (d.generation === here ? 700 : 400))
    .attr('fill', (d) => (d.generation === here ? 'var(--ink)' : 'var(--ink-soft)'))
    .text((d) => d.label ?? '');
}

function drawCursor(
  svg: SVGSVGElement,
  model: TimelineModel,
  { bar, cursorX }: TimelineGeometry,
  options: ChartOptions,
): void {
  const parent = layer(svg, 'cursor').node();
  if (!parent) return;
  const { cursor } = model;
  const last = Math.max(0, model.generations.length - 1);
  const data = cursorX === null || !cursor ? [] : [{ x: cursorX, ...cursor }];
  const handles = keyed(parent, 'g', 'handle', data, () => 0)
    .attr('tabindex', 0)
    .attr('role', 'slider')
    .attr('aria-label', model.round === 'generation' ? 'Generation shown' : 'Round shown')
    .attr('aria-valuemin', 1)
    .attr('aria-valuemax', last + 1)
    .attr('aria-valuenow', (d) => d.generation + 1)
    .attr('aria-valuetext', (d) => placeText(model, d))
    .on('keydown', (event: Event, d) => {
      if (!(event instanceof KeyboardEvent)) return;
      const goal =
        event.key === 'ArrowLeft'
          ? Math.max(0, d.generation - 1)
          : event.key === 'ArrowRight'
            ? Math.min(last, d.generation + 1)
            : event.key === 'Home'
              ? 0
              : event.key === 'End'
                ? last
                : null;
      if (goal === null) return;
      event.preventDefault();
      event.stopPropagation();
      options.onSelect?.(event.key === 'End' ? LIVE_KEY : generationKey(goal));
    });
  move(handles, options.motion, { transform: (d) => `translate(${d.x},0)` });
  handles.each(function () {
    keyed(this, 'line', 'stem', [0], () => 0)
      .attr('y1', 8)
      .attr('y2', bar.top + bar.height + 2)
      .attr('stroke', 'var(--ink)')
      .attr('stroke-width', 2);
    keyed(this, 'path', 'grip', [0], () => 0)
      .attr('d', 'M-7 1H7V6L0 13L-7 6Z')
      .attr('fill', 'var(--ink)');
  });
}

function drawLive(
  svg: SVGSVGElement,
  model: TimelineModel,
  { bar, live }: TimelineGeometry,
  options: ChartOptions,
): void {
  const parent = layer(svg, 'live').node();
  if (!parent) return;
  const text = model.live ? (model.running ? 'LIVE' : 'END') : 'GO LIVE';
  const middle = bar.top + bar.height / 2;
  const marks = keyed(parent, 'g', 'mark', [text], () => 0);
  interactive(
    marks,
    options,
    () => LIVE_KEY,
    () => (model.live ? 'The newest event is shown' : 'Go to the newest event'),
  );
  marks.each(function () {
    keyed(this, 'rect', 'pill', [text], () => 0)
      .attr('x', live.x)
      .attr('width', live.width)
      .attr('y', middle - 11)
      .attr('height', 22)
      .attr('rx', 11)
      .attr('fill', model.live && model.running ? 'var(--bad)' : 'var(--surface-raised)')
      .attr('stroke', model.live && model.running ? 'var(--bad)' : 'var(--ink-faint)');
    keyed(this, 'text', 'word', [text], () => 0)
      .attr('x', live.x + live.width / 2)
      .attr('y', middle + 0.5)
      .attr('text-anchor', 'middle')
      .attr('dominant-baseline', 'central')
      .attr('font-size', 11)
      .attr('font-weight', 700)
      .attr('fill', model.live && model.running ? 'var(--surface-raised)' : 'var(--ink)')
      .text((d) => (d === 'LIVE' ? '● LIVE' : d));
  });
}
