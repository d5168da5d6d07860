/** Architecture weights to look at: from none to four stages of sixteen candidates. */
import type { Fixture } from '../shared/chart.ts';
import { fixtureWeights, times } from '../shared/fixtureSeries.ts';
import type { AlphaModel } from './model.ts';

/** Weights that stay uniform until `frozen`, then drift towards a share of their own. */
function alpha(stages: number, k: number, reports: number, frozen: number): AlphaModel {
  const goals = times(stages, (s) => fixtureWeights(`alpha ${s}`, k, 0.8));
  return {
    steps: times(reports, (i) => 5 * (i + 1)),
    weights: times(reports, (i) => {
      const moved = Math.max(0, (5 * (i + 1) - frozen) / (5 * reports));
      return goals.map((goal) => goal.map((share) => (1 - moved) / k + moved * share));
    }),
    totalSteps: 5 * reports,
    frozenUntil: frozen > 0 ? frozen : null,
  };
}

export const fixtures: readonly Fixture<AlphaModel>[] = [
  {
    name: 'No steps yet',
    model: { steps: [], weights: [], totalSteps: 100, frozenUntil: null },
  },
  { name: 'One report', model: { ...alpha(2, 3, 1, 0), totalSteps: 250 } },
  { name: 'Typical', model: alpha(3, 5, 50, 60) },
  { name: 'Crowded', model: alpha(4, 16, 60, 0) },
  {
    name: 'All weight on one candidate',
    model: {
      steps: [100, 200],
      weights: [[[0.5, 0.5]], [[1, 0]]],
      totalSteps: 1_000_000,
      frozenUntil: 100,
    },
  },
];
