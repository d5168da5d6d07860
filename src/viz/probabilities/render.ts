/** Class probabilities of one prediction as bars: the largest is the answer, the true class is marked. */
import type { ChartOptions, Rendered } from '../shared/chart.ts';
import { frame, keyed, layer, move } from '../shared/drawing.ts';
import { px } from '../shared/geometry.ts';
import { roving } from '../shared/roving.ts';
import { percent } from '../shared/text.ts';
import {
  FONT,
  layoutProbabilities,
  type ProbabilitiesGeometry,
  type ProbabilityBar,
  predictedClass,
  VALUE,
} from './layout.ts';
import type { ProbabilitiesModel } from './model.ts';
import { barWords, describeProbabilities } from './text.ts';

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
