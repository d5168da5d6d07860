/** Trainings alone to look at: from no network to a dozen, finished and diverged ones. */
import type { Fixture } from '../shared/chart.ts';
import { LONG_NAME, learning, times } from '../shared/fixtureSeries.ts';
import type { LiveCurvesModel } from './model.ts';

type Network = LiveCurvesModel['networks'][number];

const network = (name: string, category: number, reports: number): Network => ({
  key: name,
  name,
  category,
  points: learning(`live ${name}`, reports, 5),
  test: null,
  diverged: false,
});

const curves = (
  networks: readonly Network[],
  more: Partial<LiveCurvesModel> = {},
): LiveCurvesModel => ({ networks, totalSteps: 300, chance: 0.1, selected: null, ...more });

const first = network('5:a3.1f', 0, 60);
const second = network('5:1e6.372', 1, 45);

export const fixtures: readonly Fixture<LiveCurvesModel>[] = [
  { name: 'No networks yet', model: curves([], { chance: null }) },
  { name: 'Waiting', model: curves([network('5:a3.1f', 0, 0)]) },
  { name: 'One report', model: curves([network('5:a3.1f', 0, 1)]) },
  {
    name: 'Typical',
    model: curves([{ ...first, test: 0.61 }, second], { selected: first.key }),
  },
  {
    name: 'Crowded',
    model: curves(times(12, (i) => ({ ...network(`5:${i}.1f`, i, 60), test: 0.4 + i / 50 }))),
  },
  {
    name: 'Long names',
    model: curves(times(3, (i) => ({ ...network(`${i + 1}: ${LONG_NAME}`, i, 30), test: 0.6 }))),
  },
  {
    name: 'Diverged',
    model: curves(
      [
        {
          ...first,
          points: first.points.map((point, i) => ({
            ...point,
            loss: i < 20 ? point.loss * 10 ** (i / 4) : Number.NaN,
          })),
          diverged: true,
        },
        { ...second, points: [{ step: 5, loss: Number.NaN, accuracy: 0 }], diverged: true },
      ],
      { totalSteps: 1_000_000 },
    ),
  },
];
