/** What a ranker predicts against accuracies of networks trained alone. */
import type { Chart } from '../shared/chart.ts';
import type { RankScatterModel } from './model.ts';
import { renderRankScatter } from './render.ts';
import { describeRankScatter, tableRankScatter } from './text.ts';

export const rankScatterChart: Chart<RankScatterModel> = {
  id: 'rankScatter',
  title: 'Ranker against the truth',
  render: renderRankScatter,
  describe: describeRankScatter,
  table: tableRankScatter,
  fixtures: async () => (await import('./fixtures.ts')).fixtures,
};
