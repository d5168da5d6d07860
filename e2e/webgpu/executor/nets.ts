/** Tiny networks for the tests of the WebGPU executor, which runs on a software GPU there. */

import type { NetworkShape } from '../../../src/core/architecture.ts';
import { maskOf, type Pair } from '../../../src/core/cell.ts';
import { regionOf } from '../../../src/core/cellId.ts';
import { createRandom } from '../../../src/core/random.ts';
import type { Region } from '../../../src/core/region.ts';
import { compilePlan, type Plan, type PlanOptions } from '../../../src/core/schedule.ts';
import type { Batch, ExecutorOptions } from '../../../src/engine/executors/executor.ts';

export const PLAIN: PlanOptions = { poolingType: 'max', normalisation: 'none', weightInit: 'he' };

export const SGD: ExecutorOptions = {
  weights: { optimiser: 'sgd', momentum: 0.9 },
  alpha: { optimiser: 'sgd', momentum: 0.9, order: 'joint' },
  sampling: 'gumbel',
  temperature: 0.7,
};

export const ADAM: ExecutorOptions = {
  weights: { optimiser: 'adam', momentum: 0 },
  alpha: { optimiser: 'adam', momentum: 0, order: 'joint' },
  sampling: 'softmax',
  temperature: 1,
};

const PAIRS: readonly (readonly Pair[])[] = [
  [
    [0, 1],
    [1, 2],
    [2, 3],
    [3, 4],
    [0, 2],
  ],
  [
    [0, 1],
    [0, 2],
    [1, 3],
    [2, 3],
    [3, 4],
    [0, 4],
  ],
  [
    [0, 1],
    [0, 2],
    [0, 3],
    [1, 3],
    [2, 4],
    [3, 4],
    [1, 4],
  ],
  [
    [0, 1],
    [0, 2],
    [1, 2],
    [1, 3],
    [2, 3],
    [2, 4],
    [3, 4],
    [0, 4],
  ],
];

/** The four candidate cells of the reference network, in each of three stages. */
const REFERENCE_REGION: Region = regionOf(
  5,
  [0, 1, 2].map(() => PAIRS.map((pairs) => maskOf(5, pairs))),
);

const PAIR: Region = regionOf(3, [
  [0, 7],
  [3, 5],
]);

type Stages = NetworkShape['stages'];

function plan(
  region: Region,
  operation: NetworkShape['operation'],
  stages: Stages,
  options: Partial<PlanOptions> = {},
  input = { height: 8, width: 8, channels: 2 },
): Plan {
  const shape: NetworkShape = { input, classes: 3, operation, stages };
  return compilePlan(region, shape, { ...PLAIN, ...options });
}

const conv = (kernel: number) => ({ kind: 'conv', kernel }) as const;
const linear: NetworkShape['operation'] = { kind: 'linear', width: 6 };
const oneStage: Region = regionOf(4, [[63, 0, 21]]);

/** The reference network's graph (its dispatches are counted), as small as it gets. */
export const referencePlan = (options: Partial<PlanOptions> = {}): Plan =>
  plan(
    REFERENCE_REGION,
    conv(3),
    [2, 2, 2].map((pooling) => ({ channels: 4, pooling })),
    options,
  );

/** One stage of three cells. */
export const smallPlan = (options: Partial<PlanOptions> = {}): Plan =>
  plan(oneStage, conv(3), [{ channels: 5, pooling: 2 }], options);

/** Cells of three vertices in each of two stages. */
export const twoStages = (
  first: readonly number[],
  second: readonly number[],
  options: Partial<PlanOptions> = {},
): Plan =>
  plan(
    regionOf(3, [first, second]),
    conv(3),
    [
      { channels: 4, pooling: 2 },
      { channels: 6, pooling: 1 },
    ],
    options,
  );

export interface Case {
  readonly name: string;
  readonly plan: Plan;
  readonly options: ExecutorOptions;
}

/** Every option of a network at least once, several at a time. */
export function cases(): Case[] {
  const two: Stages = [
    { channels: 3, pooling: 3 },
    { channels: 9, pooling: 1 },
  ];
  const one: Stages = [{ channels: 2, pooling: 2 }];
  const odd = { height: 11, width: 13, channels: 3 };
  const wide = { height: 3, width: 19, channels: 1 };
  return [
    {
      name: '3×3, batch norm, odd sizes',
      plan: plan(PAIR, conv(3), two, { normalisation: 'batch' }, odd),
      options: SGD,
    },
    {
      name: '3×3, average pooling, hard sampling',
      plan: plan(oneStage, conv(3), [{ channels: 5, pooling: 2 }], { poolingType: 'average' }),
      options: { ...SGD, sampling: 'gumbel-hard' },
    },
    { name: '3×3, L2 norm', plan: smallPlan({ normalisation: 'l2' }), options: SGD },
    {
      name: '5×5, rows of several strips',
      plan: plan(oneStage, conv(5), one, {}, wide),
      options: SGD,
    },
    { name: '7×7', plan: plan(oneStage, conv(7), one), options: ADAM },
    {
      name: 'linear, batch norm',
      plan: plan(PAIR, linear, two, { normalisation: 'batch' }),
      options: SGD,
    },
  ];
}

/** Images of noise with a label each. */
export function batchOf({ input, classes }: Plan, size: number, seed: number): Batch {
  const random = createRandom(seed, 'batch');
  const numbers = size * input.height * input.width * input.channels;
  return {
    images: Float32Array.from({ length: numbers }, () => random.normal()),
    labels: Uint8Array.from({ length: size }, () => random.integer(classes)),
  };
}
