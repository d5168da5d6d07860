/** A whole network, stage by stage: layers, cells with every operation, shapes and costs. */
import { select } from 'd3';
import { formatFlops } from '../../core/format.ts';
import type { ChartOptions, Rendered } from '../shared/chart.ts';
import { drawCell } from '../shared/drawCell.ts';
import { frame, halo, keyed, layer, move } from '../shared/drawing.ts';
import { drawLegend } from '../shared/legend.ts';
import { roving } from '../shared/roving.ts';
import { fitText } from '../shared/text.ts';
import type { EdgeChange } from './cellDiff.ts';
import {
  layoutNetwork,
  type NetworkBox,
  type NetworkCard,
  type NetworkGeometry,
} from './layout.ts';
import type { NetworkModel } from './model.ts';
import { changeText, countText, describeNetwork, stageWords } from './text.ts';

const ADDED = 'var(--cat-1)';
const REMOVED = 'var(--cat-2)';

/** Stages are chosen by `stageKey`. @throws LabError as `networkParts` does. */
export function renderNetwork(
  svg: SVGSVGElement,
  model: NetworkModel,
  options: ChartOptions,
): Rendered {
  const geometry = layoutNetwork(model, options);
  drawTotals(svg, geometry);
  drawArrows(svg, geometry);
  drawCards(svg, model, geometry, options);
  const height = drawKey(svg, model, geometry);
  frame(svg, geometry.width, height, describeNetwork(model), 'group');
  return { height };
}

function drawTotals(svg: SVGSVGElement, { totals }: NetworkGeometry): void {
  const parent = layer(svg, 'totals').attr('aria-hidden', 'true').node();
  if (!parent) return;
  keyed(parent, 'text', 'total', totals, (_d, i) => i)
    .attr('x', 8)
    .attr('y', (_d, i) => 17 + i * 17)
    .attr('font-weight', (_d, i) => (i === 0 ? 600 : 400))
    .text((d) => d);
}

function drawArrows(svg: SVGSVGElement, { arrows }: NetworkGeometry): void {
  const parent = layer(svg, 'arrows').attr('aria-hidden', 'true').node();
  if (!parent) return;
  keyed(parent, 'path', 'arrow', arrows, (d) => d.key)
    .attr('fill', 'none')
    .attr('stroke', 'var(--ink-faint)')
    .attr('stroke-width', 2)
    .attr('d', (d) => d.path);
  keyed(parent, 'path', 'arrow-head', arrows, (d) => d.key)
    .attr('fill', 'var(--ink-faint)')
    .attr('d', (d) => d.head);
  keyed(parent, 'text', 'shape', arrows, (d) => d.key)
    .attr('x', (d) => d.label.x)
    .attr('y', (d) => d.label.y)
    .attr('text-anchor', (d) => d.label.anchor)
    .attr('font-size', 11.5)
    .call(halo)
    .attr('fill', 'var(--ink-soft)')
    .text((d) => d.text);
}

function drawCards(
  svg: SVGSVGElement,
  model: NetworkModel,
  geometry: NetworkGeometry,
  options: ChartOptions,
): void {
  const parent = layer(svg, 'cards').node();
  if (!parent) return;
  const chosen = model.selected?.stage ?? -1;
  const cards = keyed(parent, 'g', 'network-card', geometry.cards, (d) => d.key);
  move(cards, options.motion, { transform: (d) => `translate(${d.x},${d.y})` });
  cards.each(function (d) {
    const outer = d.kind !== 'stage';
    keyed(this, 'rect', 'card', [0], () => 0)
      .attr('width', d.width)
      .attr('height', d.height)
      .attr('rx', 8)
      .attr('fill', outer ? 'var(--surface-sunken)' : 'var(--surface-raised)')
      .attr('stroke', d.stage?.stage === chosen ? 'var(--accent)' : 'var(--line-strong)')
      .attr('stroke-width', d.stage?.stage === chosen ? 2.5 : 1);
    keyed(this, 'text', 'title', [d.title], () => 0)
      .attr('x', 10)
      .attr('y', 18)
      .attr('font-size', 13)
      .attr('font-weight', 600)
      .text((title) => title);
    drawBoxes(this, d);
    drawCardCell(this, d, options.motion);
  });
  roving(
    cards.filter((d) => d.stage !== null),
    options,
    (d) => d.key,
    (d) => (d.stage ? stageWords(model, d.stage) : ''),
  );
}

/** Lines of a part: what it does, its shape, its cost. */
function boxLines({ part }: NetworkBox, kind: NetworkCard['kind']): string[] {
  const { parameters, flops } = part.cost;
  const cost = `${countText(parameters)} par. · ${formatFlops(flops)}`;
  if (kind === 'input') return [part.output];
  if (kind === 'classifier')
    return [part.text, `${countText(parameters)} par.`, formatFlops(flops)];
  if (part.kind === 'pooling') return [part.text, `→ ${part.output}`];
  const change = part.change && part.kind === 'cell' ? [changeText(part.change)] : [];
  return [part.text.replace(', ReLU', ''), cost, ...change];
}

