/**
 * The registry of executors: which one runs a plan, and its making. To add one: an entry here and its
 * descriptor in `core/run/executors.ts`.
 */

import { LabError } from '../../core/errors.ts';
import {
  type BackendName,
  chooseExecutor,
  type ExecutorChoice,
  type ExecutorId,
  type ExecutorNeeds,
  type ExecutorPreference,
} from '../../core/run/executors.ts';
import type { Plan } from '../../core/schedule.ts';
import * as tf from '../tf.ts';
import type { Executor, ExecutorInit, ExecutorOptions } from './executor.ts';
import { createTfjsExecutor } from './tfjs.ts';
import { createWasmExecutor } from './wasm/index.ts';
import { kernelsAvailable } from './wasm/kernels.ts';
import { teamThreads } from './wasm/threadTeam.ts';
import { createWebGpuExecutor } from './webgpu/executor.ts';
import { executorTrusted } from './webgpu/trust.ts';

interface Entry {
  readonly id: ExecutorId;
  /** True, or a sentence that says what this machine lacks. */
  readonly available: () => true | string;
  readonly create: (init: ExecutorInit) => Executor;
}

const ENTRIES: readonly Entry[] = [
  { id: 'webgpu', available: executorTrusted, create: createWebGpuExecutor },
  { id: 'wasm', available: kernelsAvailable, create: createWasmExecutor },
  { id: 'stock', available: () => true, create: createTfjsExecutor },
];

export interface ExecutorEnvironment {
  /** The backend in use; tfjs's current one unless given. */
  readonly backend?: BackendName;
  readonly prefer?: ExecutorPreference;
}

const isBackendName = (name: string): name is BackendName =>
  name === 'webgpu' || name === 'wasm' || name === 'cpu';

function currentBackend(): BackendName {
  const name = tf.getBackend();
  return isBackendName(name) ? name : 'cpu';
}

function available(id: ExecutorId): true | string {
  const entry = ENTRIES.find((known) => known.id === id);
  return entry ? entry.available() : `The executor ${id} is not built in.`;
}

/** What keeps executors from running on this machine, each in a sentence. */
export function lacking(): { readonly [id in ExecutorId]?: string } {
  const lacks: { [id in ExecutorId]?: string } = {};
  for (const { id, available } of ENTRIES) {
    const answer = available();
    if (answer !== true) lacks[id] = answer;
  }
  return lacks;
}

/** What a plan with options asks of an executor. */
export function planNeeds(plan: Plan, options: ExecutorOptions): ExecutorNeeds {
  return {
    kernel: plan.operation.kernel,
    normalisation: plan.normalisation,
    order: options.alpha.order,
  };
}

/** The executor that would run, on this machine. */
export function choose(
  needs: ExecutorNeeds,
  { backend = currentBackend(), prefer = 'auto' }: ExecutorEnvironment = {},
): ExecutorChoice {
  return chooseExecutor(needs, backend, prefer, available);
}

/**
 * The executor of a log ("run", "study"): the one it began with, or the preferred one for a new one.
 * @throws LabError `backend-unavailable` when it cannot go on as it began.
 */
export function executorOf(
  what: 'run' | 'study',
  needs: ExecutorNeeds,
  begun: ExecutorId | null,
  prefer: ExecutorPreference = 'auto',
): ExecutorId {
  const { id, reason } = choose(needs, { prefer: begun ?? prefer });
  if (begun === null || id === begun) return id;
  throw new LabError(
    'backend-unavailable',
    `This ${what} began with the executor “${begun}”, which cannot run here. ${reason} Go on where it began, or start a new ${what}.`,
    { executor: begun },
  );
}

/** Threads of this machine that share a step of an executor. */
export const threadsOf = (id: ExecutorId): number => (id === 'wasm' ? teamThreads() : 1);

/** The fastest executor that supports the plan, or the preferred one if it does. */
export function createExecutor(
  init: ExecutorInit,
  environment: ExecutorEnvironment = {},
): Executor {
  const { id } = choose(planNeeds(init.plan, init.options), environment);
  const entry = ENTRIES.find((known) => known.id === id);
  return entry ? entry.create(init) : createTfjsExecutor(init);
}
