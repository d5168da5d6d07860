/** The architecture weights in words and as a table. */
import type { ChartTable } from '../shared/chart.ts';
import { share } from '../shared/text.ts';
import type { AlphaModel } from './model.ts';

export function describeAlpha(model: AlphaModel): string {
  const last = model.weights[model.weights.length - 1];
  const step = model.steps[model.steps.length - 1];
  if (!last || step === undefined) return 'Architecture weights: no steps yet.';
  const stages = last.map(
    (weights, s) =>
      `stage ${s + 1} ${weights.map((w, i) => `candidate ${i + 1} ${share(w)}`).join(', ')}`,
  );
  return `Architecture weights at step ${step} of ${model.totalSteps}: ${stages.join('; ')}.`;
}

export function tableAlpha(model: AlphaModel): ChartTable {
  const first = model.weights[0] ?? [];
  return {
    columns: [
      'step',
      ...first.flatMap((c, s) => c.map((_, i) => `stage ${s + 1} candidate ${i + 1}`)),
    ],
    rows: model.steps.map((step, i) => [step, ...(model.weights[i] ?? []).flat()]),
  };
}
