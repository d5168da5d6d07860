/**
 * What the tests of the WebGPU executor run in the page: each check compares it with the `stock`
 * executor on plain JavaScript (or with itself) and gives numbers; the spec judges them.
 */
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-webgpu';
import { toErrorRecord } from '../../../src/core/errors.ts';
import { createRandom } from '../../../src/core/random.ts';
import type { Plan } from '../../../src/core/schedule.ts';
import { currentDevice, renewDevice } from '../../../src/engine/device.ts';
import type {
  Evaluation,
  Executor,
  ExecutorOptions,
  StepControl,
} from '../../../src/engine/executors/executor.ts';
import { createTfjsExecutor } from '../../../src/engine/executors/tfjs.ts';
import { createWebGpuExecutor } from '../../../src/engine/executors/webgpu/executor.ts';
import type { MemoryLimits } from '../../../src/engine/executors/webgpu/memory.ts';
import { createBatchedNetworks } from '../../../src/engine/executors/webgpu/networks.ts';
import { initialParameters } from '../../../src/engine/network/initialise.ts';
import { gradientOfStep, relativeError } from '../../../src/engine/selfTest.ts';
import * as tf from '../../../src/engine/tf.ts';
import { counts, instrument } from '../instrument.ts';
import { ADAM, batchOf, cases, referencePlan, SGD, smallPlan, twoStages } from './nets.ts';

const candidates = (plan: Plan) =>
  plan.stages.reduce((sum, { candidates: own }) => sum + own.length, 0);

const startOf = (plan: Plan) => ({
  parameters: initialParameters(plan, createRandom(5, 'weights')),
  alpha: Float32Array.from({ length: candidates(plan) }, (_, i) => 0.1 * (i % 3)),
});

function fast(plan: Plan, options: ExecutorOptions, limits?: MemoryLimits): Executor {
  return createWebGpuExecutor({ plan, options, ...startOf(plan), ...(limits ? { limits } : {}) });
}

/** Runs `work` with the `stock` executor on plain JavaScript. */
async function onStock<T>(
  plan: Plan,
  options: ExecutorOptions,
  work: (executor: Executor) => Promise<T>,
): Promise<T> {
  await tf.setBackend('cpu');
  const executor = createTfjsExecutor({ plan, options, ...startOf(plan) });
  try {
    return await work(executor);
  } finally {
    executor.dispose();
    await tf.setBackend('webgpu');
  }
}

async function onFast<T>(
  plan: Plan,
  options: ExecutorOptions,
  work: (executor: Executor) => Promise<T>,
  limits?: MemoryLimits,
): Promise<T> {
  const executor = fast(plan, options, limits);
  try {
    return await work(executor);
  } finally {
    executor.dispose();
  }
}

function control(plan: Plan, step: number, more: Partial<StepControl> = {}): StepControl {
  const random = createRandom(9, 'noise', step);
  const noise = Float32Array.from({ length: candidates(plan) }, () => random.gumbel());
  return { rate: 0.01, alphaRate: 0.05, noise, validation: null, average: step > 1, ...more };
}

/** `count` steps; loss and accuracy of each, and the weights of the mixture at the end. */
async function train(executor: Executor, count: number, from = 0, more: Partial<StepControl> = {}) {
  const losses: number[] = [];
  const accuracies: number[] = [];
  let last: number[] = [];
  for (let step = from; step < from + count; step++) {
    executor.step(batchOf(executor.plan, 6, step % 4), control(executor.plan, step, more));
    const { loss, accuracy, weights, averaged } = await executor.statistics();
    losses.push(loss);
    accuracies.push(accuracy);
    last = [...weights.flat(), ...averaged.flat()];
  }
  return { losses, accuracies, weights: last };
}

const largestDifference = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Math.max(0, ...Array.from(a, (value, i) => Math.abs(value - (b[i] ?? Number.NaN))));

async function gradients() {
  const results: { name: string; error: number }[] = [];
  for (const { name, plan, options } of cases()) {
    const found = await gradientOfStep(
      plan,
      (parameters, alpha) => createWebGpuExecutor({ plan, parameters, alpha, options }),
      6,
      7,
    );
    await tf.setBackend('cpu');
    const expected = await gradientOfStep(
      plan,
      (parameters, alpha) => createTfjsExecutor({ plan, parameters, alpha, options }),
      6,
      7,
    );
    await tf.setBackend('webgpu');
    results.push({ name, error: relativeError(found, expected) });
  }
  return results;
}

