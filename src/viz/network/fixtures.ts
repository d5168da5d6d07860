/** Networks to look at: from one stage to four wide ones, one without convolutions, and comparisons. */
import type { NetworkShape } from '../../core/architecture.ts';
import type { Fixture } from '../shared/chart.ts';
import { fixtureArchitecture } from '../shared/fixtureCells.ts';
import { times } from '../shared/fixtureSeries.ts';
import type { NetworkModel } from './model.ts';

const shape = (stages: number, channels: number): NetworkShape => ({
  input: { height: 32, width: 32, channels: 3 },
  classes: 10,
  operation: { kind: 'conv', kernel: 3 },
  stages: times(stages, (i) => ({ channels: channels * 2 ** i, pooling: 2 })),
});

function network(
  vertices: number,
  stages: number,
  channels: number,
  more: Partial<NetworkModel> = {},
): NetworkModel {
  return {
    shape: shape(stages, channels),
    architecture: fixtureArchitecture(vertices, stages, 'network'),
    compare: null,
    selected: null,
    ...more,
  };
}

export const fixtures: readonly Fixture<NetworkModel>[] = [
  {
    name: 'Smallest',
    model: network(2, 1, 1, {
      shape: {
        input: { height: 1, width: 1, channels: 1 },
        classes: 2,
        operation: { kind: 'conv', kernel: 1 },
        stages: [{ channels: 1, pooling: 1 }],
      },
    }),
  },
  { name: 'Typical', model: network(5, 2, 8, { selected: { stage: 1 } }) },
  {
    name: 'Compared',
    model: network(5, 2, 8, { compare: fixtureArchitecture(5, 2, 'another network') }),
  },
  {
    name: 'Compared with itself',
    model: network(5, 2, 8, { compare: fixtureArchitecture(5, 2, 'network') }),
  },
  {
    name: 'Linear layers',
    model: network(4, 3, 1, {
      shape: { ...shape(3, 1), operation: { kind: 'linear', width: 128 } },
    }),
  },
  { name: 'Crowded, with huge numbers', model: network(8, 5, 1024) },
];
