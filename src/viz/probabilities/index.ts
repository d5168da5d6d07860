/** One prediction as bars. */
import type { Chart } from '../shared/chart.ts';
import type { ProbabilitiesModel } from './model.ts';
import { renderProbabilities } from './render.ts';
import { describeProbabilities, tableProbabilities } from './text.ts';

export const probabilitiesChart: Chart<ProbabilitiesModel> = {
  id: 'probabilities',
  title: 'Class probabilities',
  render: renderProbabilities,
  describe: describeProbabilities,
  table: tableProbabilities,
  fixtures: async () => (await import('./fixtures.ts')).fixtures,
};
