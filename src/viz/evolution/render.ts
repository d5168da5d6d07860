/**
 * The populations over time: a column a generation, in it the candidates of each stage, best first;
 * the mark says why a cell was born, its size is the weight, lines join elites to their parents.
 */
import { cellText } from '../cell/text.ts';
import { layoutCell } from '../shared/cellLayout.ts';
import type { ChartOptions, Rendered } from '../shared/chart.ts';
import { originLook } from '../shared/colours.ts';
import { drawCell } from '../shared/drawCell.ts';
import { frame, interactive, keyed, layer, move } from '../shared/drawing.ts';
import { px } from '../shared/geometry.ts';
import { memberKey } from '../shared/keys.ts';
import { drawLegend, originItems } from '../shared/legend.ts';
import { share } from '../shared/text.ts';
import { type EvolutionGeometry, HEAD, layoutEvolution } from './layout.ts';
import type { EvolutionModel } from './model.ts';
import { describeEvolution } from './text.ts';

export function renderEvolution(
  svg: SVGSVGElement,
  model: EvolutionModel,
  options: ChartOptions,
): Rendered {
  const geometry = layoutEvolution(model, options);
  const height = drawKey(svg, model, geometry);
  frame(svg, options.width, height, describeEvolution(model), 'group');
  drawFrame(svg, geometry);
  const lines = layer(svg, 'lineages').node();
  const parent = layer(svg, 'marks').node();
  if (!lines || !parent) return { height };
  keyed(lines, 'path', 'lineage', geometry.lineages, (d) => d.key)
    .attr('fill', 'none')
    .attr('stroke', 'var(--elite)')
    .attr('stroke-width', 2)
    .attr('stroke-opacity', 0.75)
    .call((s) => move(s, options.motion, { d: (d) => d.path }));
  const { selected } = model;
  const chosen = selected
    ? memberKey(selected.generation, selected.stage, selected.candidate)
    : null;
  const marks = keyed(parent, 'g', 'mark', geometry.marks, (d) => d.key);
  move(marks, options.motion, { transform: (d) => `translate(${d.x},${d.y}) scale(${d.scale})` });
  interactive(
    marks,
    options,
    (d) => d.key,
    (d) =>
      `generation ${d.generation + 1}, stage ${d.stage + 1}, candidate ${d.candidate + 1}, place ${d.place + 1}, weight ${share(d.item.weight)}. ${cellText(d.item.cell)}. ${d.item.why}`,
  );
  marks.each(function (d) {
    const look = originLook(d.item.origin.kind, model.originLabels);
    keyed(this, 'path', 'shape', [d], () => 0)
      .attr('d', look.shape)
      .attr('fill', look.colour)
      .attr('stroke', d.key === chosen ? 'var(--ink)' : 'var(--surface-raised)')
      .attr('stroke-width', d.key === chosen ? 4 : 1.5);
    keyed(this, 'text', 'letter', d.scale >= 0.55 ? [d] : [], () => 0)
      .attr('text-anchor', 'middle')
      .attr('dominant-baseline', 'central')
      .attr('y', look.letter === 'I' ? 2 : 0.5)
      .attr('font-size', 10.5)
      .attr('font-weight', 700)
      .attr('fill', 'var(--surface-raised)')
      .text(look.letter);
  });
  drawCells(svg, geometry, options);
  return { height };
}

/** The cells themselves, small, beside their badges. */
function drawCells(svg: SVGSVGElement, geometry: EvolutionGeometry, options: ChartOptions): void {
  const parent = layer(svg, 'cells')
    .attr('aria-hidden', 'true')
    .attr('pointer-events', 'none')
    .node();
  const { cell } = geometry;
  if (!parent) return;
  const groups = keyed(parent, 'g', 'cell', cell ? geometry.marks : [], (d) => d.key);
  if (!cell) return;
  move(groups, options.motion, {
    transform: (d) => `translate(${px(d.x + 14)},${px(d.y - cell.height / 2)})`,
  });
  groups.each(function (d) {
    const signature = `${d.item.cell}:${cell.width}`;
    if (this.getAttribute('data-cell') === signature) return;
    this.setAttribute('data-cell', signature);
    drawCell(this, layoutCell({ cell: d.item.cell, labels: false }, cell), false);
  });
}

function drawFrame(svg: SVGSVGElement, geometry: EvolutionGeometry): void {
  const parent = layer(svg, 'frame').attr('aria-hidden', 'true').node();
  if (!parent) return;
  const right = geometry.width - 4;
  keyed(parent, 'rect', 'band', geometry.bands, (d) => d.stage)
    .attr('x', geometry.left)
    .attr('width', Math.max(1, right - geometry.left))
    .attr('y', (d) => d.top - 3)
    .attr('height', (d) => d.height + 6)
    .attr('rx', 6)
    .attr('fill', 'var(--line)')
    .attr('fill-opacity', 0.35);
  keyed(parent, 'text', 'stage', geometry.bands, (d) => d.stage)
    .attr('x', 0)
    .attr('y', (d) => d.top + d.height / 2)
    .attr('dominant-baseline', 'central')
    .attr('font-size', 12)
    .attr('font-weight', 600)
    .text((d) => `Stage ${d.stage + 1}`);
  for (const end of ['best', 'last'] as const) {
    keyed(parent, 'text', end, geometry.bands, (d) => d.stage)
      .attr('x', geometry.left - 6)
      .attr('y', (d) => (end === 'best' ? d.top + 7 : d.top + d.height - 2))
      .attr('text-anchor', 'end')
      .attr('font-size', 10.5)
      .attr('fill', 'var(--ink-soft)')
      .text(end === 'best' ? '1st' : 'last');
  }
  keyed(
    parent,
    'text',
    'generation',
    geometry.columns.filter((d) => d.labelled),
    (d) => d.generation,
  )
    .attr('x', (d) => d.x)
    .attr('y', HEAD + 2)
    .attr('text-anchor', 'middle')
    .attr('font-size', 11)
    .attr('fill', 'var(--ink-soft)')
    .text((d) => d.generation + 1);
  keyed(
    parent,
    'text',
    'axis-label',
    [geometry.columns.length > 8 || geometry.width < 480 ? 'gen.' : 'generation'],
    () => 0,
  )
    .attr('x', 0)
    .attr('y', HEAD + 2)
    .attr('font-size', 11)
    .attr('fill', 'var(--ink-soft)')
    .text((d) => d);
}

/** Legend with counts and a note below it; returns where they end. */
function drawKey(svg: SVGSVGElement, model: EvolutionModel, geometry: EvolutionGeometry): number {
  const items = originItems(
    geometry.marks.map((mark) => mark.item.origin.kind),
    model.originLabels,
  );
  const below = drawLegend(svg, items, geometry.height + 6, geometry.width) + 20;
  const parent = layer(svg, 'legend').node();
  if (!parent) return geometry.height;
  const note =
    model.generations.length > 0 ? ['Size: weight. Best rank on top. Line: kept as elite.'] : [];
  keyed(parent, 'text', 'note', note, () => 0)
    .attr('x', 4)
    .attr('y', below)
    .attr('dominant-baseline', 'central')
    .attr('font-size', 11.5)
    .attr('fill', 'var(--ink-soft)')
    .text((d) => d);
  return below + 12;
}
