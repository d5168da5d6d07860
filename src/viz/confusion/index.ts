/** What images of each class were taken for. */
import type { Chart } from '../shared/chart.ts';
import type { ConfusionModel } from './model.ts';
import { renderConfusion } from './render.ts';
import { describeConfusion, tableConfusion } from './text.ts';

export const confusionChart: Chart<ConfusionModel> = {
  id: 'confusion',
  title: 'Confusion',
  render: renderConfusion,
  describe: describeConfusion,
  table: tableConfusion,
  fixtures: async () => (await import('./fixtures.ts')).fixtures,
};
