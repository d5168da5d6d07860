/** Loss and accuracy of networks trained alone, live. */
import type { Chart } from '../shared/chart.ts';
import type { LiveCurvesModel } from './model.ts';
import { renderLiveCurves } from './render.ts';
import { describeLiveCurves, tableLiveCurves } from './text.ts';

export const liveCurvesChart: Chart<LiveCurvesModel> = {
  id: 'liveCurves',
  title: 'Trained alone',
  render: renderLiveCurves,
  describe: describeLiveCurves,
  table: tableLiveCurves,
  fixtures: async () => (await import('./fixtures.ts')).fixtures,
};
