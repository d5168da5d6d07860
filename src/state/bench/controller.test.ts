import { expect, test, vi } from 'vitest';
import type { BenchResult } from '../../core/bench/results.ts';
import type { BackendProbe } from '../../core/run/events.ts';
import { createFakeWorker, type FakeWorker } from '../../worker/client/training.testing.ts';
import { createBench } from './controller.ts';

const probe = (gpu: boolean): BackendProbe => ({
  chosen: { name: gpu ? 'webgpu' : 'wasm', adapter: 'A', reason: 'a test' },
  lacks: {},
  candidates: [
    { name: 'webgpu', available: gpu, note: 'A', gradientError: null },
    ...(gpu ? [] : [{ name: 'wasm' as const, available: true, note: 'SIMD', gradientError: 0 }]),
  ],
});

const resultOf = (backend: 'wasm' | 'webgpu'): BenchResult => ({
  benchmark: 'growth',
  backend,
  adapter: 'A',
  steps: 10,
  executors: [],
});

/** A worker that answers as told; `bench` requests are answered by `onBench`. */
function setUp(gpu: boolean, onBench: (worker: FakeWorker, id: number, backend: string) => void) {
  const workers: FakeWorker[] = [];
  const bench = createBench({
    baseUrl: './',
    spawn() {
      const worker = createFakeWorker((message, own) => {
        if (message.kind !== 'request') return;
        if (message.type === 'backend') queueMicrotask(() => own.reply(message.id, probe(gpu)));
        if (message.type !== 'bench') return;
        const { backend } = message.body;
        queueMicrotask(() => onBench(own, message.id, backend));
      });
      workers.push(worker);
      return worker;
    },
  });
  bench.choose('quick');
  for (const id of ['executors', 'kernels', 'scaling', 'networks', 'pool'] as const) {
    bench.want(id, false);
  }
  return { bench, workers };
}

test('measures what is wanted on every backend there is, and lets the worker go', async () => {
  const { bench, workers } = setUp(true, (worker, id, backend) => {
    worker.push('benchLine', `on ${backend}`);
    worker.reply(id, resultOf(backend === 'webgpu' ? 'webgpu' : 'wasm'));
  });
  await bench.start();
  const { status, results, lines, done, total, missed, cancelled } = bench.store.getState();
  expect({ status, done, total, missed, cancelled }).toEqual({
    status: 'ended',
    done: 2,
    total: 2,
    missed: [],
    cancelled: false,
  });
  expect(results.map(({ backend }) => backend)).toEqual(['wasm', 'webgpu']);
  expect(lines).toEqual(['on wasm', 'on webgpu']);
  expect(workers).toHaveLength(1);
  expect(workers[0]?.terminated()).toBe(true);
});

test('without an adapter only WASM is measured', async () => {
  const { bench } = setUp(false, (worker, id) => worker.reply(id, resultOf('wasm')));
  await bench.start();
  expect(bench.store.getState()).toMatchObject({ total: 1, done: 1 });
});

test('a benchmark that fails is named, and the others go on', async () => {
  const { bench } = setUp(true, (worker, id, backend) => {
    if (backend === 'webgpu') worker.reply(id, resultOf('webgpu'));
    else {
      const error = { code: 'out-of-memory', message: 'No room.', details: {} } as const;
      worker.say({ kind: 'reply', id, ok: false, error });
    }
  });
  await bench.start();
  const { missed, results, done } = bench.store.getState();
  expect(missed).toEqual([{ benchmark: 'growth', backend: 'wasm', why: 'No room.' }]);
  expect(results).toHaveLength(1);
  expect(done).toBe(2);
});

test('a cancel keeps what was measured, and a second start begins anew', async () => {
  const { bench, workers } = setUp(true, (worker, id, backend) => {
    if (backend === 'wasm') worker.reply(id, resultOf('wasm'));
  });
  const running = bench.start();
  // A second start while one is under way is nothing.
  await bench.start();
  await vi.waitFor(() => expect(bench.store.getState().done).toBe(1));
  bench.cancel();
  await running;
  expect(bench.store.getState()).toMatchObject({ status: 'ended', cancelled: true, done: 1 });
  expect(bench.store.getState().results).toHaveLength(1);
  expect(workers).toHaveLength(1);
  expect(workers[0]?.terminated()).toBe(true);
  const again = bench.start();
  expect(bench.store.getState()).toMatchObject({ status: 'preparing', results: [], done: 0 });
  bench.cancel();
  await again;
  expect(workers).toHaveLength(2);
});

test('a worker that cannot start is told as a failure', async () => {
  const bench = createBench({
    baseUrl: './',
    spawn: () =>
      createFakeWorker((message, own) => {
        if (message.kind === 'request') queueMicrotask(() => own.crash('no such file'));
      }),
  });
  await bench.start();
  const { status, failure, results } = bench.store.getState();
  expect(status).toBe('ended');
  expect(failure).toMatchObject({ code: 'worker-died' });
  expect(results).toEqual([]);
});
