/** How alpha learns: orders, against brute force in plain numbers, and when it moves. */

import { beforeAll, describe, expect, test } from 'vitest';
import { regionOf } from '../core/cellId.ts';
import { createRandom } from '../core/random.ts';
import type { AlphaOrder } from '../core/run/config.ts';
import type { ConfigOverrides } from '../core/run/resolve.ts';
import { compilePlan } from '../core/schedule.ts';
import type { Batch, Executor, StepControl } from './executors/executor.ts';
import { createTfjsExecutor } from './executors/tfjs.ts';
import { initialParameters } from './network/initialise.ts';
import { createSupernet, type TrainingReport, trainSupernet } from './supernet.ts';
import { prepareTask } from './task.ts';
import {
  plainLoss,
  plainSoftmax,
  randomBatch,
  tinyConfig,
  tinyDataset,
  useBackend,
} from './testing.ts';

/** One stage of two cells on 2×2 images: small enough to differentiate by brute force. */
const PLAN = compilePlan(
  regionOf(2, [[0, 1]]),
  {
    input: { height: 2, width: 2, channels: 1 },
    classes: 3,
    operation: { kind: 'linear', width: 3 },
    stages: [{ channels: 1, pooling: 1 }],
  },
  { poolingType: 'max', normalisation: 'none', weightInit: 'uniform' },
);
const WEIGHTS = initialParameters(PLAN, createRandom(4, 'weights'));
const ALPHA = Float32Array.of(0.4, -0.3);
const NOISE = Float32Array.of(0.2, -0.5);
const MIXING = { noise: NOISE, sampling: 'gumbel', temperature: 1 } as const;
const [TRAIN, VALIDATION] = [randomBatch(PLAN, 8, 1), randomBatch(PLAN, 8, 2)];

const loss = (weights: ArrayLike<number>, alpha: ArrayLike<number>, batch: Batch) =>
  plainLoss(PLAN, weights, alpha, batch, MIXING);

/** Central differences of a function of several numbers. */
function slopes(f: (x: Float64Array) => number, at: ArrayLike<number>): number[] {
  const epsilon = 1e-6;
  return Array.from(at, (_, i) => {
    const [plus, minus] = [1, -1].map((sign) => {
      const x = Float64Array.from(at);
      x[i]! += sign * epsilon;
      return f(x);
    });
    return (plus! - minus!) / (2 * epsilon);
  });
}

/** The gradient of alpha in one step, by SGD at rate 1. */
async function alphaGradient(order: AlphaOrder, rate: number): Promise<number[]> {
  const executor = createTfjsExecutor({
    plan: PLAN,
    parameters: WEIGHTS,
    alpha: ALPHA,
    options: {
      weights: { optimiser: 'sgd', momentum: 0 },
      alpha: { optimiser: 'sgd', momentum: 0, order },
      sampling: 'gumbel',
      temperature: 1,
    },
  });
  const validation = order === 'joint' ? null : VALIDATION;
  executor.step(TRAIN, { rate, alphaRate: 1, noise: NOISE, validation, average: false });
  const { alpha } = await executor.save();
  executor.dispose();
  return Array.from(ALPHA, (value, i) => value - alpha![i]!);
}

const distance = (a: readonly number[], b: readonly number[]) =>
  Math.hypot(...a.map((value, i) => value - b[i]!));

beforeAll(async () => {
  await useBackend('wasm');
});

describe('the gradient of alpha', () => {
  const joint = slopes((alpha) => loss(WEIGHTS, alpha, TRAIN), ALPHA);
  const first = slopes((alpha) => loss(WEIGHTS, alpha, VALIDATION), ALPHA);

  test('joint: of the training loss', async () => {
    expect(distance(await alphaGradient('joint', 0.1), joint)).toBeLessThan(1e-5);
    expect(distance(joint, first)).toBeGreaterThan(1e-3);
  });

  test('first order: of the validation loss', async () => {
    expect(distance(await alphaGradient('first', 0.1), first)).toBeLessThan(1e-5);
  });

  test('second order: of the validation loss after a step of the weights', async () => {
    const rate = 0.5;
    const second = slopes((alpha) => {
      const gradient = slopes((weights) => loss(weights, alpha, TRAIN), WEIGHTS);
      const moved = gradient.map((slope, i) => WEIGHTS[i]! - rate * slope);
      return loss(moved, alpha, VALIDATION);
    }, ALPHA);
    const found = await alphaGradient('second', rate);
    expect(distance(second, first)).toBeGreaterThan(1e-3);
    expect(distance(found, second)).toBeLessThan(0.05 * distance(second, first));
  });

  test('second order without a step is first order', async () => {
    expect(distance(await alphaGradient('second', 1e-9), first)).toBeLessThan(1e-5);
  });
});

