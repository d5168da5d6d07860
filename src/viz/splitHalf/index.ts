/** One half of the seeds against the other. */
import type { Chart } from '../shared/chart.ts';
import type { SplitHalfModel } from './model.ts';
import { renderSplitHalf } from './render.ts';
import { describeSplitHalf, tableSplitHalf } from './text.ts';

export const splitHalfChart: Chart<SplitHalfModel> = {
  id: 'splitHalf',
  title: 'Is the truth reliable?',
  render: renderSplitHalf,
  describe: describeSplitHalf,
  table: tableSplitHalf,
  fixtures: async () => (await import('./fixtures.ts')).fixtures,
};
