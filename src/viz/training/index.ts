/** Loss and accuracy of the supernets of a run. */
import type { Chart } from '../shared/chart.ts';
import type { TrainingModel } from './model.ts';
import { renderTraining } from './render.ts';
import { describeTraining, tableTraining } from './text.ts';

export const trainingChart: Chart<TrainingModel> = {
  id: 'training',
  title: 'Loss and accuracy',
  render: renderTraining,
  describe: describeTraining,
  table: tableTraining,
  fixtures: async () => (await import('./fixtures.ts')).fixtures,
};
