/** Confusion matrix: what each class was taken for. Colour is the share of a row; right ones framed. */
import type { ChartOptions, Rendered } from '../shared/chart.ts';
import { frame, keyed, layer, move } from '../shared/drawing.ts';
import { clamp, px } from '../shared/geometry.ts';
import { confusionKey } from '../shared/keys.ts';
import { drawLegend } from '../shared/legend.ts';
import { roving } from '../shared/roving.ts';
import { textWidth, tick } from '../shared/text.ts';
import { type ConfusionCell, type ConfusionGeometry, FONT, layoutConfusion } from './layout.ts';
import type { ConfusionModel } from './model.ts';
import { cellWords, describeConfusion } from './text.ts';

export function renderConfusion(
  svg: SVGSVGElement,
  model: ConfusionModel,
  options: ChartOptions,
): Rendered {
  const geometry = layoutConfusion(model, options);
  drawLabels(svg, model, geometry);
  drawCells(svg, model, geometry, options);
  const height = drawKey(svg, geometry);
  frame(svg, geometry.width, height, describeConfusion(model), 'group');
  return { height };
}

/** Shares are small off the diagonal: the root spreads them. */
const strength = (share: number): number => Math.sqrt(share);

/** What stands out most from the fill: the dark theme's hues are light, the light one's dark. */
function textColour(opacity: number): string {
  if (opacity > 0.9) return 'var(--surface-raised)';
  return opacity > 0.62 ? 'light-dark(var(--ink), var(--surface-raised))' : 'var(--ink)';
}

const hue = (truth: number, predicted: number) =>
  truth === predicted ? 'var(--cat-1)' : 'var(--cat-2)';

function drawLabels(svg: SVGSVGElement, model: ConfusionModel, geometry: ConfusionGeometry): void {
  const parent = layer(svg, 'names').attr('aria-hidden', 'true').node();
  if (!parent) return;
  const { left, top, side, rowHeight, names, heads, recalls, recallX } = geometry;
  const n = model.classes.length;
  const middle = top + (n * rowHeight) / 2;
  const titles = [
    { key: 'predicted', text: 'taken for →', x: left, y: 13, turn: 0 },
    { key: 'truth', text: '← true class', x: 12, y: middle, turn: -90 },
  ];
  keyed(parent, 'text', 'title', titles, (d) => d.key)
    .attr('transform', (d) => `translate(${px(d.x)},${px(d.y)}) rotate(${d.turn})`)
    .attr('text-anchor', (d) => (d.turn === 0 ? 'start' : 'middle'))
    .attr('font-size', 12)
    .attr('font-weight', 600)
    .text((d) => d.text);
  keyed(parent, 'text', 'row', names, (_d, i) => i)
    .attr('x', left - 8)
    .attr('y', (_d, i) => px(top + (i + 0.5) * rowHeight))
    .attr('text-anchor', 'end')
    .attr('dominant-baseline', 'central')
    .attr('font-size', FONT)
    .text((d) => d);
  keyed(parent, 'text', 'column', heads, (_d, i) => i)
    .attr(
      'transform',
      (_d, i) => `translate(${px(left + (i + 0.5) * side)},${top - 7}) rotate(-50)`,
    )
    .attr('font-size', FONT)
    .text((d) => d);
  keyed(parent, 'text', 'recall', recalls, (_d, i) => i)
    .attr('x', recallX)
    .attr('y', (d) => d.y)
    .attr('text-anchor', 'end')
    .attr('dominant-baseline', 'central')
    .attr('font-size', FONT)
    .attr('fill', 'var(--ink-soft)')
    .text((d) => d.text);
}

function drawCells(
  svg: SVGSVGElement,
  model: ConfusionModel,
  geometry: ConfusionGeometry,
  options: ChartOptions,
): void {
  const parent = layer(svg, 'cells').node();
  if (!parent) return;
  const { side, rowHeight } = geometry;
  const font = clamp(side * 0.36, 8.5, 12);
  const chosen = model.selected
    ? confusionKey(model.selected.truth, model.selected.predicted)
    : null;
  const cells = keyed(parent, 'g', 'cell', geometry.cells, (d) => d.key);
  move(cells, options.motion, { transform: (d) => `translate(${d.x},${d.y})` });
  cells.each(function (d) {
    const right = d.truth === d.predicted;
    keyed(this, 'rect', 'box', [d], () => 0)
      .attr('x', 1)
      .attr('y', 1)
      .attr('width', side - 2)
      .attr('height', rowHeight - 2)
      .attr('rx', 2)
      .attr('fill', hue(d.truth, d.predicted))
      .attr('fill-opacity', px(100 * strength(d.share)) / 100)
      .attr('stroke', d.key === chosen || right ? 'var(--ink)' : 'var(--line)')
      .attr('stroke-width', d.key === chosen ? 2.6 : right ? 1.2 : 0.6);
    const texts = d.count > 0 ? [String(d.count), tick(d.count)] : [];
    const fitting = texts.find((text) => textWidth(text, font) <= side);
    keyed(this, 'text', 'count', fitting ? [fitting] : [], () => 0)
      .attr('x', side / 2)
      .attr('y', rowHeight / 2)
      .attr('text-anchor', 'middle')
      .attr('dominant-baseline', 'central')
      .attr('font-size', font)
      .attr('fill', textColour(strength(d.share)))
      .text((text) => text);
  });
  roving(
    cells,
    options,
    (d) => d.key,
    (d) => cellWords(model, d),
  );
  cells
    .selectAll<SVGTitleElement, ConfusionCell>('title')
    .data((d) => [d])
    .join('title')
    .text((d) => cellWords(model, d));
}

function drawKey(svg: SVGSVGElement, geometry: ConfusionGeometry): number {
  const square = 'M-9-9H9V9H-9Z';
  const items = [
    {
      key: 'right',
      text: 'recognised (framed, share at right)',
      shape: square,
      colour: 'var(--cat-1)',
    },
    { key: 'wrong', text: 'mistaken', shape: square, colour: 'var(--cat-2)' },
  ];
  const below = drawLegend(svg, items, geometry.height + 16, geometry.width);
  const parent = layer(svg, 'legend').node();
  if (!parent) return below;
  keyed(parent, 'text', 'note', [0], () => 0)
    .attr('x', 4)
    .attr('y', below + 18)
    .attr('dominant-baseline', 'central')
    .attr('font-size', FONT)
    .attr('fill', 'var(--ink-soft)')
    .text('share of the row:');
  const shades = [0.01, 0.1, 0.5, 1];
  const start = 4 + textWidth('share of the row:', FONT) + 4;
  keyed(parent, 'rect', 'shade', shades, (d) => d)
    .attr('x', (_d, i) => start + i * 58)
    .attr('y', below + 12)
    .attr('width', 14)
    .attr('height', 12)
    .attr('rx', 2)
    .attr('fill', 'var(--cat-1)')
    .attr('fill-opacity', strength)
    .attr('stroke', 'var(--line)');
  keyed(parent, 'text', 'shade-text', shades, (d) => d)
    .attr('x', (_d, i) => start + i * 58 + 18)
    .attr('y', below + 18)
    .attr('dominant-baseline', 'central')
    .attr('font-size', FONT)
    .attr('fill', 'var(--ink-soft)')
    .text((d) => `${100 * d} %`);
  return below + 34;
}
