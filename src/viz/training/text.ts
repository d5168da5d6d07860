/** The trainings of a run in words and as a table. */
import type { ChartTable } from '../shared/chart.ts';
import { lossText, percent } from '../shared/text.ts';
import type { TrainingModel } from './model.ts';

export function describeTraining(model: TrainingModel): string {
  const last = model.points[model.points.length - 1];
  const first = model.points[0];
  if (!first || !last) return 'Training: no steps yet.';
  return `Training over ${model.generations.length} ${model.round}s and ${last.step} training steps: loss from ${lossText(first.loss, 2)} to ${lossText(last.loss, 2)}, accuracy from ${percent(first.accuracy)} to ${percent(last.accuracy)}.`;
}

export function tableTraining(model: TrainingModel): ChartTable {
  return {
    columns: ['step', model.round, 'loss (nats)', 'accuracy', 'alpha moves'],
    rows: model.points.map((point) => {
      const own = model.generations.find((g) => point.step > g.start && point.step <= g.end);
      return [
        point.step,
        own ? own.index + 1 : '',
        point.loss,
        point.accuracy,
        point.alphaMoves === null ? '' : point.alphaMoves ? 'yes' : 'no',
      ];
    }),
  };
}
