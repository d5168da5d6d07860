/** What the `wasm` executor keeps: determinism, checkpoints, memory. */

import { beforeAll, describe, expect, test } from 'vitest';
import type { NetworkShape } from '../../../core/architecture.ts';
import { regionOf } from '../../../core/cellId.ts';
import { createRandom } from '../../../core/random.ts';
import { compilePlan, type Plan, type PlanOptions } from '../../../core/schedule.ts';
import { initialParameters } from '../../network/initialise.ts';
import { randomBatch, useBackend } from '../../testing.ts';
import * as tf from '../../tf.ts';
import type { Executor, ExecutorInit, ExecutorOptions, ExecutorState } from '../executor.ts';
import { createTfjsExecutor } from '../tfjs.ts';
import { createWasmExecutor } from './index.ts';
import { giveBack, takeHeap } from './kernels.ts';
import { addressesOf } from './memory.ts';
import { capacityFor } from './microbatches.ts';
import { parameterLayout } from './parameters.ts';
import { layOut } from './workspace.ts';

const SHAPE: NetworkShape = {
  input: { height: 8, width: 8, channels: 1 },
  classes: 3,
  operation: { kind: 'conv', kernel: 3 },
  stages: [
    { channels: 3, pooling: 2 },
    { channels: 6, pooling: 2 },
  ],
};
const REGION = regionOf(4, [
  [0, 63],
  [33, 18],
]);
const PLAIN: PlanOptions = { poolingType: 'max', normalisation: 'none', weightInit: 'uniform' };
const OPTIONS: ExecutorOptions = {
  weights: { optimiser: 'adam', momentum: 0.8 },
  alpha: { optimiser: 'adam', momentum: 0.8, order: 'joint' },
  sampling: 'gumbel',
  temperature: 1,
};

const planWith = (options: Partial<PlanOptions>) =>
  compilePlan(REGION, SHAPE, { ...PLAIN, ...options });

function initOf(plan: Plan, options = OPTIONS): ExecutorInit {
  const parameters = initialParameters(plan, createRandom(1, 'state'));
  return { plan, options, parameters, alpha: new Float32Array(4) };
}

function train(executor: Executor, from: number, to: number): void {
  for (let step = from; step < to; step++) {
    const random = createRandom(step, 'noise');
    const noise = Float32Array.from({ length: 4 }, random.gumbel);
    const control = { rate: 0.01, alphaRate: 0.1, noise, validation: null, average: step > 3 };
    executor.step(randomBatch(executor.plan, 20, step), control);
  }
}

const expectSame = (a: ExecutorState, b: ExecutorState) => expect(a).toEqual(b);
const nothing = async () => undefined;

beforeAll(async () => {
  await useBackend('wasm');
});

