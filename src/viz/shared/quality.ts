/** Viridis for quality: a colour for a value, and the bar that explains it. */
import { interpolateViridis } from 'd3';
import { keyed, layer } from './drawing.ts';
import { clamp, px } from './geometry.ts';
import { fitText, textWidth } from './text.ts';

export interface QualityScale {
  readonly low: number;
  readonly high: number;
  /** `none` for null, so that marks without a value are hollow. */
  readonly colour: (value: number | null) => string;
}

/** Viridis over the range of the values; the middle of it where all are equal. */
export function qualityScale(values: readonly (number | null)[]): QualityScale {
  const known = values.filter((value) => value !== null);
  const low = known.length > 0 ? Math.min(...known) : 0;
  const high = known.length > 0 ? Math.max(...known) : 1;
  const share = (value: number) => (high > low ? clamp((value - low) / (high - low), 0, 1) : 0.5);
  return {
    low,
    high,
    colour: (value) => (value === null ? 'none' : interpolateViridis(share(value))),
  };
}

const STRIPS = 24;
const WIDTH = 96;
const FONT = 11.5;

/** Draws name, lowest value, bar, highest value in one line around `y`, no wider than `width`. */
export function drawColourBar(
  svg: SVGSVGElement,
  scale: QualityScale,
  name: string,
  format: (value: number) => string,
  y: number,
  width: number,
): void {
  const parent = layer(svg, 'colour-bar').attr('aria-hidden', 'true').node();
  if (!parent) return;
  const { low, high } = scale;
  const ends = [format(low), format(high)];
  const room = width - WIDTH - 20 - textWidth(ends.join('  '), FONT);
  const texts = [`${fitText(name, room, FONT)} ${ends[0]}`, ends[1] ?? ''];
  const x = 4 + textWidth(texts[0] ?? '', FONT) + 6;
  const strips = Array.from({ length: STRIPS }, (_, i) => i);
  const pitch = WIDTH / STRIPS;
  keyed(parent, 'rect', 'strip', strips, (d) => d)
    .attr('x', (d) => px(x + d * pitch))
    .attr('width', px(pitch + 0.4))
    .attr('y', y - 5)
    .attr('height', 10)
    .attr('fill', (d) => scale.colour(low + ((high - low) * (d + 0.5)) / STRIPS));
  keyed(parent, 'rect', 'rim', [0], () => 0)
    .attr('x', px(x))
    .attr('width', WIDTH)
    .attr('y', y - 5)
    .attr('height', 10)
    .attr('fill', 'none')
    .attr('stroke', 'var(--ink-faint)');
  keyed(parent, 'text', 'bar-text', texts, (_d, i) => i)
    .attr('x', (_d, i) => px(i === 0 ? 4 : x + WIDTH + 6))
    .attr('y', y)
    .attr('dominant-baseline', 'central')
    .attr('font-size', FONT)
    .attr('fill', 'var(--ink-soft)')
    .text((d) => d);
}
