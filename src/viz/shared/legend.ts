/** Rows of swatches with text, wrapped to the width; and the items that tell where cells came from. */
import { type OriginLabels, originKinds, originLook } from './colours.ts';
import { keyed, layer } from './drawing.ts';
import { textWidth } from './text.ts';

export interface LegendItem {
  readonly key: string;
  readonly text: string;
  /** Path of the swatch, in a square of 20 around the origin. */
  readonly shape: string;
  readonly colour: string;
}

const LEFT = 4;
const ROW = 18;
const FONT = 11.5;
/** Room for the swatch before a text and for the gap after it. */
const AROUND_TEXT = 34;

/** One item a kind of birth that occurs, with its count. */
export function originItems(kinds: readonly string[], labels: OriginLabels): LegendItem[] {
  return originKinds(kinds).map((kind) => {
    const { letter, name, shape, colour } = originLook(kind, labels);
    const count = kinds.filter((one) => one === kind).length;
    return { key: kind, text: `${letter} ${name} (${count})`, shape, colour };
  });
}

/** Draws the items; returns the middle of the last row. `top` is the middle of the first. */
export function drawLegend(
  svg: SVGSVGElement,
  items: readonly LegendItem[],
  top: number,
  fullWidth: number,
): number {
  const parent = layer(svg, 'legend').node();
  if (!parent) return top;
  let x = LEFT;
  let y = top;
  const placed = items.map((item) => {
    const width = textWidth(item.text, FONT) + AROUND_TEXT;
    if (x + width > fullWidth && x > LEFT) {
      x = LEFT;
      y += ROW;
    }
    const place = { ...item, x, y };
    x += width;
    return place;
  });
  keyed(parent, 'path', 'swatch', placed, (d) => d.key)
    .attr('transform', (d) => `translate(${d.x + 8},${d.y}) scale(0.75)`)
    .attr('fill', (d) => d.colour)
    .attr('d', (d) => d.shape);
  keyed(parent, 'text', 'legend-text', placed, (d) => d.key)
    .attr('x', (d) => d.x + 20)
    .attr('y', (d) => d.y)
    .attr('dominant-baseline', 'central')
    .attr('font-size', FONT)
    .attr('fill', 'var(--ink-soft)')
    .text((d) => d.text);
  return y;
}