describe.each(['none', 'batch'] as const)('with normalisation %s', (normalisation) => {
  const plan = planWith({ normalisation });

  test('two trainings are the same bit for bit, in fresh memory and in used', async () => {
    const states: ExecutorState[] = [];
    for (let run = 0; run < 3; run++) {
      const executor = createWasmExecutor(initOf(plan));
      train(executor, 0, 6);
      states.push(await executor.save());
      executor.dispose();
      // Whoever used the memory in between leaves nothing behind.
      const heap = takeHeap();
      heap.floats.fill(Number.NaN);
      giveBack(heap);
    }
    expectSame(states[1] ?? {}, states[0] ?? {});
    expectSame(states[2] ?? {}, states[0] ?? {});
  });

  test.each(['adam', 'sgd'] as const)('%s goes on from a saved state', async (optimiser) => {
    const weights = { ...OPTIONS.weights, optimiser };
    const alpha = { ...OPTIONS.alpha, optimiser };
    const init = initOf(plan, { ...OPTIONS, weights, alpha });
    const whole = createWasmExecutor(init);
    train(whole, 0, 4);
    const saved = await whole.save();
    train(whole, 4, 8);
    const rest = createWasmExecutor(initOf(plan, init.options));
    train(rest, 20, 21);
    rest.restore(saved);
    train(rest, 4, 8);
    expectSame(await rest.save(), await whole.save());
    expect(await rest.statistics()).toEqual(await whole.statistics());
    whole.dispose();
    rest.dispose();
  });

  test('an evaluation in between changes nothing', async () => {
    const [plain, disturbed] = [createWasmExecutor(initOf(plan)), createWasmExecutor(initOf(plan))];
    train(plain, 0, 6);
    train(disturbed, 0, 3);
    const mixture = [
      [0.5, 0.5],
      [1, 0],
    ];
    await disturbed.evaluate([randomBatch(plan, 33, 1)], [mixture], nothing);
    train(disturbed, 3, 6);
    expectSame(await disturbed.save(), await plain.save());
    plain.dispose();
    disturbed.dispose();
  });

  test('checkpoints are those of stock', async () => {
    await tf.setBackend('cpu');
    const [own, stock] = [createWasmExecutor(initOf(plan)), createTfjsExecutor(initOf(plan))];
    train(own, 0, 2);
    const saved = await own.save();
    stock.restore(saved);
    const kept = await stock.save();
    expect(Object.keys(kept).sort()).toEqual(Object.keys(saved).sort());
    expectSame(kept, saved);
    train(own, 2, 4);
    train(stock, 2, 4);
    const [a, b] = [await own.statistics(), await stock.statistics()];
    expect(a.loss).toBeCloseTo(b.loss, 4);
    own.dispose();
    stock.dispose();
  });

  test('memory does not grow from step to step', async () => {
    const executor = createWasmExecutor(initOf(plan));
    train(executor, 0, 2);
    executor.dispose();
    const heap = takeHeap();
    const { bytes } = heap;
    giveBack(heap);
    const again = createWasmExecutor(initOf(plan));
    train(again, 0, 40);
    again.dispose();
    const after = takeHeap();
    expect(after).toBe(heap);
    expect(after.bytes).toBe(bytes);
    giveBack(after);
  });
});

test('buffers of a checkpoint keep the names that saved runs have', async () => {
  const executor = createWasmExecutor(initOf(planWith({})));
  expect(Object.keys(await executor.save()).sort()).toEqual([
    'alpha',
    'alphaFirst',
    'alphaSecond',
    'alphaSum',
    'counts',
    'gathered',
    'weightFirst',
    'weightSecond',
    'weights',
  ]);
  executor.dispose();
});

test('a saved state that lacks something is refused', async () => {
  const executor = createWasmExecutor(initOf(planWith({})));
  const { alphaSum: _, ...lacking } = await executor.save();
  expect(() => executor.restore(lacking)).toThrow(/alphaSum/);
  executor.dispose();
});

describe('memory of the reference network at batch 64', () => {
  // S = 3, k = 4, five vertices, 8/16/32 channels, 28×28: `npm run bench -- executors`, REF.
  const reference = (normalisation: PlanOptions['normalisation']) =>
    compilePlan(
      regionOf(
        5,
        [0, 1, 2].map(() => [307, 469, 925, 991]),
      ),
      {
        input: { height: 28, width: 28, channels: 1 },
        classes: 10,
        operation: { kind: 'conv', kernel: 3 },
        stages: [8, 16, 32].map((channels) => ({ channels, pooling: 2 })),
      },
      { ...PLAIN, normalisation },
    );

  test.each([
    ['none', 1, 40],
    ['none', 2, 40],
    ['batch', 1, 120],
    ['batch', 8, 120],
  ] as const)('normalisation %s, %i threads: below %i MB', (normalisation, count, megabytes) => {
    const plan = reference(normalisation);
    const layout = parameterLayout(plan);
    const addresses = addressesOf(plan, layout, 12);
    const capacity = capacityFor(plan, 64, true);
    const { end } = layOut(plan, layout, addresses, capacity, { index: 0, count });
    expect((end - addresses.end) / 2 ** 20).toBeLessThan(megabytes);
    expect(capacity.microbatch).toBe(8);
  });
});
