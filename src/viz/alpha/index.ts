/** Architecture weights of every stage while a supernet trains. */
import type { Chart } from '../shared/chart.ts';
import type { AlphaModel } from './model.ts';
import { renderAlpha } from './render.ts';
import { describeAlpha, tableAlpha } from './text.ts';

export const alphaChart: Chart<AlphaModel> = {
  id: 'alpha',
  title: 'Mixing weights',
  render: renderAlpha,
  describe: describeAlpha,
  table: tableAlpha,
  fixtures: async () => (await import('./fixtures.ts')).fixtures,
};
