/** θ to look at: from one pair of vertices to four stages of twenty-eight, and the ends of its range. */
import type { Fixture } from '../shared/chart.ts';
import { pairCount } from '../shared/fixtureCells.ts';
import { fixtureRandom, times } from '../shared/fixtureSeries.ts';
import type { ThetaModel } from './model.ts';

function theta(vertices: number, stages: number, known: boolean): ThetaModel {
  const random = fixtureRandom(`theta ${vertices} ${stages}`);
  const pairs = pairCount(vertices);
  return {
    vertices,
    stages: times(stages, (index) => ({
      index,
      theta: times(pairs, () => 0.05 + 0.9 * random.uniform()),
      gradient: known ? times(pairs, () => 0.06 * random.normal()) : null,
    })),
  };
}

export const fixtures: readonly Fixture<ThetaModel>[] = [
  { name: 'No stages yet', model: { vertices: 5, stages: [] } },
  { name: 'One pair', model: theta(2, 1, true) },
  { name: 'Typical, before the first step', model: theta(5, 2, false) },
  { name: 'Typical', model: theta(5, 2, true) },
  { name: 'Crowded', model: theta(8, 4, true) },
  {
    name: 'Certain edges',
    model: {
      vertices: 4,
      stages: [{ index: 0, theta: [0, 1, 0, 1, 0, 1], gradient: [0, 1, -1, 1e-6, -0.5, 0.5] }],
    },
  },
];
