/** Populations to look at: from none to twenty generations of three stages. */
import type { Fixture } from '../shared/chart.ts';
import { firstOrigin, fixtureCells, fixtureOrigin } from '../shared/fixtureCells.ts';
import { fixtureWeights, times } from '../shared/fixtureSeries.ts';
import type { EvolutionCandidate, EvolutionModel } from './model.ts';

function population(
  label: string,
  generations: number,
  stages: number,
  k: number,
  vertices: number,
): EvolutionModel {
  const stageOf = (generation: number, stage: number): EvolutionCandidate[] => {
    const weights = fixtureWeights(`${label} ${generation} ${stage}`, k, 0.5);
    return fixtureCells(vertices, k, `${label} ${generation} ${stage}`).map((cell, i) => ({
      ...cell,
      weight: weights[i] ?? 0,
      rank: Math.log(weights[i] ?? 1),
      origin: generation === 0 ? firstOrigin(i) : fixtureOrigin(i, stage),
    }));
  };
  return {
    vertices,
    generations: times(generations, (index) => ({
      index,
      stages: times(stages, (stage) => stageOf(index, stage)),
    })),
    selected: null,
  };
}

const extreme = population('extreme', 3, 1, 3, 8);

export const fixtures: readonly Fixture<EvolutionModel>[] = [
  { name: 'No generations yet', model: { vertices: 5, generations: [], selected: null } },
  { name: 'One cell', model: population('one', 1, 1, 1, 2) },
  {
    name: 'Typical',
    model: {
      ...population('typical', 4, 2, 5, 5),
      selected: { generation: 2, stage: 1, candidate: 0 },
    },
  },
  { name: 'Crowded', model: population('crowded', 20, 3, 10, 6) },
  {
    name: 'Unranked, and all weight on one cell',
    model: {
      ...extreme,
      generations: extreme.generations.map((generation) => ({
        ...generation,
        stages: generation.stages.map((stage) =>
          stage.map((one, i) => ({ ...one, rank: null, weight: i === 0 ? 1 : 0 })),
        ),
      })),
    },
  },
];
