/**
 * The WebGPU half of the benchmarks: our own executor against `stock` on the same adapter, in the same
 * run. Runs in a browser; `scripts/lib/webgpuBench.mjs` brings it there and its numbers back.
 */
import type { Plan } from '../../core/schedule.ts';
import type {
  Batch,
  Executor,
  ExecutorInit,
  ExecutorOptions,
} from '../../engine/executors/executor.ts';
import { createStockExecutor } from '../../engine/executors/stock.ts';
import { createWebGpuExecutor } from '../../engine/executors/webgpu/executor.ts';
import { createBatchedNetworks } from '../../engine/executors/webgpu/networks.ts';
import { gradientOfStep, relativeError } from '../../engine/selfTest.ts';
import { batchOf, initOf, median, type Net, net, REF, STRATIFIED_CELLS, stepOnce } from './nets.ts';

export interface Timed {
  /** GPU dispatches of one step, everything included. */
  readonly dispatches: number;
  /** Median of a step, awaited. */
  readonly milliseconds: number;
}

export interface WebGpuMeasured {
  readonly adapter: string;
  readonly batch: number;
  readonly repeats: number;
  readonly stock: Timed;
  readonly fast: Timed;
  readonly ratio: number;
  /** Of one step, relative to the largest gradient. */
  readonly gradientError: number;
}

/** Milliseconds of one step of all networks, made in three ways. */
export interface NetworksMeasured {
  readonly adapter: string;
  readonly networks: number;
  readonly batch: number;
  readonly together: number;
  readonly oneByOne: number;
  readonly stockOneByOne: number;
}

/** What a program that cannot run WebGPU itself asks of a browser; null where that has none. */
export interface WebGpuBench {
  executors(size: { batch?: number; repeats?: number }): Promise<WebGpuMeasured | null>;
  networks(size: {
    networks?: number;
    batch?: number;
    steps?: number;
  }): Promise<NetworksMeasured | null>;
}

const PLAIN: ExecutorOptions = {
  weights: { optimiser: 'sgd', momentum: 0 },
  alpha: { optimiser: 'sgd', momentum: 0, order: 'joint' },
  sampling: 'softmax',
  temperature: 1,
};

/** Dispatches that `work` asks of the device. */
async function dispatchesOf(work: () => Promise<void>): Promise<number> {
  const own = GPUComputePassEncoder.prototype.dispatchWorkgroups;
  let count = 0;
  GPUComputePassEncoder.prototype.dispatchWorkgroups = function (...args) {
    count += 1;
    return own.apply(this, args);
  };
  await work();
  GPUComputePassEncoder.prototype.dispatchWorkgroups = own;
  return count;
}

async function timed(work: () => Promise<void>): Promise<number> {
  const since = performance.now();
  await work();
  return performance.now() - since;
}

/** Rounds of one step each, in turn, so that a busy machine is busy for both. */
async function interleaved(
  executors: readonly Executor[],
  batch: Batch,
  init: ExecutorInit,
  repeats: number,
): Promise<Timed[]> {
  const dispatches: number[] = [];
  const times = executors.map((): number[] => []);
  for (const executor of executors) {
    await stepOnce(executor, batch, init);
    dispatches.push(await dispatchesOf(() => stepOnce(executor, batch, init)));
  }
  for (let round = 0; round < repeats; round++) {
    for (const [i, executor] of executors.entries()) {
      times[i]?.push(await timed(() => stepOnce(executor, batch, init)));
    }
  }
  return times.map((own, i) => ({ dispatches: dispatches[i] ?? 0, milliseconds: median(own) }));
}

async function gradientError(plan: Plan, batch: number): Promise<number> {
  const gradient = (create: (init: ExecutorInit) => Executor) =>
    gradientOfStep(
      plan,
      (parameters, alpha) => create({ plan, parameters, alpha, options: PLAIN }),
      batch,
      7,
    );
  return relativeError(await gradient(createWebGpuExecutor), await gradient(createStockExecutor));
}

/** A step of REF, and its gradients. */
export async function compareOnGpu(
  adapter: string,
  batch: number,
  repeats: number,
): Promise<WebGpuMeasured> {
  const reference = REF(batch);
  const init = initOf(reference);
  const executors = [createStockExecutor(init), createWebGpuExecutor(init)];
  const images = batchOf(reference, batch);
  const [stock, fast] = await interleaved(executors, images, init, repeats);
  for (const executor of executors) executor.dispose();
  if (!stock || !fast) throw new RangeError('Two executors give two times.');
  const ratio = stock.milliseconds / fast.milliseconds;
  const error = await gradientError(reference.plan, batch);
  return { adapter, batch, repeats, stock, fast, ratio, gradientError: error };
}

/** Networks of the `quick` preset's shape, every stage with the next of the stratified cells. */
function aloneNets(count: number, batch: number): Net[] {
  const kinds = STRATIFIED_CELLS.length;
  return Array.from({ length: count }, (_, i) =>
    net('alone', {
      cells: [STRATIFIED_CELLS[i % kinds] ?? 0],
      channels: [4, 8],
      side: 14,
      inputChannels: 1,
      normalisation: 'batch',
      batch,
    }),
  );
}

/** A step of one network, out of `steps`, without the one that compiles. */
async function alone(own: Net, create: (init: ExecutorInit) => Executor, steps: number) {
  const init = initOf(own);
  const batch = batchOf(own, own.batch);
  const executor = create(init);
  await stepOnce(executor, batch, init);
  const time = await timed(async () => {
    for (let step = 0; step < steps; step++) await stepOnce(executor, batch, init);
  });
  executor.dispose();
  return time / steps;
}

/** `stock` takes its time: of so many networks it trains one, which stands for all. */
const STOCK_SHARE = 6;

/** Architectures trained alone: side by side, and one after another. */
export async function compareNetworks(
  adapter: string,
  networks: number,
  batch: number,
  steps: number,
): Promise<NetworksMeasured> {
  const nets = aloneNets(networks, batch);
  const group = await createBatchedNetworks({
    plans: nets.map(({ plan }) => plan),
    parameters: nets.map((own) => initOf(own).parameters),
    weights: initOf(nets[0] as Net).options.weights,
    batchSize: batch,
  });
  const batches = nets.slice(0, group.count).map((own) => batchOf(own, batch));
  const step = async () => {
    group.step(batches, 1e-3);
    await group.statistics();
  };
  await step();
  const time = await timed(async () => {
    for (let i = 0; i < steps; i++) await step();
  });
  const together = (time / steps) * (networks / group.count);
  group.dispose();
  const sums = { oneByOne: 0, stockOneByOne: 0 };
  for (const [i, own] of nets.entries()) {
    sums.oneByOne += await alone(own, createWebGpuExecutor, steps);
    if (i % STOCK_SHARE !== 0) continue;
    sums.stockOneByOne += STOCK_SHARE * (await alone(own, createStockExecutor, 1));
  }
  return { adapter, networks, batch, together, ...sums };
}
