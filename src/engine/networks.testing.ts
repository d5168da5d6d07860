/**
 * Networks that are side by side in name only: each has an executor of its own on the current backend,
 * so that what trains many at once can be tested without a GPU.
 */
import { createExecutor } from './executors/choose.ts';
import type { Executor, StepControl } from './executors/executor.ts';
import type { BatchedNetworks, BatchedNetworksInit } from './executors/webgpu/networks.ts';

/** What happens besides. */
export interface Happenings {
  /** The most that fit at once. */
  readonly most?: number;
  /** Hears how many were asked for and how many fit. */
  readonly opened?: (asked: number, count: number) => void;
  /** Before every step of a group, counted from 0; what it throws, the step throws. */
  readonly beforeStep?: (step: number) => void;
}

const ALONE: Omit<StepControl, 'rate' | 'noise'> = {
  alphaRate: 0,
  validation: null,
  average: false,
};

function executorsOf({ plans, parameters, weights }: BatchedNetworksInit, count: number) {
  return plans.slice(0, count).map((plan, i): Executor => {
    const alpha = new Float32Array(plan.stages.length);
    return createExecutor({
      plan,
      parameters: parameters[i] ?? new Float32Array(plan.parameterCount),
      alpha,
      options: {
        weights,
        alpha: { optimiser: 'sgd', momentum: 0, order: 'joint' },
        sampling: 'softmax',
        temperature: 1,
      },
    });
  });
}

/** Stands in for `createBatchedNetworks`. */
export function oneByOneNetworks({
  most = Number.POSITIVE_INFINITY,
  opened = () => undefined,
  beforeStep = () => undefined,
}: Happenings = {}): (init: BatchedNetworksInit) => Promise<BatchedNetworks> {
  return async (init) => {
    const count = Math.min(most, init.plans.length);
    opened(init.plans.length, count);
    const executors = executorsOf(init, count);
    const all = async <T>(work: (executor: Executor) => Promise<T>) => {
      const results: T[] = [];
      for (const executor of executors) results.push(await work(executor));
      return results;
    };
    let steps = 0;
    return {
      count,
      step(batches, rate) {
        beforeStep(steps++);
        for (const [i, executor] of executors.entries()) {
          const batch = batches[i];
          if (!batch) throw new RangeError(`Network ${i} has no batch.`);
          if (batch.labels.length !== init.batchSize)
            throw new RangeError('A batch of another size.');
          const noise = new Float32Array(executor.plan.stages.length);
          executor.step(batch, { ...ALONE, rate, noise });
        }
      },
      ready: async () => undefined,
      statistics: () => all((executor) => executor.statistics()),
      evaluate: async (batches, between) => {
        const results = await all((executor) => {
          const whole = executor.plan.stages.map(() => [1]);
          return executor.evaluate(batches, [whole], between);
        });
        return results.flat();
      },
      parameters: () =>
        all(async (executor) => (await executor.save()).weights ?? new Float32Array()),
      save: () => all((executor) => executor.save()),
      restore(states) {
        for (const [i, executor] of executors.entries()) executor.restore(states[i] ?? {});
      },
      dispose() {
        for (const executor of executors) executor.dispose();
      },
    };
  };
}
