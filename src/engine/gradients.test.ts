/** Gradients on WASM against `cpu` and against finite differences, for every kind of operation. */
import { beforeAll, describe, expect, test } from 'vitest';
import type { NetworkShape } from '../core/architecture.ts';
import { createRandom } from '../core/random.ts';
import { compilePlan, type Plan, type PlanOptions } from '../core/schedule.ts';
import type { ExecutorOptions } from './executors/executor.ts';
import { createTfjsExecutor } from './executors/tfjs.ts';
import { initialParameters } from './network/initialise.ts';
import { gradientOfStep, relativeError } from './selfTest.ts';
import { plainLoss, randomBatch, UNEVEN_REGION, UNEVEN_SHAPE, useBackend } from './testing.ts';
import * as tf from './tf.ts';

const SHAPE: NetworkShape = { ...UNEVEN_SHAPE, classes: 4 };
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
    (parameters, alpha) => createTfjsExecutor({ plan, parameters, alpha, options }),
    5,
    11,
  );
}

const CASES: readonly [string, Plan][] = [
  ['3×3, max pooling, no normalisation', compilePlan(UNEVEN_REGION, SHAPE, PLAIN)],
  ['5×5', compilePlan(UNEVEN_REGION, { ...SHAPE, operation: { kind: 'conv', kernel: 5 } }, PLAIN)],
  ['7×7', compilePlan(UNEVEN_REGION, { ...SHAPE, operation: { kind: 'conv', kernel: 7 } }, PLAIN)],
  ['average pooling', compilePlan(UNEVEN_REGION, SHAPE, { ...PLAIN, poolingType: 'average' })],
  ['batch norm', compilePlan(UNEVEN_REGION, SHAPE, { ...PLAIN, normalisation: 'batch' })],
  ['L2 norm', compilePlan(UNEVEN_REGION, SHAPE, { ...PLAIN, normalisation: 'l2' })],
  [
    'linear',
    compilePlan(UNEVEN_REGION, { ...SHAPE, operation: { kind: 'linear', width: 17 } }, PLAIN),
  ],
  [
    'linear, batch norm',
    compilePlan(
      UNEVEN_REGION,
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
});

const ALPHA_COUNT = 5;

/** One step with SGD at rate 1, so that what changes is the gradient; and the loss before it. */
async function lossAndGradient(plan: Plan, parameters: Float32Array, alpha: Float32Array) {
  const executor = createTfjsExecutor({ plan, parameters, alpha, options: OPTIONS });
  executor.step(randomBatch(plan, 3, 1), {
    rate: 1,
    alphaRate: 1,
    noise: NOISE,
    validation: null,
    average: false,
  });
  const { loss } = await executor.statistics();
  const after = await executor.save();
  executor.dispose();
  const difference = (before: Float32Array, now: Float32Array | undefined) =>
    Array.from(before, (value, i) => value - (now?.[i] ?? Number.NaN));
  return {
    loss,
    gradient: [...difference(parameters, after.weights), ...difference(alpha, after.alpha)],
  };
}

const NOISE = Float32Array.of(0.3, -0.2, 1, 0.1, -0.6);
const MIXING = { noise: NOISE, sampling: 'gumbel', temperature: 1 } as const;

describe('the slope of the loss in plain numbers', () => {
  // L2 norm stays out: its norm is held constant in the gradient, on purpose.
  const sloped = CASES.filter(([name]) => name !== 'L2 norm');

  test.each(sloped)('%s', async (_, plan) => {
    await tf.setBackend('wasm');
    const random = createRandom(17, 'slope');
    const parameters = initialParameters(plan, random);
    // Biases of zero would put whole maps on the kink of ReLU.
    for (let i = 0; i < parameters.length; i++) {
      if (parameters[i] === 0) parameters[i] = 0.1 * random.normal();
    }
    const alpha = Float32Array.from({ length: ALPHA_COUNT }, random.normal);
    const { loss, gradient } = await lossAndGradient(plan, parameters, alpha);
    const batch = randomBatch(plan, 3, 1);
    expect(loss).toBeCloseTo(plainLoss(plan, parameters, alpha, batch, MIXING), 4);

    const norm = Math.hypot(...gradient);
    const size = gradient.length;
    const alphaOnly = gradient.map((__, i) => (i >= parameters.length ? random.normal() : 0));
    const directions = [
      gradient.map((value) => value / norm),
      Array.from({ length: size }, () => random.normal() / Math.sqrt(size)),
      alphaOnly,
    ];
    for (const direction of directions) {
      const lossAt = (t: number) =>
        plainLoss(
          plan,
          Array.from(parameters, (value, i) => value + t * direction[i]!),
          Array.from(alpha, (value, i) => value + t * direction[parameters.length + i]!),
          batch,
          MIXING,
        );
      const epsilon = 1e-6;
      const slope = (lossAt(epsilon) - lossAt(-epsilon)) / (2 * epsilon);
      const expected = direction.reduce((sum, value, i) => sum + value * gradient[i]!, 0);
      expect(Math.abs(expected - slope)).toBeLessThan(2e-4 * norm);
    }
  });
});
