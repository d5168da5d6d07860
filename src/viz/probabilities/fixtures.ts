/** Predictions to look at: none, right, wrong, of an unknown class, of very many classes. */
import type { Fixture } from '../shared/chart.ts';
import { CLASS_NAMES, fixtureWeights, LONG_NAME, times } from '../shared/fixtureSeries.ts';
import { predictedClass } from './layout.ts';
import type { ProbabilitiesModel } from './model.ts';

const unknown: ProbabilitiesModel = {
  classes: CLASS_NAMES,
  probabilities: fixtureWeights('prediction', CLASS_NAMES.length, 2),
  truth: null,
};
const answer = predictedClass(unknown);

export const fixtures: readonly Fixture<ProbabilitiesModel>[] = [
  { name: 'No prediction yet', model: { classes: [], probabilities: [], truth: null } },
  { name: 'A drawing, class unknown', model: unknown },
  { name: 'Right', model: { ...unknown, truth: answer } },
  { name: 'Wrong', model: { ...unknown, truth: (answer + 1) % CLASS_NAMES.length } },
  {
    name: 'Crowded',
    model: {
      classes: times(40, (i) => `class ${i + 1}`),
      probabilities: fixtureWeights('crowded', 40, 1),
      truth: 7,
    },
  },
  {
    name: 'Long names, certain',
    model: {
      classes: times(3, (i) => `${i + 1}: ${LONG_NAME}`),
      probabilities: [0, 1, 0],
      truth: 0,
    },
  },
];
