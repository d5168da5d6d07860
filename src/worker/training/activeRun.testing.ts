/** For tests of a run in the worker: a made-up log, an executor that does nothing, and pauses. */
import { LabError } from '../../core/errors.ts';
import { syntheticConfig, syntheticEvents } from '../../core/run/testing.ts';
import type { Executor } from '../../engine/executors/executor.ts';
import { createRecovery } from '../../engine/recovery.ts';
import type { ActiveRun } from './activeRun.ts';

export const CONFIG = syntheticConfig(3);
export const LOG = syntheticEvents({ config: CONFIG, generations: 2, finished: true });

/** Every loss is one that can be made good, as long as there are not too many. */
export const recoverable = () => {
  const seen = { renewed: 0 };
  const recovery = createRecovery({
    lossBehind: async (thrown) =>
      thrown instanceof LabError && thrown.code === 'device-lost' ? thrown : null,
    renew: async () => {
      seen.renewed += 1;
    },
  });
  return { recovery, seen };
};

/** An advance that nobody interrupts. */
export const never = new Promise<'interrupted'>(() => undefined);

export const executor: Executor = {
  plan: {
    version: 1,
    input: { height: 1, width: 1, channels: 1 },
    classes: 2,
    operation: { kind: 'conv', kernel: 3 },
    normalisation: 'none',
    weightInit: 'he',
    stages: [],
    classifier: { weight: 0, bias: 1, features: 1 },
    slots: [],
    parameterCount: 0,
  },
  step: () => undefined,
  statistics: async () => ({ loss: 0, accuracy: 0, weights: [], averaged: [] }),
  evaluate: async () => [],
  save: async () => ({ weights: Float32Array.of(1, 2) }),
  restore: () => undefined,
  dispose: () => undefined,
};

/** A signal as the worker makes it: holding and interrupting at once. */
export function interrupter(run: ActiveRun) {
  let fire: () => void = () => undefined;
  const promise = new Promise<'interrupted'>((resolve) => {
    fire = () => {
      run.hold();
      resolve('interrupted');
    };
  });
  return { promise, fire };
}

export const idle = () => new Promise((resolve) => setTimeout(resolve, 20));
