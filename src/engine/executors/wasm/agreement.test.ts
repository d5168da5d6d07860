/** The `wasm` executor against `stock` on tfjs's `cpu` backend: gradients, curves, evaluation. */

import { beforeAll, describe, expect, test } from 'vitest';
import type { NetworkShape } from '../../../core/architecture.ts';
import { regionOf } from '../../../core/cellId.ts';
import { createRandom } from '../../../core/random.ts';
import type { Sampling } from '../../../core/run/config.ts';
import { compilePlan, type Plan, type PlanOptions } from '../../../core/schedule.ts';
import { initialParameters } from '../../network/initialise.ts';
import { relativeError } from '../../selfTest.ts';
import { randomBatch, UNEVEN_REGION, UNEVEN_SHAPE, useBackend } from '../../testing.ts';
import * as tf from '../../tf.ts';
import type { Executor, ExecutorInit, ExecutorOptions, StepStatistics } from '../executor.ts';
import { createTfjsExecutor } from '../tfjs.ts';
import { createWasmExecutor } from './index.ts';

const SMALL = regionOf(3, [[7, 2]]);
const PLAIN: PlanOptions = { poolingType: 'max', normalisation: 'none', weightInit: 'uniform' };

const PLAIN_SGD: ExecutorOptions = {
  weights: { optimiser: 'sgd', momentum: 0 },
  alpha: { optimiser: 'sgd', momentum: 0, order: 'joint' },
  sampling: 'gumbel',
  temperature: 0.7,
};

function initOf(plan: Plan, options: ExecutorOptions, seed: number): ExecutorInit {
  const random = createRandom(seed, 'agreement');
  const cells = plan.stages.reduce((sum, { candidates }) => sum + candidates.length, 0);
  const alpha = Float32Array.from({ length: cells }, random.normal);
  return { plan, options, parameters: initialParameters(plan, random), alpha };
}

function noiseOf({ alpha, options }: ExecutorInit, step: number): Float32Array {
  const random = createRandom(step, 'noise');
  return alpha.map(() => (options.sampling === 'softmax' ? 0 : random.gumbel()));
}

const LINEAR_SHAPE: NetworkShape = {
  ...UNEVEN_SHAPE,
  operation: { kind: 'linear', width: 9 },
};

type Create = (init: ExecutorInit) => Executor;

/** Gradients of one step: SGD without momentum keeps them as its velocity. */
async function gradientBy(create: Create, init: ExecutorInit, batch: number, alphaRate: number) {
  const executor = create(init);
  executor.step(randomBatch(init.plan, batch, 3), {
    rate: 0.01,
    alphaRate,
    noise: noiseOf(init, 0),
    validation: init.options.alpha.order === 'joint' ? null : randomBatch(init.plan, batch, 4),
    average: false,
  });
  const { weightFirst, alphaFirst } = await executor.save();
  executor.dispose();
  return Float32Array.from([...weightFirst!, ...alphaFirst!]);
}

async function expectSameGradient(init: ExecutorInit, batch: number, alphaRate = 1) {
  const own = await gradientBy(createWasmExecutor, init, batch, alphaRate);
  const stock = await gradientBy(createTfjsExecutor, init, batch, alphaRate);
  expect(relativeError(own, stock)).toBeLessThan(1e-5);
}

beforeAll(async () => {
  await useBackend('wasm');
  await tf.setBackend('cpu');
});

const CASES: readonly [string, Partial<NetworkShape>, Partial<PlanOptions>][] = [
  ['3×3, maximum pooling', {}, {}],
  ['5×5', { operation: { kind: 'conv', kernel: 5 } }, {}],
  ['7×7', { operation: { kind: 'conv', kernel: 7 } }, {}],
  ['average pooling', {}, { poolingType: 'average' }],
  ['batch norm', {}, { normalisation: 'batch' }],
  ['linear', { operation: { kind: 'linear', width: 17 } }, {}],
  ['linear, batch norm', { operation: { kind: 'linear', width: 6 } }, { normalisation: 'batch' }],
  ['batch norm, average pooling', {}, { normalisation: 'batch', poolingType: 'average' }],
  [
    'no pooling, then a factor of 3',
    {
      stages: [
        { channels: 5, pooling: 1 },
        { channels: 6, pooling: 3 },
      ],
    },
    {},
  ],
  [
    'no pooling at the end, batch norm',
    {
      stages: [
        { channels: 3, pooling: 2 },
        { channels: 9, pooling: 1 },
      ],
    },
    { normalisation: 'batch' },
  ],
  ['one pixel', { input: { height: 1, width: 1, channels: 2 }, stages: unpooled(3, 5) }, {}],
  ['one row', { input: { height: 1, width: 23, channels: 1 }, stages: unpooled(3, 5) }, {}],
  ['one column', { input: { height: 11, width: 1, channels: 1 }, stages: unpooled(8, 12) }, {}],
];

