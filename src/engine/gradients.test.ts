/** Gradients on WASM against autograd of plain operations on `cpu`, for every kind of operation. */
import { beforeAll, describe, expect, test } from 'vitest';
import type { NetworkShape } from '../core/architecture.ts';
import { compilePlan, type Plan, type PlanOptions } from '../core/schedule.ts';
import type { ExecutorOptions } from './executors/executor.ts';
import { createStockExecutor } from './executors/stock.ts';
import { gradientOfStep, relativeError } from './selfTest.ts';
import { useBackend } from './testing.ts';
import * as tf from './tf.ts';

const SHAPE: NetworkShape = {
  input: { height: 9, width: 8, channels: 3 },
  classes: 4,
  operation: { kind: 'conv', kernel: 3 },
  stages: [
    { channels: 4, pooling: 2 },
    { channels: 7, pooling: 2 },
  ],
};
const REGION = {
  vertices: 4,
  stages: [
    [0, 63, 5],
    [33, 18],
  ],
};
const PLAIN: PlanOptions = { poolingType: 'max', normalisation: 'none', weightInit: 'he' };
const OPTIONS: ExecutorOptions = {
  weights: { optimiser: 'sgd', momentum: 0 },
  alpha: { optimiser: 'sgd', momentum: 0, order: 'joint' },
  sampling: 'gumbel',
  temperature: 1,
};

async function gradientOn(
  backend: 'wasm' | 'cpu',
  plan: Plan,
  options = OPTIONS,
): Promise<Float32Array> {
  await tf.setBackend(backend);
  return gradientOfStep(
    plan,
    (parameters, alpha) => createStockExecutor({ plan, parameters, alpha, options }),
    5,
    11,
  );
}

const CASES: readonly [string, Plan][] = [
  ['3×3, max pooling, no normalisation', compilePlan(REGION, SHAPE, PLAIN)],
  ['5×5', compilePlan(REGION, { ...SHAPE, operation: { kind: 'conv', kernel: 5 } }, PLAIN)],
  ['7×7', compilePlan(REGION, { ...SHAPE, operation: { kind: 'conv', kernel: 7 } }, PLAIN)],
  ['average pooling', compilePlan(REGION, SHAPE, { ...PLAIN, poolingType: 'average' })],
  ['batch norm', compilePlan(REGION, SHAPE, { ...PLAIN, normalisation: 'batch' })],
  ['L2 norm', compilePlan(REGION, SHAPE, { ...PLAIN, normalisation: 'l2' })],
  ['linear', compilePlan(REGION, { ...SHAPE, operation: { kind: 'linear', width: 17 } }, PLAIN)],
  [
    'linear, batch norm',
    compilePlan(
      REGION,
      { ...SHAPE, operation: { kind: 'linear', width: 17 } },
      { ...PLAIN, normalisation: 'batch' },
    ),
  ],
];

beforeAll(async () => {
  await useBackend('wasm');
});

describe('a whole supernet step', () => {
  test.each(CASES)('%s: WASM agrees with cpu', async (_, plan) => {
    const wasm = await gradientOn('wasm', plan);
    const cpu = await gradientOn('cpu', plan);
    expect(cpu.some((value) => value !== 0)).toBe(true);
    expect(relativeError(wasm, cpu)).toBeLessThan(1e-4);
  });

  test('the gradient is the slope of the loss', async () => {
    await tf.setBackend('cpu');
    const plan = CASES[4]?.[1] as Plan;
    const gradient = await gradientOn('cpu', plan);
    expect(gradient.length).toBe(plan.parameterCount + 5);
  });
});
