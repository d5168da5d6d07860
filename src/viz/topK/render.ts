/** Where the predicted top k lie among all, sorted by truth: regret and precision as distances. */
import { bottomAxis, leftAxis } from '../shared/axes.ts';
import type { ChartOptions, Rendered } from '../shared/chart.ts';
import { frame, keyed, layer, move } from '../shared/drawing.ts';
import { place } from '../shared/estimate.ts';
import { clamp } from '../shared/geometry.ts';
import { drawLegend, type LegendItem } from '../shared/legend.ts';
import { drawNotes, drawRules, type Note, type Rule } from '../shared/plotMarks.ts';
import { roving } from '../shared/roving.ts';
import { CROSS, DISC } from '../shared/shapes.ts';
import { tick } from '../shared/text.ts';
import { cardsOf } from '../shared/tooltip.ts';
import { layoutTopK, type TopKGeometry, type TopKMark } from './layout.ts';
import type { TopKModel } from './model.ts';
import { describeTopK, lines, precisionText, regretText } from './text.ts';

const DIAMOND = 'M0-10L10 0L0 10L-10 0Z';

const HOLLOW_DIAMOND = `${DIAMOND}M0-6L-6 0L0 6L6 0Z`;

const HOLLOW_CIRCLE = `${DISC}M-3.6 0A3.6 3.6 0 1 0 3.6 0A3.6 3.6 0 1 0-3.6 0Z`;

export function renderTopK(svg: SVGSVGElement, model: TopKModel, options: ChartOptions): Rendered {
  const height = (options.height ?? 300) - 26;
  const geometry = layoutTopK(model, { width: options.width, height });
  drawGround(svg, model, geometry);
  drawMarks(svg, model, geometry, options);
  const bottom = drawLegend(svg, legendItems(geometry), height + 8, geometry.width) + 14;
  frame(svg, geometry.width, bottom, describeTopK(model), 'group');
  return { height: bottom };
}

function drawGround(svg: SVGSVGElement, model: TopKModel, geometry: TopKGeometry): void {
  const parent = layer(svg, 'ground').attr('aria-hidden', 'true').node();
  if (!parent) return;
  const { area, border, regret, floor, x, y } = geometry;
  keyed(parent, 'rect', 'wanted', [border], () => 0)
    .attr('x', area.left)
    .attr('width', (d) => d - area.left)
    .attr('y', area.top)
    .attr('height', area.bottom - area.top)
    .attr('fill', 'var(--accent-soft)');
  leftAxis(parent, area, y, 'Accuracy alone (%)', (v) => tick(100 * v));
  bottomAxis(parent, area, x, 'place by accuracy (1: best)');
  const ink = 'var(--ink)';
  const line = (key: string, at: number): Rule => ({
    key,
    x1: area.left,
    x2: regret?.x ?? area.left,
    y1: at,
    y2: at,
    dash: '2 3',
    colour: ink,
  });
  const rules: Rule[] = [];
  if (regret && regret.bottom - regret.top > 1) {
    rules.push(line('best', regret.top), line('chosen', regret.bottom), {
      key: 'regret',
      x1: regret.x,
      x2: regret.x,
      y1: regret.top,
      y2: regret.bottom,
      dash: null,
      colour: 'var(--cat-2)',
      width: 3,
    });
  }
  if (floor !== null) rules.push({ ...line('floor', floor), x2: area.right, dash: '1 3' });
  drawRules(parent, rules);
  drawNotes(parent, notesOf(model, geometry), 12);
}

function notesOf(model: TopKModel, { area, border, regret, floor, width }: TopKGeometry): Note[] {
  const narrow = width < 520;
  const notes: Note[] = [
    {
      key: 'facts',
      x: narrow ? area.left : area.right,
      y: 14,
      anchor: narrow ? 'start' : 'end',
      text: narrow ? precisionText(model) : `${regretText(model)} · ${precisionText(model)}`,
    },
  ];
  if (narrow) {
    notes.push({ key: 'regret', x: area.left, y: 31, anchor: 'start', text: regretText(model) });
  }
  // Beside the border when the shaded span is too short to write over.
  notes.push({
    key: 'wanted',
    x: clamp(border + 6, area.left, area.right - 90),
    y: area.bottom - (floor === null ? 8 : 30),
    anchor: 'start',
    text: `◂ true top ${model.k}`,
  });
  if (regret && regret.bottom - regret.top > 18) {
    const late = regret.x > area.right - 60;
    notes.push({
      key: 'gap',
      x: regret.x + (late ? -8 : 8),
      y: (regret.top + regret.bottom) / 2 + 4,
      anchor: late ? 'end' : 'start',
      text: 'regret',
    });
  }
  return notes;
}

