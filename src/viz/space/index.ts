/** The hierarchical space: candidate cells by stage, with the weights that flow through them. */
import type { Chart } from '../shared/chart.ts';
import type { SpaceModel } from './model.ts';
import { renderSpace } from './render.ts';
import { describeSpace, tableSpace } from './text.ts';

export const spaceChart: Chart<SpaceModel> = {
  id: 'space',
  title: 'The space',
  render: renderSpace,
  describe: describeSpace,
  table: tableSpace,
  fixtures: async () => (await import('./fixtures.ts')).fixtures,
};
