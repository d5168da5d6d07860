/** θ of every stage, with its pseudo-gradient. */
import type { Chart } from '../shared/chart.ts';
import type { ThetaModel } from './model.ts';
import { renderTheta } from './render.ts';
import { describeTheta, tableTheta } from './text.ts';

export const thetaChart: Chart<ThetaModel> = {
  id: 'theta',
  title: 'Edge probabilities θ',
  render: renderTheta,
  describe: describeTheta,
  table: tableTheta,
  fixtures: async () => (await import('./fixtures.ts')).fixtures,
};
