/** A whole network, stage by stage, or how two differ. */
import type { Chart } from '../shared/chart.ts';
import type { NetworkModel } from './model.ts';
import { renderNetwork } from './render.ts';
import { describeNetwork, tableNetwork } from './text.ts';

export const networkChart: Chart<NetworkModel> = {
  id: 'network',
  title: 'The network',
  render: renderNetwork,
  describe: describeNetwork,
  table: tableNetwork,
  fixtures: async () => (await import('./fixtures.ts')).fixtures,
};