/** Filled diamond: predicted; hollow diamond: by a tie; circle: not. Orange: missed or wrong. */
function look(mark: TopKMark): { readonly shape: string; readonly colour: string } {
  if (mark.item.accuracy === null) return { shape: CROSS, colour: 'var(--bad)' };
  const right = mark.wanted;
  if (mark.predicted === 'no') {
    return { shape: HOLLOW_CIRCLE, colour: right ? 'var(--cat-2)' : 'var(--ink-faint)' };
  }
  const colour = right ? 'var(--cat-1)' : 'var(--cat-2)';
  return { shape: mark.predicted === 'yes' ? DIAMOND : HOLLOW_DIAMOND, colour };
}

function drawMarks(
  svg: SVGSVGElement,
  model: TopKModel,
  geometry: TopKGeometry,
  options: ChartOptions,
): void {
  const parent = layer(svg, 'marks').node();
  if (!parent) return;
  const chosen = new Set(model.selected);
  const size = clamp(geometry.pitch / 22, 0.4, 0.8);
  const marks = keyed(parent, 'g', 'mark', geometry.marks, (d) => d.key);
  move(marks, options.motion, { transform: (d) => `translate(${d.x},${d.y})` });
  marks.each(function (d) {
    keyed(this, 'circle', 'reach', [0], () => 0)
      .attr('r', 11)
      .attr('fill', 'transparent');
    keyed(this, 'circle', 'ring', chosen.has(d.key) ? [0] : [], () => 0)
      .attr('r', 11)
      .attr('fill', 'none')
      .attr('stroke', 'var(--accent)')
      .attr('stroke-width', 2.2);
    keyed(this, 'path', 'shape', [look(d)], () => 0)
      .attr('transform', `scale(${size})`)
      .attr('fill', (one) => one.colour)
      .attr('d', (one) => one.shape);
    const numbered = d.predicted !== 'no' && geometry.pitch >= 17 ? [d.item.scoreRank] : [];
    keyed(this, 'text', 'number', numbered, () => 0)
      .attr('y', 18)
      .attr('text-anchor', 'middle')
      .attr('font-size', 10.5)
      .attr('fill', 'var(--ink)')
      .attr('pointer-events', 'none')
      .text(place);
  });
  const card = ({ item, place: truth }: TopKMark) => ({
    lines: lines(model, item, truth),
    cells: item.cells,
  });
  const onHover = cardsOf(svg, geometry.marks, card, geometry, options.onHover);
  roving(
    marks,
    {
      onHover,
      onSelect: options.onSelect,
    },
    (d) => d.key,
    (d) => lines(model, d.item, d.place).join(', '),
  );
}

function legendItems({ marks }: TopKGeometry): LegendItem[] {
  const count = (wanted: boolean, predicted: boolean) =>
    marks.filter((mark) => mark.wanted === wanted && (mark.predicted !== 'no') === predicted)
      .length;
  const tied = marks.filter((mark) => mark.predicted === 'tied').length;
  return [
    {
      key: 'hit',
      text: `predicted, right (${count(true, true)})`,
      shape: DIAMOND,
      colour: 'var(--cat-1)',
    },
    {
      key: 'false',
      text: `predicted, wrong (${count(false, true)})`,
      shape: DIAMOND,
      colour: 'var(--cat-2)',
    },
    {
      key: 'missed',
      text: `missed (${count(true, false)})`,
      shape: HOLLOW_CIRCLE,
      colour: 'var(--cat-2)',
    },
    ...(tied > 0
      ? [
          {
            key: 'tied',
            text: `by a tie (${tied})`,
            shape: HOLLOW_DIAMOND,
            colour: 'var(--ink-soft)',
          },
        ]
      : []),
  ];
}