function drawBoxes(parent: SVGGElement, card: NetworkCard): void {
  const framed = card.boxes.filter(({ part }) => part.kind === 'stem' || part.kind === 'pooling');
  keyed(parent, 'rect', 'box', framed, (d) => d.part.kind)
    .attr('x', 8)
    .attr('y', (d) => d.y)
    .attr('width', card.width - 16)
    .attr('height', (d) => d.height)
    .attr('rx', 5)
    .attr('fill', 'var(--surface-sunken)')
    .attr('stroke', 'var(--line)');
  const centred = card.kind === 'stage';
  const lines = card.boxes.flatMap((box) => {
    const texts = boxLines(box, card.kind);
    const first = box.y + box.height / 2 - ((texts.length - 1) * 16) / 2;
    return texts.map((text, i) => ({
      key: `${box.part.kind}${i}`,
      y: first + i * 16,
      bold: i === 0,
      text: fitText(text, card.width - 18, 11.5),
    }));
  });
  keyed(parent, 'text', 'line', lines, (d) => d.key)
    .attr('x', centred ? card.width / 2 : 10)
    .attr('y', (d) => d.y)
    .attr('text-anchor', centred ? 'middle' : 'start')
    .attr('dominant-baseline', 'central')
    .attr('font-size', 11.5)
    .attr('fill', (d) => (d.bold ? 'var(--ink)' : 'var(--ink-soft)'))
    .text((d) => d.text);
}

function drawCardCell(parent: SVGGElement, card: NetworkCard, motion: boolean): void {
  const group = layer(parent, 'cell').node();
  const { cell, stage } = card;
  if (!group || !cell) return;
  const x = (card.width - cell.geometry.width) / 2;
  group.setAttribute('transform', `translate(${x},${cell.y})`);
  drawCell(group, cell.geometry, motion);
  // What a comparison before this drawing has left and `drawCell` does not set.
  select(group).selectAll('text.edge-name').attr('font-weight', null);
  const changes = stage?.diff?.changes;
  if (changes) markChanges(group, changes);
}

/** Recolours the edges of a drawn cell: added solid in one hue, removed dashed in another. */
function markChanges(group: SVGGElement, changes: ReadonlyMap<string, EdgeChange>): void {
  const of = (d: { readonly key: string }) => changes.get(d.key) ?? 'same';
  const colour = (d: { readonly key: string }, same: string) =>
    ({ added: ADDED, removed: REMOVED, same })[of(d)];
  const marks = select(group);
  marks
    .selectAll<SVGPathElement, { key: string; kind: string }>('path.edge')
    .attr('stroke', (d) => colour(d, 'var(--ink-faint)'))
    .attr('stroke-width', (d) => (of(d) === 'same' ? 1.3 : 2.6))
    .attr('stroke-dasharray', (d) => {
      if (of(d) === 'removed') return '6 4';
      return of(d) === 'same' && d.kind === 'identity' ? '2 3' : null;
    });
  marks
    .selectAll<SVGPathElement, { key: string }>('path.head')
    .attr('fill', (d) => colour(d, 'var(--ink-faint)'));
  marks
    .selectAll<SVGTextElement, { key: string; name: string }>('text.edge-name')
    .attr('fill', (d) => colour(d, 'var(--ink-soft)'))
    .attr('font-weight', (d) => (of(d) === 'same' ? 400 : 700))
    .text((d) => `${{ added: '+', removed: '−', same: '' }[of(d)]}${d.name}`);
}

const SOLID = 'M-10-1.5H10V1.5H-10Z';
const DASHED = 'M-10-1.5H-3V1.5H-10ZM2-1.5H9V1.5H2Z';
const DOTTED = 'M-10-1H-7V1H-10ZM-4-1H-1V1H-4ZM2-1H5V1H2ZM8-1H10V1H8Z';

function drawKey(
  svg: SVGSVGElement,
  model: NetworkModel,
  { parts, height, width }: NetworkGeometry,
): number {
  const soft = 'var(--ink-faint)';
  const edges = (change: EdgeChange) =>
    parts.stages
      .flatMap(({ diff }) => [...(diff?.changes.values() ?? [])])
      .filter((one) => one === change).length;
  const items = model.compare
    ? [
        { key: 'added', text: `+ only here (${edges('added')})`, shape: SOLID, colour: ADDED },
        {
          key: 'removed',
          text: `− only in the other (${edges('removed')})`,
          shape: DASHED,
          colour: REMOVED,
        },
        { key: 'same', text: `in both (${edges('same')})`, shape: SOLID, colour: soft },
      ]
    : [
        { key: 'operation', text: 'operation', shape: SOLID, colour: 'var(--ink)' },
        { key: 'identity', text: 'identity', shape: DOTTED, colour: soft },
      ];
  return drawLegend(svg, items, height + 12, width) + 14;
}
