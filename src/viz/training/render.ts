/** Loss and accuracy against steps: two plots over one axis, one line a training. */
import { bottomAxis, leftAxis, type PlotArea } from '../shared/axes.ts';
import { drawChance } from '../shared/chanceLabel.ts';
import type { ChartOptions, Rendered } from '../shared/chart.ts';
import { crosshair } from '../shared/crosshair.ts';
import { frame, keyed, layer } from '../shared/drawing.ts';
import { stepKey } from '../shared/keys.ts';
import { lossText, percent, tick } from '../shared/text.ts';
import { HEADING, layoutTraining, type TrainingGeometry } from './layout.ts';
import type { TrainingModel, TrainingPoint } from './model.ts';
import { describeTraining } from './text.ts';

export function renderTraining(
  svg: SVGSVGElement,
  model: TrainingModel,
  options: ChartOptions,
): Rendered {
  const height = options.height ?? 320;
  const geometry = layoutTraining(model, { width: options.width, height });
  const { lossArea, accuracyArea, x } = geometry;
  frame(svg, options.width, height, describeTraining(model), 'group');
  const back = layer(svg, 'spans').attr('aria-hidden', 'true').node();
  const axes = layer(svg, 'axes').attr('aria-hidden', 'true').node();
  const front = layer(svg, 'lines').attr('aria-hidden', 'true').node();
  const over = layer(svg, 'chance').attr('aria-hidden', 'true').node();
  if (!back || !axes || !front || !over) return { height };
  for (const [name, area] of [
    ['loss', lossArea],
    ['accuracy', accuracyArea],
  ] as const) {
    keyed(back, 'rect', `frozen-${name}`, geometry.frozen, (_d, i) => i)
      .attr('x', (d) => d.x)
      .attr('width', (d) => d.width)
      .attr('y', area.top)
      .attr('height', area.bottom - area.top)
      .attr('fill', 'var(--accent-soft)')
      .attr('fill-opacity', 0.7);
    keyed(back, 'line', `boundary-${name}`, geometry.boundaries, (d) => d.generation)
      .attr('x1', (d) => d.x)
      .attr('x2', (d) => d.x)
      .attr('y1', area.top)
      .attr('y2', area.bottom)
      .attr('stroke', 'var(--ink-faint)')
      .attr('stroke-opacity', 0.6);
  }
  const named = geometry.boundaries.filter((d, i) => d.width >= 30 || i % 5 === 0);
  keyed(back, 'text', 'generation', named, (d) => d.generation)
    .attr('x', (d) => d.x + 4)
    .attr('y', accuracyArea.top - 9 + 20)
    .attr('font-size', 11)
    .attr('fill', 'var(--ink-soft)')
    .text((d) => `${d.generation + 1}`);
  drawAxes(axes, geometry);
  drawChance(axes, over, geometry.chance);
  const strokes = [
    ['loss', 'var(--cat-1)'],
    ['accuracy', 'var(--cat-3)'],
  ] as const;
  for (const [name, colour] of strokes) {
    keyed(front, 'path', name, geometry.lines, (d) => d.training)
      .attr('fill', 'none')
      .attr('stroke', colour)
      .attr('stroke-width', 1.8)
      .attr('stroke-linejoin', 'round')
      // A line of one point is seen by its caps alone.
      .attr('stroke-linecap', 'round')
      .attr('d', (d) => d[name]);
  }
  readout(svg, geometry, model, null);
  const whole: PlotArea = { ...lossArea, bottom: accuracyArea.bottom };
  crosshair(svg, {
    area: whole,
    scale: x,
    steps: model.points.map((point) => point.step),
    label: 'Step of training; arrow keys move it',
    onStep: (index) => {
      const point = index === null ? undefined : model.points[index];
      readout(svg, geometry, model, point ?? null);
      options.onHover?.(point ? stepKey(point.step) : null);
    },
    onSelect: (index) => {
      const point = model.points[index];
      if (point) options.onSelect?.(stepKey(point.step));
    },
  });
  return { height };
}

function drawAxes(parent: SVGElement, geometry: TrainingGeometry): void {
  const lossAxis = layer(parent, 'loss-axis').node();
  const accuracyAxis = layer(parent, 'accuracy-axis').node();
  if (!lossAxis || !accuracyAxis) return;
  leftAxis(
    lossAxis,
    geometry.lossArea,
    geometry.loss,
    geometry.width < 520 ? 'Loss (nats)' : 'Loss (cross-entropy, nats)',
  );
  leftAxis(accuracyAxis, geometry.accuracyArea, geometry.accuracy, HEADING, (v) => tick(100 * v));
  bottomAxis(accuracyAxis, geometry.accuracyArea, geometry.x, 'training steps since the start');
}

/** Legend with numbers: the point under the cross-hair, or the last one. */
function readout(
  svg: SVGSVGElement,
  geometry: TrainingGeometry,
  model: TrainingModel,
  point: TrainingPoint | null,
): void {
  const parent = layer(svg, 'readout').attr('aria-hidden', 'true').node();
  if (!parent) return;
  const shown = point ?? model.points[model.points.length - 1];
  const shaded = geometry.frozen.length > 0 && geometry.width >= 520 ? 'shaded: α frozen · ' : '';
  const rows = shown
    ? [
        {
          y: geometry.lossArea.top - 9,
          text: `${shaded}step ${shown.step}: ${lossText(shown.loss, 3)}`,
        },
        {
          y: geometry.accuracyArea.top - 9,
          text: percent(shown.accuracy),
        },
      ]
    : [];
  keyed(parent, 'text', 'value', rows, (_d, i) => i)
    .attr('x', geometry.lossArea.right)
    .attr('y', (d) => d.y)
    .attr('text-anchor', 'end')
    .attr('font-size', 12)
    .attr('fill', 'var(--ink-soft)')
    .text((d) => d.text);
}