/** Fifty steps side by side with `stock`, and how many dispatches one takes. */
async function curve(steps: number) {
  const plan = referencePlan();
  // Slow enough that rounding does not grow into another path.
  const slow = { rate: 1e-3, alphaRate: 1e-3 };
  let dispatches = 0;
  const found = await onFast(plan, ADAM, async (executor) => {
    const result = await train(executor, steps, 0, slow);
    const before = counts.dispatches;
    executor.step(batchOf(plan, 6, 0), control(plan, steps));
    dispatches = counts.dispatches - before;
    await executor.statistics();
    return result;
  });
  const expected = await onStock(plan, ADAM, (executor) => train(executor, steps, 0, slow));
  return {
    dispatches,
    losses: largestDifference(found.losses, expected.losses),
    accuracies: largestDifference(found.accuracies, expected.accuracies),
    weights: largestDifference(found.weights, expected.weights),
    fell: (expected.losses[0] ?? 0) - (expected.losses[steps - 1] ?? 0),
  };
}

/** Alpha learns from a batch of its own (first order). */
async function firstOrder() {
  const plan = smallPlan();
  const options: ExecutorOptions = { ...SGD, alpha: { ...SGD.alpha, order: 'first' } };
  const more = { validation: batchOf(plan, 4, 50) };
  const found = await onFast(plan, options, (executor) => train(executor, 4, 0, more));
  const expected = await onStock(plan, options, (executor) => train(executor, 4, 0, more));
  return {
    losses: largestDifference(found.losses, expected.losses),
    weights: largestDifference(found.weights, expected.weights),
  };
}

/** A batch that is cut into parts learns what it would in one piece. */
async function parts() {
  const plan = smallPlan();
  const whole = await onFast(plan, SGD, (executor) => train(executor, 3));
  const cut = await onFast(plan, SGD, (executor) => train(executor, 3), {
    buffer: 2e6,
    total: Number.POSITIVE_INFINITY,
  });
  return {
    losses: largestDifference(whole.losses, cut.losses),
    accuracies: largestDifference(whole.accuracies, cut.accuracies),
    weights: largestDifference(whole.weights, cut.weights),
  };
}

const MIXTURES = [
  [
    [0.2, 0.3, 0.5],
    [0.5, 0.5],
  ],
  [
    [0.2, 0.3, 0.5],
    [1, 0],
  ],
  [
    [0, 1, 0],
    [0, 1],
  ],
  [
    [0.2, 0.3, 0.5],
    [0.5, 0.5],
  ],
];

async function evaluation() {
  const plan = twoStages([0, 7, 5], [3, 7], { normalisation: 'batch' });
  const batches = [batchOf(plan, 6, 1), batchOf(plan, 5, 2)];
  const work = async (executor: Executor) => {
    await train(executor, 2);
    return executor.evaluate(batches, MIXTURES, async () => undefined);
  };
  const flat = (results: Evaluation[]) => results.flatMap(({ loss, accuracy }) => [loss, accuracy]);
  const found = flat(await onFast(plan, SGD, work));
  const expected = flat(await onStock(plan, SGD, work));
  return { difference: largestDifference(found, expected), values: found.length };
}

/** Restored states go on bit for bit, and `stock` takes them as well. */
async function restoring() {
  const plan = smallPlan({ normalisation: 'batch' });
  const straight = await onFast(plan, ADAM, (executor) => train(executor, 4));
  const state = await onFast(plan, ADAM, async (executor) => {
    await train(executor, 2);
    return executor.save();
  });
  const resume = async (executor: Executor) => {
    executor.restore(state);
    return train(executor, 2, 2);
  };
  const here = await onFast(plan, ADAM, resume);
  const there = await onStock(plan, ADAM, resume);
  return {
    names: Object.keys(state).sort(),
    same: largestDifference(straight.losses.slice(2), here.losses),
    sameWeights: largestDifference(straight.weights, here.weights),
    stock: largestDifference(there.losses, here.losses),
  };
}

