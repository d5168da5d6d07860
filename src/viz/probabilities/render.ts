/** Class probabilities of one prediction as bars: the largest is the answer, the true class is marked. */

import type { ChartOptions, ChartTable, Rendered, Size } from '../shared/chart.ts';
import { clamp, frame, keyed, layer, move, percent, px, textWidth } from '../shared/common.ts';
import { roving } from '../shared/roving.ts';
import { classKey } from '../shared/studyKeys.ts';
import { fitText } from '../shared/studyText.ts';
import type { ProbabilitiesModel } from './model.ts';

export interface ProbabilityBar {
  readonly key: string;
  readonly index: number;
  readonly name: string;
  readonly probability: number;
  readonly y: number;
  readonly width: number;
  readonly predicted: boolean;
  readonly truth: boolean;
}

export interface ProbabilitiesGeometry extends Size {
  readonly left: number;
  readonly right: number;
  readonly row: number;
  readonly bars: readonly ProbabilityBar[];
}

const FONT = 12;
const VALUE = 58;
const LONGEST = 520;

/** Index of the largest probability, the first of equals; −1 without classes. */
export function predictedClass({ probabilities }: ProbabilitiesModel): number {
  return probabilities.reduce(
    (best, value, i) => (value > (probabilities[best] ?? Number.NEGATIVE_INFINITY) ? i : best),
    -1,
  );
}

/** A row a class in the order of the classes, so that bars stay in place from image to image. */
export function layoutProbabilities(
  model: ProbabilitiesModel,
  size: { readonly width: number; readonly height?: number | undefined },
): ProbabilitiesGeometry {
  const { classes, probabilities, truth } = model;
  const n = Math.max(1, classes.length);
  const names = Math.max(12, ...classes.map((name) => textWidth(name, FONT)));
  const labels = Math.min(names, size.width * 0.36);
  const left = 24 + labels;
  const right = clamp(size.width - VALUE, left + 24, left + LONGEST);
  const row = size.height ? clamp(size.height / n, 15, 28) : 22;
  const predicted = predictedClass(model);
  const bars = classes.map((name, index): ProbabilityBar => {
    const probability = probabilities[index] ?? 0;
    return {
      key: classKey(index),
      index,
      name: fitText(name, labels, FONT),
      probability,
      y: px(index * row),
      width: px((right - left) * clamp(probability, 0, 1)),
      predicted: index === predicted,
      truth: index === truth,
    };
  });
  return { width: size.width, height: px(n * row), left: px(left), right: px(right), row, bars };
}

export function renderProbabilities(
  svg: SVGSVGElement,
  model: ProbabilitiesModel,
  options: ChartOptions,
): Rendered {
  const geometry = layoutProbabilities(model, options);
  const { left, right, row, bars } = geometry;
  const foot = model.truth === null ? 4 : 20;
  const height = geometry.height + foot;
  frame(svg, geometry.width, height, describeProbabilities(model), 'group');
  const parent = layer(svg, 'bars').node();
  if (!parent) return { height };
  const rows = keyed(parent, 'g', 'class', bars, (d) => d.key);
  rows.attr('transform', (d) => `translate(0,${d.y})`);
  rows.each(function (d) {
    keyed(this, 'rect', 'track', [0], () => 0)
      .attr('x', left)
      .attr('y', px(row * 0.18))
      .attr('width', right - left)
      .attr('height', px(row * 0.64))
      .attr('rx', 2)
      .attr('fill', 'var(--line)')
      .attr('fill-opacity', 0.5);
    const bar = keyed(this, 'rect', 'bar', [d], () => 0)
      .attr('x', left)
      .attr('y', px(row * 0.18))
      .attr('height', px(row * 0.64))
      .attr('rx', 2);
    bar.attr('fill', barColour(d, model));
    move(bar, options.motion, { width: (one) => one.width });
    keyed(this, 'text', 'mark', d.truth ? ['✓'] : [], () => 0)
      .attr('x', 3)
      .attr('y', row / 2)
      .attr('dominant-baseline', 'central')
      .attr('font-size', 13)
      .attr('font-weight', 700)
      .attr('fill', 'var(--good)')
      .text((t) => t);
    const texts = [
      { key: 'name', x: left - 7, anchor: 'end', text: d.name },
      { key: 'value', x: right + VALUE - 4, anchor: 'end', text: percent(d.probability) },
    ];
    keyed(this, 'text', 'text', texts, (t) => t.key)
      .attr('x', (t) => t.x)
      .attr('y', row / 2)
      .attr('text-anchor', (t) => t.anchor)
      .attr('dominant-baseline', 'central')
      .attr('font-size', FONT)
      .attr('font-weight', d.predicted ? 700 : 400)
      .attr('fill', d.predicted || d.truth ? 'var(--ink)' : 'var(--ink-soft)')
      .text((t) => t.text);
  });
  roving(rows, options, (d) => d.key, barWords);
  drawNote(svg, model, geometry);
  return { height };
}

/** Green: the true class is the answer. Orange: the answer is wrong. */
function barColour(d: ProbabilityBar, { truth }: ProbabilitiesModel): string {
  if (d.predicted && truth !== null) return d.truth ? 'var(--cat-3)' : 'var(--cat-2)';
  if (d.predicted) return 'var(--cat-1)';
  return d.truth ? 'var(--cat-3)' : 'var(--ink-faint)';
}

const barWords = (d: ProbabilityBar): string =>
  `${d.name} ${percent(d.probability)}${d.predicted ? ', predicted' : ''}${d.truth ? ', true class' : ''}`;

function drawNote(
  svg: SVGSVGElement,
  model: ProbabilitiesModel,
  { height }: ProbabilitiesGeometry,
): void {
  const parent = layer(svg, 'note').attr('aria-hidden', 'true').node();
  if (!parent) return;
  const right = predictedClass(model) === model.truth;
  const texts =
    model.truth === null ? [] : [`✓ true class · bold: predicted, ${right ? 'right' : 'wrong'}`];
  keyed(parent, 'text', 'words', texts, () => 0)
    .attr('x', 3)
    .attr('y', height + 11)
    .attr('dominant-baseline', 'central')
    .attr('font-size', 11.5)
    .attr('fill', 'var(--ink-soft)')
    .text((d) => d);
}

export function describeProbabilities(model: ProbabilitiesModel): string {
  const { classes, probabilities, truth } = model;
  const best = predictedClass(model);
  if (best < 0) return 'Class probabilities: no prediction yet.';
  const verdict =
    truth === null
      ? ''
      : truth === best
        ? ' It is right.'
        : ` It is wrong: the true class is ${classes[truth]} with ${percent(probabilities[truth] ?? 0)}.`;
  return `Predicted: ${classes[best]} with ${percent(probabilities[best] ?? 0)}.${verdict}`;
}

export function tableProbabilities(model: ProbabilitiesModel): ChartTable {
  const best = predictedClass(model);
  return {
    columns: ['class', 'probability', 'predicted', 'true class'],
    rows: model.classes.map((name, i) => [
      name,
      model.probabilities[i] ?? 0,
      i === best ? 'yes' : '',
      i === model.truth ? 'yes' : '',
    ]),
  };
}
