/** The correlation against steps in words and as a table. */
import type { ChartTable } from '../shared/chart.ts';
import { estimateWords, statistic } from '../shared/estimate.ts';
import type { CorrelationCurveModel } from './model.ts';

export function describeCorrelation(model: CorrelationCurveModel): string {
  const lines = model.lines.flatMap(({ name, points }) => {
    const known = points.filter((point) => point.value !== null);
    const [first, last] = [known[0], known[known.length - 1]];
    return first && last
      ? [
          `${name} from ${statistic(first.value)} at step ${first.step} to ${estimateWords(last)} at step ${last.step}`,
        ]
      : [];
  });
  if (lines.length === 0) return `${model.metric} against supernet steps: no readouts yet.`;
  const alpha = model.alphaFrom === null ? '' : ` Alpha moves from step ${model.alphaFrom}.`;
  const ceiling = model.ceiling === null ? '' : ` Noise ceiling ${statistic(model.ceiling)}.`;
  return `${model.metric} against supernet steps: ${lines.join('; ')}.${alpha}${ceiling}`;
}

export function tableCorrelation(model: CorrelationCurveModel): ChartTable {
  return {
    columns: ['ranker', 'step', model.metric, 'low', 'high'],
    rows: model.lines.flatMap(({ name, points }) =>
      points.map(({ step, value, interval }) => [
        name,
        step,
        value ?? 'n/a',
        interval?.[0] ?? '',
        interval?.[1] ?? '',
      ]),
    ),
  };
}
