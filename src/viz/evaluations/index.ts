/** Architectures trained alone, one after another, and the best so far. */
import type { Chart } from '../shared/chart.ts';
import type { EvaluationsModel } from './model.ts';
import { renderEvaluations } from './render.ts';
import { describeEvaluations, tableEvaluations } from './text.ts';

export const evaluationsChart: Chart<EvaluationsModel> = {
  id: 'evaluations',
  title: 'Evaluations',
  render: renderEvaluations,
  describe: describeEvaluations,
  table: tableEvaluations,
  fixtures: async () => (await import('./fixtures.ts')).fixtures,
};
