/** Threads that share the steps of one training: as one thread, bit for bit, and never a hang. */
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { bundle } from '../../scripts/lib/bundle.mjs';
import type { NetworkShape } from '../core/architecture.ts';
import { createRandom } from '../core/random.ts';
import { compilePlan, type Plan, type PlanOptions } from '../core/schedule.ts';
import type { Executor, ExecutorInit, ExecutorOptions } from '../engine/executors/executor.ts';
import { leaseHeap } from '../engine/executors/wasm/heapLease.ts';
import { createWasmExecutor } from '../engine/executors/wasm/index.ts';
import { loadKernels } from '../engine/executors/wasm/kernels.ts';
import type { ToHelper } from '../engine/executors/wasm/teamProtocol.ts';
import {
  closeTeam,
  openTeam,
  type TeamPort,
  teamThreads,
  threadsFor,
} from '../engine/executors/wasm/threadTeam.ts';
import { initialParameters } from '../engine/network/initialise.ts';
import { randomBatch, UNEVEN_REGION, UNEVEN_SHAPE } from '../engine/testing.ts';
import { openNodeTeam } from './team.ts';
import { commandLine } from './testing.ts';
import { startThread } from './threads.ts';

const projectRoot = resolve(import.meta.dirname, '../..');
const binary = (name: string) => readFile(join(projectRoot, 'src/engine/executors/wasm', name));

const PLAIN: PlanOptions = { poolingType: 'max', normalisation: 'none', weightInit: 'uniform' };
const OPTIONS: ExecutorOptions = {
  weights: { optimiser: 'adam', momentum: 0 },
  alpha: { optimiser: 'adam', momentum: 0, order: 'joint' },
  sampling: 'gumbel',
  temperature: 1,
};
const MIXTURES = [
  [
    [0.2, 0.5, 0.3],
    [0.4, 0.6],
  ],
  [
    [1, 0, 0],
    [0, 1],
  ],
  [
    [0, 0, 1],
    [1, 0],
  ],
];

type Kind = Partial<PlanOptions> & Partial<Pick<NetworkShape, 'operation'>>;

const planOf = ({ operation = UNEVEN_SHAPE.operation, ...options }: Kind = {}) =>
  compilePlan(UNEVEN_REGION, { ...UNEVEN_SHAPE, operation }, { ...PLAIN, ...options });

function initOf(plan: Plan, options = OPTIONS): ExecutorInit {
  const parameters = initialParameters(plan, createRandom(1, 'team'));
  return { plan, options, parameters, alpha: new Float32Array(5) };
}

const executorOf = (options: Kind = {}) => createWasmExecutor(initOf(planOf(options)));

function step(executor: Executor, images: number, seed: number): void {
  const noise = Float32Array.from({ length: 5 }, createRandom(seed, 'noise').gumbel);
  const alphaRate = seed % 3 === 0 ? 0 : 0.1;
  const control = { rate: 0.01, alphaRate, noise, validation: null, average: seed > 2 };
  executor.step(randomBatch(executor.plan, images, seed), control);
}

/** One image, fewer than there are threads, odd numbers, several microbatches a reduction slot. */
const SIZES = [5, 1, 20, 33, 2, 300, 13];

/** Everything that training and evaluation give. */
async function play(executor: Executor, between: () => Promise<void>) {
  const reports = [];
  const evaluations = [];
  for (const [i, size] of SIZES.entries()) {
    step(executor, size, i);
    reports.push(await executor.statistics());
    const batches = [randomBatch(executor.plan, size, 7), randomBatch(executor.plan, 19, 8)];
    if (i % 2 === 0) evaluations.push(await executor.evaluate(batches, MIXTURES, between));
  }
  return { reports, evaluations, state: await executor.save() };
}

const nothing = async () => undefined;

async function playAlone(options: Kind) {
  const executor = executorOf(options);
  const played = await play(executor, nothing);
  executor.dispose();
  return played;
}

let program = '';
const cli = commandLine(async () => program);

const openReal = (threads: number) => openNodeTeam(threads, program, projectRoot);

/** A team of two whose helper is not what it seems. */
const openOdd = (spawn: () => TeamPort) =>
  openTeam({ threads: 2, spawn, kernels: () => binary('kernelsShared.wasm'), patienceMs: 1000 });

beforeAll(async () => {
  await loadKernels(() => binary('kernels.wasm'));
  program = await bundle('src/cli/teamThread.ts', 'team');
});

afterEach(closeTeam);

const CASES = (['none', 'batch'] as const).flatMap((normalisation): Kind[] => [
  { normalisation, poolingType: 'max' },
  { normalisation, poolingType: 'average' },
  { normalisation, operation: { kind: 'linear', width: 7 } },
]);

describe.each([2, 3])('%i threads', (threads) => {
  test.each(CASES)('are one thread, bit for bit: %o', async (options) => {
    const alone = await playAlone(options);
    expect(await openReal(threads)).toEqual({ threads, reason: '' });
    expect(teamThreads()).toBe(threads);
    const executor = executorOf(options);
    expect(await play(executor, nothing)).toEqual(alone);
    executor.dispose();
  });

  test.each(['none', 'batch'] as const)(
    'go on from what one thread saved: %s',
    async (normalisation) => {
      const whole = executorOf({ normalisation });
      for (let i = 0; i < 3; i++) step(whole, 21, i);
      const saved = await whole.save();
      for (let i = 3; i < 6; i++) step(whole, 21, i);
      await openReal(threads);
      const rest = executorOf({ normalisation });
      rest.restore(saved);
      for (let i = 3; i < 6; i++) step(rest, 21, i);
      expect(await rest.save()).toEqual(await whole.save());
      whole.dispose();
      rest.dispose();
    },
  );
});