function unpooled(...channels: number[]): NetworkShape['stages'] {
  return channels.map((count) => ({ channels: count, pooling: 1 }));
}

describe('gradients of one step', () => {
  test.each(CASES)('%s', async (_, shape, options) => {
    const plan = compilePlan(
      UNEVEN_REGION,
      { ...UNEVEN_SHAPE, ...shape },
      { ...PLAIN, ...options },
    );
    await expectSameGradient(initOf(plan, PLAIN_SGD, 1), 11);
  });

  test.each(['softmax', 'gumbel', 'gumbel-hard'] as const)('sampling %s', async (sampling) => {
    for (const normalisation of ['none', 'batch'] as const) {
      const plan = compilePlan(UNEVEN_REGION, UNEVEN_SHAPE, { ...PLAIN, normalisation });
      await expectSameGradient(initOf(plan, { ...PLAIN_SGD, sampling }, 2), 9);
    }
  });

  test('alpha of the first order, from a batch of its own', async () => {
    const alpha = { ...PLAIN_SGD.alpha, order: 'first' } as const;
    const plan = compilePlan(UNEVEN_REGION, UNEVEN_SHAPE, PLAIN);
    await expectSameGradient(initOf(plan, { ...PLAIN_SGD, alpha }, 3), 8);
  });

  test('alpha at rest, hard sampling: candidates that are not sampled do not run', async () => {
    for (const normalisation of ['none', 'batch'] as const) {
      const plan = compilePlan(UNEVEN_REGION, UNEVEN_SHAPE, { ...PLAIN, normalisation });
      await expectSameGradient(initOf(plan, { ...PLAIN_SGD, sampling: 'gumbel-hard' }, 4), 8, 0);
    }
  });

  test('a network alone', async () => {
    const alone = regionOf(4, [[63], [33]]);
    for (const normalisation of ['none', 'batch'] as const) {
      const plan = compilePlan(alone, UNEVEN_SHAPE, { ...PLAIN, normalisation });
      await expectSameGradient(initOf(plan, PLAIN_SGD, 5), 10);
    }
  });

  test('every number of channels from 1 to 33', async () => {
    for (let channels = 1; channels <= 33; channels++) {
      const input = { height: 5, width: 4 + (channels % 7), channels: 1 + (channels % 5) };
      const stages = [{ channels, pooling: 2 }];
      const plan = compilePlan(SMALL, { ...UNEVEN_SHAPE, input, stages }, PLAIN);
      await expectSameGradient(initOf(plan, PLAIN_SGD, channels), 3);
    }
  });

  test('linear operations of every width from 1 to 33', async () => {
    for (let width = 1; width <= 33; width++) {
      const input = { height: 3, width: 1 + (width % 4), channels: 1 + (width % 3) };
      const operation = { kind: 'linear', width } as const;
      const plan = compilePlan(SMALL, { ...UNEVEN_SHAPE, input, operation }, PLAIN);
      await expectSameGradient(initOf(plan, PLAIN_SGD, width), width);
    }
  });

  test('every width from 1 to 30, with each kernel', async () => {
    for (let width = 1; width <= 30; width++) {
      const operation = { kind: 'conv', kernel: [3, 5, 7][width % 3] ?? 3 } as const;
      const input = { height: 3, width, channels: 1 };
      const stages = [{ channels: 4, pooling: 1 }];
      const plan = compilePlan(SMALL, { ...UNEVEN_SHAPE, input, operation, stages }, PLAIN);
      await expectSameGradient(initOf(plan, PLAIN_SGD, width), 3);
    }
  });
});

const ADAM: ExecutorOptions = {
  weights: { optimiser: 'adam', momentum: 0 },
  alpha: { optimiser: 'adam', momentum: 0, order: 'joint' },
  sampling: 'softmax',
  temperature: 1,
};
const MOMENTUM: ExecutorOptions = {
  weights: { optimiser: 'sgd', momentum: 0.8 },
  alpha: { optimiser: 'sgd', momentum: 0.5, order: 'joint' },
  sampling: 'gumbel',
  temperature: 1,
};

