/**
 * Architectures trained alone, one after another: a mark each by its origin, the best so far as a step
 * line, thin lines from parents to children; the chosen one stands out with its ancestors.
 */
import { bottomAxis, leftAxis } from '../shared/axes.ts';
import { drawChance } from '../shared/chanceLabel.ts';
import type { ChartOptions, Rendered } from '../shared/chart.ts';
import { at } from '../shared/curves.ts';
import { frame, keyed, layer, move } from '../shared/drawing.ts';
import { drawLegend, type LegendItem } from '../shared/legend.ts';
import { drawRules } from '../shared/plotMarks.ts';
import { roving } from '../shared/roving.ts';
import { fitText, tick } from '../shared/text.ts';
import { cardsOf } from '../shared/tooltip.ts';
import {
  type EvaluationsGeometry,
  layoutEvaluations,
  type PlacedEvaluation,
  RADIUS,
} from './layout.ts';
import { DIVERGED, lookAt, lookOf, originsOf } from './looks.ts';
import type { EvaluationsModel } from './model.ts';
import { describeEvaluations, evaluationLabel, evaluationLines, originCounts } from './text.ts';

const STEP_SWATCH = 'M-10 3H-1V-6H10V-3H2V6H-10Z';
const THREAD_SWATCH = 'M-10-.8H10V.8H-10Z';
const LEGEND = 26;
const LEGEND_FONT = 11.5;
const AROUND_LEGEND_TEXT = 40;

/** The key of a mark is the index of its evaluation, as text. */
export function renderEvaluations(
  svg: SVGSVGElement,
  model: EvaluationsModel,
  options: ChartOptions,
): Rendered {
  const wished = options.height ?? Math.round(Math.min(420, Math.max(280, options.width * 0.5)));
  const geometry = layoutEvaluations(model, { width: options.width, height: wished - LEGEND });
  drawGround(svg, model, geometry);
  drawLines(svg, model, geometry, options.motion);
  drawMarks(svg, model, geometry, options);
  const items = legendItems(model, geometry);
  const height = drawLegend(svg, items, geometry.height + 8, geometry.width) + 14;
  frame(svg, options.width, height, describeEvaluations(model), 'group');
  return { height };
}

function drawGround(
  svg: SVGSVGElement,
  { limit }: EvaluationsModel,
  { area, heading, x, y, floor, chance }: EvaluationsGeometry,
): void {
  const parent = layer(svg, 'ground').attr('aria-hidden', 'true').node();
  const guessing = layer(svg, 'guessing').attr('aria-hidden', 'true').node();
  if (!parent || !guessing) return;
  leftAxis(parent, area, y, heading, (value) => tick(100 * value));
  bottomAxis(parent, area, x, limit === null ? 'evaluation' : `evaluation, at most ${limit}`);
  const floors = floor === null ? [] : [floor];
  drawRules(
    parent,
    floors.map((at) => ({
      key: 'floor',
      x1: area.left,
      x2: area.right,
      y1: at,
      y2: at,
      dash: '1 3',
      colour: 'var(--ink-faint)',
    })),
  );
  keyed(parent, 'text', 'floor-text', floors, () => 0)
    .attr('x', area.left - 7)
    .attr('y', area.bottom - 11)
    .attr('text-anchor', 'end')
    .attr('font-size', 11)
    .attr('fill', 'var(--ink-soft)')
    .text('failed');
  drawChance(guessing, guessing, chance);
}