/** Three networks side by side, and each by itself. */
async function networks() {
  const plans = [twoStages([7], [0]), twoStages([5], [3]), twoStages([0], [7])];
  const parameters = plans.map((plan) => startOf(plan).parameters);
  const batches = (step: number) => plans.map((plan, i) => batchOf(plan, 6, 10 * i + step));
  const test = plans.slice(0, 1).flatMap((plan) => [batchOf(plan, 9, 77)]);
  const run = async (from: number, to: number, memory?: number) => {
    const group = await createBatchedNetworks({
      plans: plans.slice(from, to),
      parameters: parameters.slice(from, to),
      weights: ADAM.weights,
      batchSize: 6,
      ...(memory ? { memory } : {}),
    });
    for (let step = 0; step < 3; step++) {
      group.step(batches(step).slice(from, from + group.count), 0.01);
    }
    const statistics = await group.statistics();
    const tested = await group.evaluate(test, async () => undefined);
    const weights = await group.parameters();
    group.dispose();
    return { count: group.count, statistics, tested, weights };
  };
  const together = await run(0, 3);
  const alone = [await run(0, 1), await run(1, 2), await run(2, 3)];
  const numbers = ({ statistics, tested, weights }: Awaited<ReturnType<typeof run>>) => [
    ...statistics.flatMap(({ loss, accuracy }) => [loss, accuracy]),
    ...tested.flatMap(({ loss, accuracy }) => [loss, accuracy]),
    ...weights.flatMap((own) => [...own]),
  ];
  const sorted = (values: number[]) => values.sort((a, b) => a - b);
  const tight = await run(0, 3, 250_000);
  return {
    count: together.count,
    difference: largestDifference(sorted(numbers(together)), sorted(alone.flatMap(numbers))),
    spread: Math.abs((alone[0]?.statistics[0]?.loss ?? 0) - (alone[1]?.statistics[0]?.loss ?? 0)),
    tightCount: tight.count,
  };
}

/** Buffers that a long training and many read-backs leave behind. */
async function growth() {
  const plan = smallPlan();
  return onFast(plan, ADAM, async (executor) => {
    await train(executor, 3);
    const before = counts.buffers;
    await train(executor, 20);
    const batch = batchOf(plan, 6, 1);
    await executor.evaluate([batch], [[[1, 0, 0]]], async () => undefined);
    await executor.save();
    return counts.buffers - before;
  });
}

async function failureOf(work: () => Promise<unknown>) {
  try {
    await work();
    return null;
  } catch (thrown) {
    const { code, message } = toErrorRecord(thrown);
    return { code, message };
  }
}

/** A batch that must stay whole, and has no room. */
async function noRoom() {
  const plan = smallPlan({ normalisation: 'batch' });
  const limits = { buffer: 2e6, total: Number.POSITIVE_INFINITY };
  return onFast(plan, ADAM, (executor) => failureOf(() => train(executor, 1)), limits);
}

/** The device is lost in the middle; the state saved before goes on upon a new one. */
async function loss() {
  const plan = smallPlan();
  const expected = await onFast(plan, ADAM, (executor) => train(executor, 3));
  const executor = fast(plan, ADAM);
  await train(executor, 1);
  const state = await executor.save();
  currentDevice()?.destroy();
  const failure = await failureOf(() => train(executor, 1, 1));
  executor.dispose();
  await renewDevice();
  const resumed = await onFast(plan, ADAM, async (fresh) => {
    fresh.restore(state);
    return train(fresh, 2, 1);
  });
  return { failure, difference: largestDifference(expected.losses.slice(1), resumed.losses) };
}

/** False where this browser has no adapter, not even a software one. */
async function start(): Promise<boolean> {
  if (!navigator.gpu || !(await navigator.gpu.requestAdapter())) return false;
  instrument();
  tf.enableProdMode();
  return tf.setBackend('webgpu');
}

const checks = {
  start,
  gradients,
  curve: () => curve(50),
  firstOrder,
  parts,
  evaluation,
  restoring,
  networks,
  growth,
  noRoom,
  loss,
};

declare global {
  interface Window {
    checks: typeof checks;
  }
}

window.checks = checks;
