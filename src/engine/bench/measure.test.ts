/** Every benchmark once, as small as it goes: what it returns, not how long it takes. */
import { beforeAll, expect, test } from 'vitest';
import type { BenchResult, Place } from '../../core/bench/results.ts';
import { LabError, toErrorRecord } from '../../core/errors.ts';
import type { StudyConfig } from '../../core/study/config.ts';
import { memory } from '../memory.ts';
import { inlineRunner, type Runner } from '../study/runners.ts';
import { prepareTask } from '../task.ts';
import { tinyDataset, useBackend } from '../testing.ts';
import { type MeasureHost, measure } from './measure.ts';
import { netNamed } from './nets.ts';

const PLACE: Place = { backend: 'wasm', adapter: 'SIMD' };

/** Counts what is opened and closed. */
interface Host extends MeasureHost {
  readonly lines: string[];
  readonly open: () => number;
}

function createHost(more: Partial<MeasureHost> = {}): Host {
  const lines: string[] = [];
  let open = 0;
  const runner = (config: StudyConfig): Runner => {
    open += 1;
    const task = prepareTask(tinyDataset(6000, 2000), config.run);
    const clock = () => 0;
    const inner = inlineRunner({
      config,
      task,
      executor: 'wasm',
      gate: async () => undefined,
      clock,
    });
    const dispose = () => {
      open -= 1;
    };
    return { ...inner, dispose };
  };
  return {
    clock: () => performance.now(),
    gate: async () => undefined,
    tell: (line) => lines.push(line),
    heap: () => ({ heap: 1, external: null }),
    signal: new AbortController().signal,
    openRunners: async (count, config) => Array.from({ length: count }, () => runner(config)),
    ...more,
    lines,
    open: () => open,
  };
}

beforeAll(() => useBackend('wasm'));

const positive = (value: number) => expect(value).toBeGreaterThan(0);

function narrow<B extends BenchResult['benchmark']>(result: BenchResult, benchmark: B) {
  if (result.benchmark !== benchmark) throw new Error(`It measured ${result.benchmark}.`);
  return result as Extract<BenchResult, { benchmark: B }>;
}

test('REF is the net that the tables name', () => {
  const { plan } = netNamed('REF');
  expect(plan.parameterCount).toBe(373_338);
  expect(plan.slots.filter(({ shape }) => shape.length === 4)).toHaveLength(93);
  expect(netNamed('REF', 3).batch).toBe(3);
});

test('executors: both are timed, agree in their gradients, and leave nothing behind', async () => {
  const host = createHost();
  const before = memory();
  const result = narrow(
    await measure(
      PLACE,
      { benchmark: 'executors', options: { nets: ['Q'], batch: 2, repeats: 1, warmUp: 0 } },
      host,
    ),
    'executors',
  );
  expect(memory()).toEqual(before);
  expect(result).toMatchObject({ backend: 'wasm', adapter: 'SIMD', repeats: 1 });
  const [net] = result.nets;
  expect(net).toMatchObject({ name: 'Q', batch: 2, fast: { dispatches: null } });
  positive(net?.stock.milliseconds ?? 0);
  positive(net?.fast.milliseconds ?? 0);
  expect(net?.ratio).toBeCloseTo((net?.stock.milliseconds ?? 0) / (net?.fast.milliseconds ?? 0));
  expect(net?.gradientError).toBeLessThan(1e-3);
  expect(net?.gradientError).toBeGreaterThan(0);
  expect(host.lines).toHaveLength(1);
});

test('kernels: all of them at all shapes, with finite times, and no tensors left', async () => {
  const before = memory();
  const result = narrow(
    await measure(
      PLACE,
      { benchmark: 'kernels', options: { batch: 1, repeats: 1, warmUp: 0 } },
      createHost(),
    ),
    'kernels',
  );
  expect(memory()).toEqual(before);
  expect(result.kernels).toHaveLength(3 * 16 + 2);
  for (const { milliseconds, gigaflops, stockMilliseconds } of result.kernels) {
    positive(milliseconds);
    if (gigaflops !== null) positive(gigaflops);
    if (stockMilliseconds !== null) positive(stockMilliseconds);
  }
  const shapes = new Set(result.kernels.map(({ shape }) => shape));
  expect([...shapes].slice(0, 3)).toEqual(['28×28×8', '14×14×16', '7×7×32']);
});

test('scaling: as many points as asked for, whose work is in proportion to their cells', async () => {
  const before = memory();
  const result = narrow(
    await measure(
      PLACE,
      {
        benchmark: 'scaling',
        options: { cells: 16, side: 6, channels: 4, batch: 1, repeats: 1, warmUp: 0 },
      },
      createHost(),
    ),
    'scaling',
  );
  expect(memory()).toEqual(before);
  expect(result.points.map(({ cells }) => cells)).toEqual([4, 8, 12, 16, 16]);
  expect(result.points.map(({ architectures }) => architectures)).toEqual([4, 16, 64, 256, 64]);
  for (const { work, cells, milliseconds, alone } of result.points) {
    expect(work / (cells / 4)).toBeGreaterThan(0.9);
    expect(work / (cells / 4)).toBeLessThan(1.1);
    positive(milliseconds);
    positive(alone);
  }
  expect(result.workExponent).toBeCloseTo(1, 1);
  expect(Number.isFinite(result.exponent)).toBe(true);
});

test('pool: the same results on all runners, which are closed afterwards', async () => {
  const host = createHost();
  const result = narrow(
    await measure(
      PLACE,
      { benchmark: 'pool', options: { repeats: 1, architectures: 3, steps: 2, workers: 2 } },
      host,
    ),
    'pool',
  );
  expect(result).toMatchObject({ architectures: 3, workers: 2, same: true });
  expect(result.ratio).toBeCloseTo(result.oneWorkerSeconds / result.poolSeconds);
  expect(host.open()).toBe(0);
});

test('growth: a sample before, samples along, and nothing grows', async () => {
  const result = narrow(
    await measure(PLACE, { benchmark: 'growth', options: { steps: 20 } }, createHost()),
    'growth',
  );
  expect(result.executors.map(({ executor }) => executor)).toEqual(['wasm', 'stock']);
  for (const { samples, grew } of result.executors) {
    expect(samples.map(({ step }) => step)).toEqual([0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20]);
    expect(grew).toEqual([]);
    expect(samples[0]).toMatchObject({ heap: 1, external: null, gpuBuffers: null });
  }
});

test('networks are refused on WASM, and kernels on WebGPU', async () => {
  const alone = { networks: 2, batch: 1, repeats: 1 };
  const networks = measure(PLACE, { benchmark: 'networks', options: alone }, createHost());
  await expect(networks).rejects.toMatchObject({ code: 'backend-unavailable' });
  const gpu: Place = { backend: 'webgpu', adapter: 'none' };
  const options = { batch: 1, repeats: 1, warmUp: 0 };
  const kernels = measure(gpu, { benchmark: 'kernels', options }, createHost());
  await expect(kernels).rejects.toMatchObject({ code: 'backend-unavailable' });
});

test('a gate that throws ends a benchmark, and nothing is left', async () => {
  const before = memory();
  let passes = 0;
  const host = createHost({
    gate: async () => {
      passes += 1;
      if (passes > 4) throw new LabError('cancelled', 'Enough.');
    },
  });
  const options = { cells: 8, side: 6, channels: 4, batch: 1, repeats: 50, warmUp: 0 };
  const error = await measure(PLACE, { benchmark: 'scaling', options }, host).catch(toErrorRecord);
  expect(error).toMatchObject({ code: 'cancelled' });
  expect(memory()).toEqual(before);
});
