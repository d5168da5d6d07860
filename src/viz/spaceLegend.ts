/** Legend of the space chart, with numbers: what bars, bands and badges mean and how many there are. */
import type { Origin } from '../core/strategies/types.ts';
import { ABOVE, BELOW, ORIGIN_KINDS, originLook } from './colours.ts';
import { keyed, layer, share, textWidth } from './common.ts';
import type { SpaceModel } from './models.ts';
import { barLimit, type SpaceGeometry } from './spaceLayout.ts';

interface Item {
  readonly key: string;
  readonly text: string;
  readonly shape: string;
  readonly colour: string;
}

function itemsOf(model: SpaceModel): readonly Item[] {
  const limit = barLimit(model);
  const factor = String(Number((2 ** limit).toPrecision(2)));
  const sizes = [...new Set(model.stages.map((stage) => stage.candidates.length))];
  const uniform = sizes.map((k) => `1/${k} = ${share(1 / Math.max(1, k))}`).join(', ');
  const bar = (x: number) => `M${x}-3.5h9v7h-9Z`;
  const counts = new Map<Origin['kind'], number>();
  for (const candidate of model.stages.flatMap((stage) => stage.candidates)) {
    const kind = candidate.origin?.kind;
    if (kind) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  const born = ORIGIN_KINDS.filter((kind) => counts.has(kind)).map((kind): Item => {
    const look = originLook(kind);
    return {
      key: kind,
      text: `${look.letter} ${look.name} (${counts.get(kind)})`,
      shape: look.shape,
      colour: look.colour,
    };
  });
  return [
    { key: 'line', text: `uniform ${uniform}`, shape: 'M-1-8h2v16h-2Z', colour: 'var(--ink)' },
    { key: 'above', text: `above, full ×${factor}`, shape: bar(-4.5), colour: ABOVE },
    { key: 'below', text: `below, full ÷${factor}`, shape: bar(-4.5), colour: BELOW },
    ...(model.bestChoice
      ? [{ key: 'best', text: '★ best path', shape: 'M-8-2.5h16v5h-16Z', colour: 'var(--accent)' }]
      : []),
    ...born,
  ];
}

/** Returns where the legend ends. */
export function drawSpaceLegend(
  svg: SVGSVGElement,
  model: SpaceModel,
  geometry: SpaceGeometry,
): number {
  const parent = layer(svg, 'legend').node();
  if (!parent) return geometry.height;
  let x = 4;
  let row = 0;
  const placed = itemsOf(model).map((item) => {
    const width = 22 + textWidth(item.text, 11.5) + 14;
    if (x + width > geometry.width && x > 4) {
      x = 4;
      row++;
    }
    const place = { ...item, x, y: geometry.legendY + 6 + row * 18 };
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
    .attr('font-size', 11.5)
    .attr('fill', 'var(--ink-soft)')
    .text((d) => d.text);
  return geometry.legendY + 20 + row * 18;
}
