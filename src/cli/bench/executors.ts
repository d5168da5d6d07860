/** `executors`: steps of the `wasm` executor against `stock`, interleaved in one run. */
import { createExecutor } from '../../engine/executors/choose.ts';
import type { Executor } from '../../engine/executors/executor.ts';
import { gradientOfStep, relativeError } from '../../engine/selfTest.ts';
import { ALONE, batchOf, initOf, median, type Net, Q, REF, STUDY, stepOnce } from './nets.ts';

export interface Measured {
  readonly name: string;
  readonly batch: number;
  /** Medians of a step. */
  readonly stock: { readonly milliseconds: number };
  readonly fast: { readonly milliseconds: number };
  readonly ratio: number;
  /** Of one step, relative to the largest gradient. */
  readonly gradientError: number;
}

/** Steps until the optimising compiler has done its work, at least this many milliseconds. */
const WARM_UP = 600;

async function timeStep(step: () => Promise<void>): Promise<number> {
  const since = performance.now();
  await step();
  return performance.now() - since;
}

async function warmUp(step: () => Promise<void>): Promise<void> {
  const since = performance.now();
  for (let i = 0; i < 3 || performance.now() - since < WARM_UP; i++) await step();
}

const create = (net: Net, prefer: 'wasm' | 'stock'): Executor =>
  createExecutor(initOf(net), { backend: 'wasm', prefer });

function gradientError({ plan }: Net): Promise<number> {
  const gradient = (prefer: 'wasm' | 'stock') =>
    gradientOfStep(
      plan,
      (parameters, alpha) =>
        createExecutor(
          {
            plan,
            parameters,
            alpha,
            options: {
              weights: { optimiser: 'sgd', momentum: 0 },
              alpha: { optimiser: 'sgd', momentum: 0, order: 'joint' },
              sampling: 'softmax',
              temperature: 1,
            },
          },
          { backend: 'wasm', prefer },
        ),
      4,
      5,
    );
  return gradient('wasm').then(async (fast) => relativeError(fast, await gradient('stock')));
}

/** Medians of interleaved steps. */
export async function compare(net: Net, repeats: number): Promise<Measured> {
  const init = initOf(net);
  const batch = batchOf(net, net.batch);
  const [fast, stock] = [create(net, 'wasm'), create(net, 'stock')];
  const stepFast = () => stepOnce(fast, batch, init);
  const stepStock = () => stepOnce(stock, batch, init);
  await warmUp(stepFast);
  await warmUp(stepStock);
  const times = { fast: [] as number[], stock: [] as number[] };
  for (let i = 0; i < repeats; i++) {
    times.fast.push(await timeStep(stepFast));
    times.stock.push(await timeStep(stepStock));
  }
  fast.dispose();
  stock.dispose();
  const milliseconds = { fast: median(times.fast), stock: median(times.stock) };
  return {
    name: net.name,
    batch: net.batch,
    stock: { milliseconds: milliseconds.stock },
    fast: { milliseconds: milliseconds.fast },
    ratio: milliseconds.stock / milliseconds.fast,
    gradientError: await gradientError(net),
  };
}

/** Milliseconds to evaluate 2,000 images with one mixture, and with every single path. */
export async function evaluation(net: Net, repeats: number) {
  const batches = Array.from({ length: 8 }, () => batchOf(net, 250));
  const sizes = net.plan.stages.map(({ candidates }) => candidates.length);
  const even = [sizes.map((k) => Array.from({ length: k }, () => 1 / k))];
  const paths = sizes.reduce<number[][]>(
    (list, k) => list.flatMap((path) => Array.from({ length: k }, (_, i) => [...path, i])),
    [[]],
  );
  const single = paths.map((path) =>
    sizes.map((k, s) => Array.from({ length: k }, (_, i) => (i === path[s] ? 1 : 0))),
  );
  const executor = create(net, 'wasm');
  const times = { even: [] as number[], single: [] as number[] };
  const between = async () => undefined;
  for (let i = -1; i < repeats; i++) {
    const one = await timeStep(async () => void (await executor.evaluate(batches, even, between)));
    const all = await timeStep(
      async () => void (await executor.evaluate(batches, single, between)),
    );
    if (i < 0) continue;
    times.even.push(one);
    times.single.push(all);
  }
  executor.dispose();
  return {
    name: net.name,
    images: 2000,
    mixture: median(times.even),
    paths: single.length,
    everyPath: median(times.single),
  };
}

export const NETS: readonly Net[] = [REF(), REF(64, 'batch'), Q, STUDY, ALONE];
