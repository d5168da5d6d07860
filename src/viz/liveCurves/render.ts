/** Networks trained alone, live: loss and accuracy against steps, a dash a network. */
import { bottomAxis, leftAxis } from '../shared/axes.ts';
import { drawChance } from '../shared/chanceLabel.ts';
import type { ChartOptions, Rendered } from '../shared/chart.ts';
import { categoryColour, categoryDash } from '../shared/colours.ts';
import { crosshair } from '../shared/crosshair.ts';
import {
  CURVE_FONT,
  type CurveLabel,
  drawCurveLabels,
  labelWidth,
  legendPlaces,
} from '../shared/curveLabels.ts';
import { frame, keyed, layer } from '../shared/drawing.ts';
import { stepKey } from '../shared/keys.ts';
import { drawNotes } from '../shared/plotMarks.ts';
import { CROSS_LINES } from '../shared/shapes.ts';
import { fitText, tick } from '../shared/text.ts';
import { HEADING, type LiveCurvesGeometry, layoutLiveCurves } from './layout.ts';
import type { LiveCurvesModel } from './model.ts';
import { describeLiveCurves, networkText } from './text.ts';

const DIAMOND = 'M0-6L6 0L0 6L-6 0Z';

export function renderLiveCurves(
  svg: SVGSVGElement,
  model: LiveCurvesModel,
  options: ChartOptions,
): Rendered {
  const size = { width: options.width, height: options.height ?? 320 };
  const geometry = layoutLiveCurves(model, size);
  drawAxes(svg, geometry);
  drawLines(svg, model, geometry);
  const axes = layer(svg, 'accuracy-axis').node();
  const over = layer(svg, 'chance').attr('aria-hidden', 'true').node();
  if (axes && over) drawChance(axes, over, geometry.chance);
  crosshair(svg, {
    area: { ...geometry.lossArea, bottom: geometry.accuracyArea.bottom },
    scale: geometry.x,
    steps: geometry.steps,
    label: 'Step of training; arrow keys move it',
    onStep: (index) => {
      const step = index === null ? null : (geometry.steps[index] ?? null);
      drawKey(svg, model, geometry, options, step);
      options.onHover?.(step === null ? null : stepKey(step));
    },
    onSelect: (index) => {
      const step = geometry.steps[index];
      if (step !== undefined) options.onSelect?.(stepKey(step));
    },
  });
  const height = drawKey(svg, model, geometry, options, null);
  frame(svg, size.width, height, describeLiveCurves(model), 'group');
  return { height };
}

function drawAxes(
  svg: SVGSVGElement,
  { lossArea, accuracyArea, x, loss, accuracy }: LiveCurvesGeometry,
): void {
  const lossAxis = layer(svg, 'loss-axis').attr('aria-hidden', 'true').node();
  const accuracyAxis = layer(svg, 'accuracy-axis').attr('aria-hidden', 'true').node();
  if (!lossAxis || !accuracyAxis) return;
  leftAxis(lossAxis, lossArea, loss, 'Training loss (nats)');
  leftAxis(accuracyAxis, accuracyArea, accuracy, HEADING, (v) => tick(100 * v));
  bottomAxis(accuracyAxis, accuracyArea, x, 'training steps');
}

function drawLines(
  svg: SVGSVGElement,
  model: LiveCurvesModel,
  { lines }: LiveCurvesGeometry,
): void {
  const parent = layer(svg, 'networks').attr('aria-hidden', 'true').node();
  if (!parent) return;
  const groups = keyed(parent, 'g', 'network', lines, (d) => d.key).attr('data-key', (d) => d.key);
  groups.each(function (d) {
    const colour = categoryColour(d.network.category);
    for (const name of ['loss', 'accuracy'] as const) {
      keyed(this, 'path', name, [d[name]], () => 0)
        .attr('fill', 'none')
        .attr('stroke', colour)
        .attr('stroke-width', d.key === model.selected ? 2.8 : 1.8)
        .attr('stroke-linejoin', 'round')
        .attr('stroke-dasharray', categoryDash(d.network.category))
        // A line of one point is seen by its caps alone; elsewhere they would fill its dashes.
        .attr('stroke-linecap', d.network.points.length === 1 ? 'round' : null)
        .attr('d', (one) => one);
    }
    keyed(this, 'path', 'test', d.test ? [d.test] : [], () => 0)
      .attr('transform', (one) => `translate(${one.x},${one.y})`)
      .attr('d', DIAMOND)
      .attr('fill', colour)
      .attr('stroke', 'var(--surface-raised)');
    keyed(this, 'path', 'broken', d.broken ? [d.broken] : [], () => 0)
      .attr('transform', (one) => `translate(${one.x},${one.y})`)
      .attr('d', CROSS_LINES)
      .attr('stroke', 'var(--bad)')
      .attr('stroke-width', 2.4);
  });
}

/** A row a network with its numbers at a step, or at the last; returns where the chart ends. */
function drawKey(
  svg: SVGSVGElement,
  model: LiveCurvesModel,
  geometry: LiveCurvesGeometry,
  options: ChartOptions,
  step: number | null,
): number {
  const texts = model.networks.map((network) => networkText(network, step));
  // Widths that do not depend on the step, so that entries stay in place under the cross-hair.
  const widths = model.networks.map(
    (network) => labelWidth(`${network.name}: loss 00.000 · 000.0 %`) + (anyTest(model) ? 84 : 0),
  );
  const places = legendPlaces(widths, geometry.width, geometry.height + 10);
  const labels = model.networks.map(
    (network, i): CurveLabel => ({
      key: network.key,
      category: network.category,
      x: places[i]?.x ?? 0,
      y: places[i]?.y ?? 0,
      text: fitText(texts[i] ?? '', (places[i]?.room ?? 0) + 8, CURVE_FONT),
      words: texts[i] ?? '',
      chosen: network.key === model.selected,
    }),
  );
  drawCurveLabels(svg, labels, options, 'network');
  const parent = layer(svg, 'note').attr('aria-hidden', 'true').node();
  const bottom = Math.max(geometry.height, ...places.map(({ y }) => y + 12));
  const signs = [
    ...(anyTest(model) ? ['◆ test accuracy'] : []),
    ...(model.networks.some((network) => network.diverged) ? ['✕ diverged'] : []),
  ];
  const note = signs.join(' · ');
  if (parent) {
    const x = geometry.accuracyArea.left;
    const y = geometry.accuracyArea.bottom + 33;
    drawNotes(parent, note ? [{ key: 'signs', x, y, anchor: 'start', text: note }] : [], 11.5);
  }
  return bottom;
}

const anyTest = (model: LiveCurvesModel) => model.networks.some(({ test }) => test !== null);
