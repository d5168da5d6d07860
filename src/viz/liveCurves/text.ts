/** Networks trained alone in words and as a table. */
import type { ChartTable } from '../shared/chart.ts';
import { lossText, percent } from '../shared/text.ts';
import type { Network } from './layout.ts';
import type { LiveCurvesModel } from './model.ts';

export function networkText(network: Network, step: number | null): string {
  const { points, name } = network;
  const point = step === null ? points.at(-1) : points.findLast((one) => one.step <= step);
  if (!point) return `${name} –`;
  const loss = Number.isFinite(point.loss) ? `loss ${point.loss.toFixed(3)}` : 'diverged';
  const test = network.test === null ? '' : ` (test ${percent(network.test)})`;
  return `${name}: ${loss} · ${percent(point.accuracy)}${test}`;
}

export function describeLiveCurves(model: LiveCurvesModel): string {
  const networks = model.networks.flatMap(({ name, points, test, diverged }) => {
    const last = points.at(-1);
    if (!last) return [`${name}: no steps yet`];
    const end = diverged ? ', diverged' : test === null ? '' : `, test accuracy ${percent(test)}`;
    return [
      `${name} at step ${last.step} of ${model.totalSteps}: loss ${lossText(last.loss, 2)}, accuracy ${percent(last.accuracy)}${end}`,
    ];
  });
  if (networks.length === 0) return 'Training alone: no networks yet.';
  return `Training alone. ${networks.join('. ')}.`;
}

export function tableLiveCurves(model: LiveCurvesModel): ChartTable {
  return {
    columns: ['network', 'step', 'loss (nats)', 'accuracy'],
    rows: model.networks.flatMap(({ name, points }) =>
      points.map((point) => [name, point.step, point.loss, point.accuracy]),
    ),
  };
}
