/** Legend of the space chart, with numbers: what bars, bands and badges mean and how many there are. */
import { ABOVE, BELOW } from '../shared/colours.ts';
import { drawLegend, type LegendItem, originItems } from '../shared/legend.ts';
import { share } from '../shared/text.ts';
import { barLimit, type SpaceGeometry } from './layout.ts';
import type { SpaceModel } from './model.ts';

function itemsOf(model: SpaceModel): readonly LegendItem[] {
  const limit = barLimit(model);
  const factor = String(Number((2 ** limit).toPrecision(2)));
  const sizes = [...new Set(model.stages.map((stage) => stage.candidates.length))];
  const uniform = sizes.map((k) => `1/${k} = ${share(1 / Math.max(1, k))}`).join(', ');
  const bar = (x: number) => `M${x}-3.5h9v7h-9Z`;
  const candidates = model.stages.flatMap((stage) => stage.candidates);
  const kinds = candidates.flatMap(({ origin }) => (origin ? [origin.kind] : []));
  return [
    { key: 'line', text: `uniform ${uniform}`, shape: 'M-1-8h2v16h-2Z', colour: 'var(--ink)' },
    { key: 'above', text: `above, full ×${factor}`, shape: bar(-4.5), colour: ABOVE },
    { key: 'below', text: `below, full ÷${factor}`, shape: bar(-4.5), colour: BELOW },
    ...(model.bestChoice
      ? [{ key: 'best', text: '★ best path', shape: 'M-8-2.5h16v5h-16Z', colour: 'var(--accent)' }]
      : []),
    ...originItems(kinds, model.originLabels),
  ];
}

/** Returns where the legend ends. */
export function drawSpaceLegend(
  svg: SVGSVGElement,
  model: SpaceModel,
  geometry: SpaceGeometry,
): number {
  return drawLegend(svg, itemsOf(model), geometry.legendY + 6, geometry.width) + 14;
}
