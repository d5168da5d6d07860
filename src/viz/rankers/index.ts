/** Rankers as rows, with intervals, noise ceiling and differences. */
import type { Chart } from '../shared/chart.ts';
import type { RankersModel } from './model.ts';
import { renderRankers } from './render.ts';
import { describeRankers, tableRankers } from './text.ts';

export const rankersChart: Chart<RankersModel> = {
  id: 'rankers',
  title: 'Rankers side by side',
  render: renderRankers,
  describe: describeRankers,
  table: tableRankers,
  fixtures: async () => (await import('./fixtures.ts')).fixtures,
};
