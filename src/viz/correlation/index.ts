/** How well rankers correlate with the truth, step by step. */
import type { Chart } from '../shared/chart.ts';
import type { CorrelationCurveModel } from './model.ts';
import { renderCorrelation } from './render.ts';
import { describeCorrelation, tableCorrelation } from './text.ts';

export const correlationChart: Chart<CorrelationCurveModel> = {
  id: 'correlation',
  title: 'While the supernet trained',
  render: renderCorrelation,
  describe: describeCorrelation,
  table: tableCorrelation,
  fixtures: async () => (await import('./fixtures.ts')).fixtures,
};