test('an executor that trains while another one pauses does it alone', async () => {
  const alone = await playAlone({ normalisation: 'batch' });
  await openReal(2);
  const [first, second] = [executorOf({ normalisation: 'batch' }), executorOf()];
  let others = 0;
  const played = await play(first, async () => {
    step(second, 12, others++);
  });
  expect(played).toEqual(alone);
  expect(others).toBeGreaterThan(5);
  first.dispose();
  second.dispose();
});

test('an evaluation that is cancelled leaves the team as it was', async () => {
  await openReal(3);
  const executor = executorOf({ normalisation: 'batch' });
  const batches = [randomBatch(executor.plan, 40, 1)];
  const cancel = async () => {
    throw new Error('enough');
  };
  await expect(executor.evaluate(batches, MIXTURES, cancel)).rejects.toThrow('enough');
  expect(teamThreads()).toBe(3);
  expect(await play(executor, nothing)).toEqual(await playAlone({ normalisation: 'batch' }));
  executor.dispose();
});

test('memory does not grow from step to step', async () => {
  await openReal(2);
  const executor = executorOf({ normalisation: 'batch' });
  for (let i = 0; i < 3; i++) step(executor, 40, i);
  executor.dispose();
  const before = leaseHeap(executor.plan, 5);
  const { bytes, memory } = before.heap;
  before.release();
  const again = executorOf({ normalisation: 'batch' });
  for (let i = 0; i < 200; i++) step(again, 40, i);
  again.dispose();
  const after = leaseHeap(executor.plan, 5);
  expect(after.heap.memory).toBe(memory);
  expect(after.heap.bytes).toBe(bytes);
  after.release();
});

describe('helpers that fail', () => {
  const stepOnce = () => {
    const executor = executorOf();
    try {
      step(executor, 40, 1);
    } finally {
      executor.dispose();
    }
  };

  test('one that is silent is given up, and the next executor goes on alone', async () => {
    const silent: TeamPort = {
      post: () => undefined,
      listen: (message) => message({ kind: 'ready' }),
      close: () => undefined,
    };
    await openOdd(() => silent);
    expect(stepOnce).toThrow(expect.objectContaining({ code: 'worker-died' }));
    expect(teamThreads()).toBe(1);
    stepOnce();
  });

  test('one that cannot do its part says why', async () => {
    const deaf = startThread<{ readonly kind: 'ready' }, ToHelper>(program);
    await openOdd(() => ({
      ...deaf,
      post: (message) => message.kind !== 'open' && deaf.post(message),
    }));
    expect(stepOnce).toThrow(/does not know/);
    expect(teamThreads()).toBe(2);
  });

  /** A team whose helper ends when it is told to. */
  async function openMortal(): Promise<() => void> {
    const real = startThread<{ readonly kind: 'ready' }, ToHelper>(program);
    let died: (why: string) => void = () => undefined;
    const spawn = () => ({
      ...real,
      listen(...[message, whenDied]: Parameters<TeamPort['listen']>) {
        died = whenDied;
        real.listen(message, whenDied);
      },
    });
    await openOdd(spawn);
    return () => died('it was ended');
  }

  test('one that ends between two steps is not missed', async () => {
    const alone = executorOf();
    for (let i = 0; i < 4; i++) step(alone, 40, i);
    const end = await openMortal();
    const executor = executorOf();
    for (let i = 0; i < 4; i++) {
      if (i === 2) end();
      expect(teamThreads()).toBe(i < 2 ? 2 : 1);
      step(executor, 40, i);
    }
    expect(await executor.save()).toEqual(await alone.save());
    executor.dispose();
    alone.dispose();
  });

  test.each(['none', 'batch'] as const)(
    'one that ends in an evaluation: %s',
    async (normalisation) => {
      const end = await openMortal();
      const executor = executorOf({ normalisation });
      const batches = [randomBatch(executor.plan, 40, 1)];
      const evaluation = executor.evaluate(batches, MIXTURES, async () => end());
      await expect(evaluation).rejects.toMatchObject({
        code: 'worker-died',
        message: expect.stringContaining('it was ended'),
      });
      expect(() => step(executor, 40, 1)).toThrow(/have ended/);
      executor.dispose();
    },
  );

  test('one that cannot be started: no team', async () => {
    const found = await openOdd(() => startThread('/no/such/program.mjs'));
    expect(found.threads).toBe(1);
    expect(found.reason).toMatch(/could not be started/);
    stepOnce();
  });
});

test('a search with two threads is a search with one, and its log says which', async () => {
  const search = ['search', '--preset', 'smoke', '--json', '--threads'];
  const one = JSON.parse((await cli.run([...search, '1'])).out);
  const two = JSON.parse((await cli.run([...search, '2'])).out);
  expect([one.threads, two.threads]).toEqual([1, 2]);
  expect(two.digest).toBe(one.digest);
  expect(teamThreads()).toBe(1);
});

test('threads for a machine', () => {
  expect([1, 2, 3, 4, 8, 64].map(threadsFor)).toEqual([1, 2, 2, 3, 7, 8]);
});
