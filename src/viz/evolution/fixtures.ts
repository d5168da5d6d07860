/** Populations to look at: from none to twenty generations of three stages. */
import type { Fixture } from '../shared/chart.ts';
import {
  FIXTURE_LABELS,
  firstOrigin,
  fixtureCells,
  fixtureOrigin,
  fixtureWhy,
} from '../shared/fixtureCells.ts';
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
    return fixtureCells(vertices, k, `${label} ${generation} ${stage}`).map((cell, i) => {
      const origin = generation === 0 ? firstOrigin(i) : fixtureOrigin(i, stage);
      return {
        ...cell,
        weight: weights[i] ?? 0,
        rank: Math.log(weights[i] ?? 1),
        origin,
        why: fixtureWhy(origin),
      };
    });
  };
  return {
    originLabels: FIXTURE_LABELS,
    generations: times(generations, (index) => ({
      index,
      stages: times(stages, (stage) => stageOf(index, stage)),
    })),
    selected: null,
  };
}

const another = population('another', 3, 2, 5, 5);
const extreme = population('extreme', 3, 1, 3, 8);

export const fixtures: readonly Fixture<EvolutionModel>[] = [
  { name: 'No generations yet', model: { originLabels: {}, generations: [], selected: null } },
  { name: 'One cell', model: population('one', 1, 1, 1, 2) },
  {
    name: 'Typical',
    model: {
      ...population('typical', 4, 2, 5, 5),
      selected: { generation: 2, stage: 1, candidate: 0 },
    },
  },
  {
    name: 'Born in ways of another method',
    model: {
      ...another,
      originLabels: { mutant: 'mutant' },
      generations: another.generations.map((generation) => ({
        ...generation,
        stages: generation.stages.map((stage) =>
          stage.map((one, i) => ({
            ...one,
            origin: { kind: i < 3 ? 'mutant' : 'unnamed', parents: [one.cell], values: {} },
            why: 'One edge was changed.',
          })),
        ),
      })),
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
