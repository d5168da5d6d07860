/** Where the predicted top k lie among all, sorted by truth. */
import type { Chart } from '../shared/chart.ts';
import type { TopKModel } from './model.ts';
import { renderTopK } from './render.ts';
import { describeTopK, tableTopK } from './text.ts';

export const topKChart: Chart<TopKModel> = {
  id: 'topK',
  title: 'Trusting the top',
  render: renderTopK,
  describe: describeTopK,
  table: tableTopK,
  fixtures: async () => (await import('./fixtures.ts')).fixtures,
};