/** What training asks of an executor, step by step. */
async function controls(overrides: ConfigOverrides['supernet']): Promise<StepControl[]> {
  const config = tinyConfig({ supernet: { steps: 10, ...overrides } });
  const task = prepareTask(tinyDataset(), config);
  const asked: StepControl[] = [];
  const statistics = { loss: 1, accuracy: 0, weights: [[1]], averaged: [[1]] };
  const executor: Executor = {
    plan: PLAN,
    step: (_, control) => {
      asked.push(control);
    },
    statistics: async () => statistics,
    evaluate: async () => [],
    save: async () => ({}),
    restore: () => undefined,
    dispose: () => undefined,
  };
  const name = { seed: 1, labels: [0, 0] };
  const gate = async () => undefined;
  for await (const _ of trainSupernet(executor, task, config.supernet, name, 0, gate));
  return asked;
}

describe('what each step is told', () => {
  test('alpha stands still for the frozen share', async () => {
    const moving = async (frozen: number) =>
      (await controls({ alpha: { frozen } })).map(({ alphaRate }) => alphaRate > 0);
    expect(await moving(0.6)).toEqual(Array.from({ length: 10 }, (_, step) => step >= 6));
    expect((await moving(0)).every(Boolean)).toBe(true);
    expect((await moving(1)).some(Boolean)).toBe(false);
  });

  test('the last third is averaged', async () => {
    const averaged = (await controls({})).map(({ average }) => average);
    expect(averaged).toEqual(Array.from({ length: 10 }, (_, step) => step >= 6));
  });

  test('only first and second order see validation images', async () => {
    for (const order of ['joint', 'first', 'second'] as const) {
      const seen = (await controls({ alpha: { order } })).map(({ validation }) => validation);
      expect(seen.every((batch) => (batch === null) === (order === 'joint'))).toBe(true);
      if (order !== 'joint')
        expect(new Set(seen.map((b) => b?.images.join())).size).toBeGreaterThan(2);
    }
  });

  test('noise is fresh every step, and absent in softmax', async () => {
    const noises = async (sampling: 'softmax' | 'gumbel') =>
      (await controls({ sampling })).map(({ noise }) => noise.join());
    expect(new Set(await noises('gumbel')).size).toBe(10);
    expect(new Set(await noises('softmax'))).toEqual(new Set(['0,0']));
  });
});

describe('alpha of a supernet', () => {
  const plan = PLAN;
  const name = { seed: 1, labels: [0, 0] };
  const initial = async (init: 'zeros' | 'ones' | 'uniform', seed = 1) => {
    const config = tinyConfig({ supernet: { alpha: { init } } });
    const executor = createSupernet(plan, config.supernet, { ...name, seed });
    const { alpha } = await executor.save();
    executor.dispose();
    return Array.from(alpha ?? []);
  };

  test('starts at zeros, ones, or seeded numbers from 0 to 1', async () => {
    expect(await initial('zeros')).toEqual([0, 0]);
    expect(await initial('ones')).toEqual([1, 1]);
    const drawn = await initial('uniform');
    expect(drawn.every((value) => value > 0 && value < 1)).toBe(true);
    expect(await initial('uniform')).toEqual(drawn);
    expect(await initial('uniform', 2)).not.toEqual(drawn);
  });

  test('moves after the frozen share, and is averaged over the last third', async () => {
    const config = tinyConfig({
      supernet: { steps: 9, reportEvery: 1, alpha: { frozen: 0.5, init: 'uniform' } },
    });
    const task = prepareTask(tinyDataset(), config);
    const region = regionOf(2, [[0, 1]]);
    const network = {
      input: task.shape,
      classes: 3,
      operation: { kind: 'conv', kernel: 3 },
      stages: [{ channels: 2, pooling: 2 }],
    } as const;
    const executor = createSupernet(
      compilePlan(region, network, {
        poolingType: 'max',
        normalisation: 'batch',
        weightInit: 'he',
      }),
      config.supernet,
      name,
    );
    const start = plainSoftmax((await executor.save()).alpha!);
    const reports: TrainingReport[] = [];
    const gate = async () => undefined;
    for await (const report of trainSupernet(executor, task, config.supernet, name, 0, gate)) {
      reports.push(report);
    }
    executor.dispose();
    // Frozen for round(0.5 · 9) = 5 steps.
    expect(reports.map(({ alphaMoves }) => alphaMoves)).toEqual(
      reports.map((_, step) => step >= 5),
    );
    const still = reports.map(({ weights }) => distance(weights[0]!.slice(), start) < 1e-6);
    expect(still).toEqual(reports.map((_, step) => step < 5));
    const last = reports.slice(-3).map(({ weights }) => weights[0]![0]!);
    const mean = last.reduce((a, b) => a + b, 0) / 3;
    expect(reports.at(-1)?.averaged[0]?.[0]).toBeCloseTo(mean, 6);
    expect(mean).not.toBeCloseTo(last[2]!, 4);
  });
});
