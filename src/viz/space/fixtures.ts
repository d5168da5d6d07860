/** Spaces to look at: from one cell to four stages of sixteen, with even and with extreme weights. */
import type { Fixture } from '../shared/chart.ts';
import {
  FIXTURE_LABELS,
  firstOrigin,
  fixtureCells,
  fixtureOrigin,
} from '../shared/fixtureCells.ts';
import { fixtureWeights, LONG_NAME, times } from '../shared/fixtureSeries.ts';
import type { SpaceCandidate, SpaceModel } from './model.ts';

function space(
  label: string,
  stages: number,
  k: number,
  vertices: number,
  more: (candidate: SpaceCandidate, index: number) => Partial<SpaceCandidate>,
): SpaceModel {
  return {
    input: { height: 32, width: 32, channels: 3, name: 'CIFAR-10' },
    stages: times(stages, (index) => {
      const weights = fixtureWeights(`${label} ${index}`, k, 0.4);
      const candidates = fixtureCells(vertices, k, `${label} ${index}`).map((cell, i) => {
        const weight = weights[i] ?? 0;
        const plain = { ...cell, weight, rank: null, origin: firstOrigin(i) };
        return { ...plain, ...more(plain, i) };
      });
      return { index, channels: 8 * 2 ** index, size: 32 >> index, pooling: 2, candidates };
    }),
    classes: 10,
    originLabels: FIXTURE_LABELS,
    bestChoice: null,
    highlighted: null,
  };
}

const ranked = ({ weight }: SpaceCandidate, i: number) => ({
  rank: Math.log(weight),
  origin: fixtureOrigin(i),
});

const heaviest = ({ stages }: SpaceModel) =>
  stages.map(({ candidates }) => {
    const weights = candidates.map(({ weight }) => weight);
    return weights.indexOf(Math.max(...weights));
  });

const typical = space('typical', 3, 5, 5, ranked);
const crowded = space('crowded', 4, 16, 8, ranked);
const extreme = space('extreme', 2, 6, 6, (_candidate, i) => ({
  weight: i === 2 ? 1 : 0,
  rank: i === 2 ? 0 : -1234.5,
  origin: fixtureOrigin(i),
}));

export const fixtures: readonly Fixture<SpaceModel>[] = [
  { name: 'One cell', model: space('one', 1, 1, 2, () => ({ origin: null })) },
  {
    name: 'Before any step',
    model: space('begin', 2, 4, 5, () => ({ weight: 0.25 })),
  },
  { name: 'Typical, ranked', model: { ...typical, bestChoice: heaviest(typical) } },
  {
    name: 'One architecture chosen',
    model: {
      ...typical,
      bestChoice: heaviest(typical),
      highlighted: times(3, (stage) => ({ stage, candidate: stage + 1 })),
    },
  },
  { name: 'Crowded', model: { ...crowded, bestChoice: heaviest(crowded) } },
  {
    name: 'Long names',
    model: { ...typical, input: { ...typical.input, name: `Images for ${LONG_NAME}` } },
  },
  {
    name: 'Born in ways of another method',
    model: {
      ...space('another', 2, 5, 5, (_candidate, i) => ({
        origin: { kind: i < 3 ? 'mutant' : 'unnamed', parents: [], values: {} },
      })),
      originLabels: { mutant: 'mutant' },
    },
  },
  { name: 'All weight on one cell', model: { ...extreme, bestChoice: heaviest(extreme) } },
];
