/** A prediction in words and as a table. */
import type { ChartTable } from '../shared/chart.ts';
import { percent } from '../shared/text.ts';
import { type ProbabilityBar, predictedClass } from './layout.ts';
import type { ProbabilitiesModel } from './model.ts';

export const barWords = (d: ProbabilityBar): string =>
  `${d.name} ${percent(d.probability)}${d.predicted ? ', predicted' : ''}${d.truth ? ', true class' : ''}`;

export function describeProbabilities(model: ProbabilitiesModel): string {
  const { classes, probabilities, truth } = model;
  const best = predictedClass(model);
  if (best < 0) return 'Class probabilities: no prediction yet.';
  const verdict =
    truth === null
      ? ''
      : truth === best
        ? ' It is right.'
        : ` It is wrong: the true class is ${classes[truth]} with ${percent(probabilities[truth] ?? 0)}.`;
  return `Predicted: ${classes[best]} with ${percent(probabilities[best] ?? 0)}.${verdict}`;
}

export function tableProbabilities(model: ProbabilitiesModel): ChartTable {
  const best = predictedClass(model);
  return {
    columns: ['class', 'probability', 'predicted', 'true class'],
    rows: model.classes.map((name, i) => [
      name,
      model.probabilities[i] ?? 0,
      i === best ? 'yes' : '',
      i === model.truth ? 'yes' : '',
    ]),
  };
}