/** Descent below the best so far, both below the marks. */
function drawLines(
  svg: SVGSVGElement,
  model: EvaluationsModel,
  { lineages, thread, incumbent }: EvaluationsGeometry,
  motion: boolean,
): void {
  const parent = layer(svg, 'lines').attr('aria-hidden', 'true').attr('pointer-events', 'none');
  const group = parent.node();
  if (!group) return;
  const others = thread.opacity * (model.selected === null ? 1 : 0.5);
  keyed(group, 'path', 'lineage', lineages, (d) => d.key)
    .attr('fill', 'none')
    .attr('stroke', (d) => (d.family ? 'var(--accent)' : 'var(--ink-faint)'))
    .attr('stroke-width', (d) => (d.family ? 2.2 : thread.width))
    .attr('stroke-opacity', (d) => (d.family ? 1 : others))
    .call((lines) => move(lines, motion, { d: (d) => d.path }));
  const steps = incumbent.map(({ x, y }) => at(x, y)).join('L');
  keyed(group, 'path', 'incumbent', steps ? [`M${steps}`] : [], () => 0)
    .attr('fill', 'none')
    .attr('stroke', 'var(--ink)')
    .attr('stroke-width', 1.8)
    .attr('stroke-linejoin', 'round')
    .attr('d', (d) => d);
}

function drawMarks(
  svg: SVGSVGElement,
  model: EvaluationsModel,
  geometry: EvaluationsGeometry,
  options: ChartOptions,
): void {
  const under = layer(svg, 'chosen').attr('aria-hidden', 'true').node();
  const parent = layer(svg, 'marks').node();
  if (!under || !parent) return;
  const { marks, scale, reach } = geometry;
  const origins = originsOf(model);
  const chosen = marks.some(({ family }) => family);
  const rings = keyed(
    under,
    'circle',
    'ring',
    marks.filter(({ index }) => index === model.selected),
    (d) => d.key,
  )
    .attr('r', RADIUS * scale + 4)
    .attr('fill', 'none')
    .attr('stroke', 'var(--accent)')
    .attr('stroke-width', 2.2);
  move(rings, options.motion, { cx: (d) => d.x, cy: (d) => d.y });
  const groups = keyed(parent, 'g', 'mark', marks, (d) => d.key);
  move(groups, options.motion, { transform: (d) => `translate(${d.x},${d.y})` });
  groups
    .attr('opacity', (d) => (chosen && !d.family ? 0.45 : 1))
    .each(function (d) {
      keyed(this, 'circle', 'reach', [0], () => 0)
        .attr('r', reach)
        .attr('fill', 'transparent');
      // A cross is too thin for an outline of ink.
      const outlined = d.family && d.item.accuracy !== null;
      keyed(this, 'path', 'shape', [lookOf(origins, d.item)], () => 0)
        .attr('transform', `scale(${scale})`)
        .attr('fill', (look) => look.colour)
        .attr('stroke', outlined ? 'var(--ink)' : 'var(--surface-raised)')
        .attr('stroke-width', outlined ? 2.4 : 1.2)
        .attr('d', (look) => look.shape);
    });
  const card = ({ item, index }: PlacedEvaluation) => ({
    lines: evaluationLines(model, item, index),
  });
  const onHover = cardsOf(svg, marks, card, geometry, options.onHover);
  roving(
    groups,
    { onHover, onSelect: options.onSelect },
    (d) => d.key,
    (d) => evaluationLabel(model, d.item, d.index),
  );
}

/** Every origin with its count, then what else there is to see. */
function legendItems(model: EvaluationsModel, geometry: EvaluationsGeometry): LegendItem[] {
  const items: LegendItem[] = originCounts(model).map(({ kind, label, count }, place) => {
    const number = ` (${count})`;
    const room = geometry.width - AROUND_LEGEND_TEXT - number.length * LEGEND_FONT * 0.56;
    const text = `${fitText(label, room, LEGEND_FONT)}${number}`;
    return { key: `origin ${kind}`, text, ...lookAt(place) };
  });
  const diverged = model.evaluations.filter(({ accuracy }) => accuracy === null).length;
  if (diverged > 0) items.push({ key: 'diverged', text: `diverged (${diverged})`, ...DIVERGED });
  if (geometry.incumbent.length > 0) {
    items.push({
      key: 'incumbent',
      text: 'best so far',
      shape: STEP_SWATCH,
      colour: 'var(--ink)',
    });
  }
  if (geometry.lineages.length > 0) {
    const text = 'parent and child';
    items.push({ key: 'lineage', text, shape: THREAD_SWATCH, colour: 'var(--ink-faint)' });
  }
  return items;
}
