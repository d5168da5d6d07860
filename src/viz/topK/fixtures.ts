/** Top-k strips to look at: from no architecture to a hundred and twenty, ties and failed trainings. */
import type { Fixture } from '../shared/chart.ts';
import { fixtureStages } from '../shared/fixtureCells.ts';
import { fixtureRandom, LONG_NAME, placesBy, times } from '../shared/fixtureSeries.ts';
import type { TopKModel } from './model.ts';

function strip(count: number, k: number, more: Partial<TopKModel> = {}): TopKModel {
  const random = fixtureRandom(`top ${count}`);
  const places = placesBy(times(count, (i) => -i + 0.2 * count * random.normal()));
  return {
    ranker: 'FaDE',
    k,
    architectures: times(count, (i) => ({
      key: `a${i}`,
      name: `${(i % 6) + 1} › ${Math.floor(i / 6) + 1}`,
      accuracy: 0.52 - (0.3 * i) / Math.max(1, count),
      scoreRank: places[i] ?? 1,
      membership: (places[i] ?? 1) <= k ? 1 : 0,
      cells: fixtureStages(5, 2, `top ${i}`),
    })),
    regret: 0.012,
    precision: 0.6,
    chance: count > 0 ? k / count : 1,
    selected: [],
    ...more,
  };
}

const typical = strip(25, 5);

export const fixtures: readonly Fixture<TopKModel>[] = [
  { name: 'No architectures yet', model: strip(0, 3, { regret: null, precision: null }) },
  { name: 'One architecture', model: strip(1, 1, { regret: 0, precision: 1 }) },
  { name: 'Typical', model: { ...typical, selected: ['a2'] } },
  { name: 'Crowded', model: strip(120, 10) },
  {
    name: 'Long names',
    model: {
      ...typical,
      ranker: LONG_NAME,
      architectures: typical.architectures.map((one) => ({ ...one, name: LONG_NAME })),
    },
  },
  {
    name: 'All tied, some failed',
    model: {
      ...typical,
      regret: null,
      architectures: typical.architectures.map((one, i) => ({
        ...one,
        accuracy: i < 18 ? 0.1 : null,
        scoreRank: 13,
        membership: 0.2,
      })),
    },
  },
  {
    name: 'The worst predicted best',
    model: {
      ...strip(6, 1, { regret: 1, precision: 0 }),
      architectures: strip(6, 1).architectures.map((one, i) => ({
        ...one,
        accuracy: 1 - i / 5,
        scoreRank: 6 - i,
        membership: i === 5 ? 1 : 0,
      })),
    },
  },
];
