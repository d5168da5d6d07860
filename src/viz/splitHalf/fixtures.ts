/** Split halves to look at: from no architecture to two hundred, and accuracies that do not differ. */
import type { Fixture } from '../shared/chart.ts';
import { fixtureRandom, LONG_NAME, times } from '../shared/fixtureSeries.ts';
import type { SplitHalfModel } from './model.ts';

function halves(count: number, more: Partial<SplitHalfModel> = {}): SplitHalfModel {
  const random = fixtureRandom(`halves ${count}`);
  return {
    points: times(count, (i) => {
      const accuracy = 0.4 + 0.08 * random.normal();
      return {
        key: `a${i}`,
        name: `${(i % 5) + 1} › ${Math.floor(i / 5) + 1}`,
        first: accuracy + 0.015 * random.normal(),
        second: accuracy + 0.015 * random.normal(),
      };
    }),
    seeds: [2, 2],
    correlation: { value: 0.93, interval: null },
    reliability: 0.96,
    selected: [],
    ...more,
  };
}

const NOTHING = { correlation: { value: null, interval: null }, reliability: null };
const typical = halves(25);

export const fixtures: readonly Fixture<SplitHalfModel>[] = [
  { name: 'No architectures yet', model: halves(0, { ...NOTHING, seeds: [0, 0] }) },
  { name: 'One architecture', model: halves(1, { ...NOTHING, seeds: [2, 1] }) },
  { name: 'Typical', model: { ...typical, selected: ['a3', 'a9'] } },
  { name: 'Crowded', model: halves(200) },
  {
    name: 'Long names',
    model: { ...typical, points: typical.points.map((point) => ({ ...point, name: LONG_NAME })) },
  },
  {
    name: 'All equal',
    model: {
      ...halves(4, NOTHING),
      points: times(4, (i) => ({ key: `a${i}`, name: `a${i}`, first: 0.1, second: 0.1 })),
    },
  },
  {
    name: 'The ends of the range',
    model: {
      ...halves(2, { correlation: { value: -1, interval: [-1, -1] }, reliability: -1 }),
      points: [
        { key: 'a', name: 'a', first: 0, second: 1 },
        { key: 'b', name: 'b', first: 1, second: 0 },
      ],
    },
  },
];