async function curve(create: Create, init: ExecutorInit, batch: number) {
  const executor = create(init);
  const reports: StepStatistics[] = [];
  for (let step = 0; step < 20; step++) {
    executor.step(randomBatch(init.plan, batch, step % 3), {
      rate: init.options.weights.optimiser === 'adam' ? 0.001 : 0.01,
      alphaRate: step < 5 ? 0 : 0.01,
      noise: noiseOf(init, step),
      validation: null,
      average: step > 12,
    });
    reports.push(await executor.statistics());
  }
  executor.dispose();
  return reports;
}

/** Largest difference of one number of each report. */
function gap(
  a: readonly StepStatistics[],
  b: readonly StepStatistics[],
  read: (report: StepStatistics) => readonly number[],
): number {
  const other = b.flatMap(read);
  return Math.max(...a.flatMap(read).map((value, i) => Math.abs(value - other[i]!)));
}

describe('twenty steps', () => {
  test.each([
    ['Adam', ADAM, 'none', UNEVEN_SHAPE],
    ['Adam, batch norm', ADAM, 'batch', UNEVEN_SHAPE],
    ['Adam, linear', ADAM, 'none', LINEAR_SHAPE],
    ['momentum', MOMENTUM, 'none', UNEVEN_SHAPE],
    ['momentum, batch norm', MOMENTUM, 'batch', UNEVEN_SHAPE],
    ['momentum, linear, batch norm', MOMENTUM, 'batch', LINEAR_SHAPE],
  ] as const)('%s: the same curve', async (_, options, normalisation, shape) => {
    const plan = compilePlan(UNEVEN_REGION, shape, { ...PLAIN, normalisation });
    const init = initOf(plan, options, 6);
    const own = await curve(createWasmExecutor, init, 12);
    const stock = await curve(createTfjsExecutor, init, 12);
    expect(gap(own, stock, ({ loss }) => [loss])).toBeLessThan(1e-3);
    expect(gap(own, stock, ({ accuracy }) => [accuracy])).toBeLessThan(0.1);
    expect(gap(own, stock, ({ weights }) => weights.flat())).toBeLessThan(1e-3);
    expect(gap(own, stock, ({ averaged }) => averaged.flat())).toBeLessThan(1e-3);
  });
});

describe('evaluation', () => {
  const mixtures = [
    [
      [0.2, 0.5, 0.3],
      [0.4, 0.6],
    ],
    [
      [1, 0, 0],
      [0, 1],
    ],
    [
      [1, 0, 0],
      [1, 0],
    ],
    [
      [0, 0.5, 0.5],
      [0, 1],
    ],
    [
      [0.2, 0.5, 0.3],
      [1, 0],
    ],
  ];

  async function evaluateBy(create: Create, init: ExecutorInit, trains: boolean) {
    const executor = create(init);
    const batches = [7, 8].map((seed) => randomBatch(init.plan, 70, seed));
    if (trains) {
      const noise = noiseOf(init, 1);
      const control = { rate: 0.1, alphaRate: 0.1, noise, validation: null, average: true };
      executor.step(randomBatch(init.plan, 9, 1), control);
    }
    const found = await executor.evaluate(batches, mixtures, async () => undefined);
    executor.dispose();
    return found;
  }

  test.each(['none', 'batch'] as const)('normalisation %s', async (normalisation) => {
    for (const [shape, poolingType] of [
      [UNEVEN_SHAPE, 'max'],
      [UNEVEN_SHAPE, 'average'],
      [LINEAR_SHAPE, 'max'],
    ] as const) {
      const plan = compilePlan(UNEVEN_REGION, shape, { ...PLAIN, normalisation, poolingType });
      const init = initOf(plan, MOMENTUM, 9);
      for (const trains of [false, true]) {
        const own = await evaluateBy(createWasmExecutor, init, trains);
        const stock = await evaluateBy(createTfjsExecutor, init, trains);
        own.forEach(({ loss, accuracy }, m) => {
          expect(loss).toBeCloseTo(stock[m]!.loss, 5);
          expect(accuracy).toBeCloseTo(stock[m]!.accuracy, 2);
        });
      }
    }
  });

  test('sampling plays no part in it', async () => {
    const plan = compilePlan(UNEVEN_REGION, UNEVEN_SHAPE, PLAIN);
    const losses = [];
    for (const sampling of ['softmax', 'gumbel-hard'] satisfies Sampling[]) {
      const init = initOf(plan, { ...MOMENTUM, sampling }, 9);
      losses.push((await evaluateBy(createWasmExecutor, init, false)).map(({ loss }) => loss));
    }
    expect(losses[0]).toEqual(losses[1]);
  });
});
