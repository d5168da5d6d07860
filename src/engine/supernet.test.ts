/** Training a supernet on a data set that can be learnt. */

import { beforeAll, describe, expect, test } from 'vitest';
import { regionOf } from '../core/cellId.ts';
import { networkShape } from '../core/networkShape.ts';
import type { ConfigOverrides } from '../core/run/resolve.ts';
import { compilePlan } from '../core/schedule.ts';
import type { Executor } from './executors/executor.ts';
import { createSupernet, type Gate, type TrainingReport, trainSupernet } from './supernet.ts';
import { prepareTask } from './task.ts';
import { tinyConfig, tinyDataset, useBackend } from './testing.ts';
import * as tf from './tf.ts';

const NAME = { seed: 1, labels: [0, 0] };
const REGION = regionOf(3, [
  [0, 7, 5],
  [3, 1, 6],
]);
const open: Gate = async () => undefined;

function prepare(supernet: NonNullable<ConfigOverrides['supernet']>) {
  const config = tinyConfig({ supernet });
  const task = prepareTask(tinyDataset(), config);
  const { poolingType } = config.space;
  const { normalisation, weightInit } = config.supernet;
  const plan = compilePlan(REGION, networkShape(config, task.shape), {
    poolingType,
    normalisation,
    weightInit,
  });
  const create = () => createSupernet(plan, config.supernet, NAME);
  const train = async (executor: Executor, from = 0, gate = open) => {
    const reports: TrainingReport[] = [];
    for await (const report of trainSupernet(executor, task, config.supernet, NAME, from, gate)) {
      reports.push(report);
    }
    return reports;
  };
  return { config, task, plan, create, train };
}

beforeAll(async () => {
  await useBackend('wasm');
});

describe('training', () => {
  test('200 steps: the loss falls, weights sum to 1, nothing leaks', async () => {
    const { create, train, task } = prepare({ steps: 200, reportEvery: 20 });
    const before = tf.memory().numTensors;
    const executor = create();
    const held: number[] = [];
    const counting: Gate = async () => {
      held.push(tf.memory().numTensors);
    };
    const reports = await train(executor, 0, counting);
    expect(reports.map(({ step }) => step)).toEqual([20, 40, 60, 80, 100, 120, 140, 160, 180, 200]);
    expect(new Set(held).size).toBe(1);
    expect(reports[0]!.loss).toBeGreaterThan(2 * reports[9]!.loss);
    expect(reports[9]!.accuracy).toBeGreaterThan(0.9);
    for (const row of reports.flatMap(({ weights, averaged }) => [...weights, ...averaged])) {
      expect(row.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 5);
    }
    const { weights } = reports[9]!;
    const [mixed, path] = await executor.evaluate(
      task.testBatches(30),
      [
        weights,
        [
          [1, 0, 0],
          [0, 1, 0],
        ],
      ],
      open,
    );
    expect(mixed?.accuracy).toBeGreaterThan(0.9);
    expect(path?.loss).not.toBe(mixed?.loss);
    expect(tf.memory().numTensors).toBe(held[0]);
    executor.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  test.each([
    ['adam, joint', {}],
    [
      'sgd, first order',
      { weights: { optimiser: 'sgd' }, alpha: { optimiser: 'sgd', order: 'first' } },
    ],
    ['second order, hard', { alpha: { order: 'second' }, sampling: 'gumbel-hard' }],
  ] as const)('%s: goes on bit for bit from a saved state', async (_, options) => {
    const { create, train } = prepare({ ...options, steps: 8, reportEvery: 3 });
    const whole = create();
    const expected = await train(whole);
    const first = create();
    let steps = 0;
    // Stops between two reports, so that the running means must be saved too.
    const stopping: Gate = async () => {
      steps += 1;
      if (steps === 6) throw new Error('enough');
    };
    await expect(train(first, 0, stopping)).rejects.toThrow('enough');
    const state = await first.save();
    first.dispose();
    const second = create();
    second.restore(state);
    expect(await train(second, 5)).toEqual(expected.slice(1));
    expect(await second.save()).toEqual(await whole.save());
    second.dispose();
    whole.dispose();
  });

  test.each(['first', 'second'] as const)('%s order leaks nothing', async (order) => {
    const { create, train } = prepare({ steps: 4, alpha: { order, frozen: 0 } });
    const executor = create();
    const held = new Set<number>();
    await train(executor, 0, async () => {
      held.add(tf.memory().numTensors);
    });
    expect(held.size).toBe(1);
    executor.dispose();
  });

  test('a rate far too great fails with advice', async () => {
    const { create, train } = prepare({
      steps: 40,
      normalisation: 'none',
      weights: { optimiser: 'sgd', rate: 10, schedule: 'constant' },
    });
    const executor = create();
    await expect(train(executor)).rejects.toMatchObject({
      code: 'training-diverged',
      message: expect.stringContaining('supernet.weights.rate'),
    });
    executor.dispose();
  });

  test('an incomplete state is refused', () => {
    const executor = prepare({}).create();
    expect(() => executor.restore({ weights: new Float32Array(1) })).toThrow(/counts|alpha/);
    executor.dispose();
  });
});
