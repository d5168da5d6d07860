/** A training step by an executor of our own, and by stock TensorFlow.js on the same backend. */
import type { ExecutorsOptions } from '../../core/bench/requests.ts';
import type { ExecutorsResult, ExecutorTimes, Place, StepTime } from '../../core/bench/results.ts';
import type { Plan } from '../../core/schedule.ts';
import { createExecutor } from '../executors/choose.ts';
import type { Executor, ExecutorInit, ExecutorOptions } from '../executors/executor.ts';
import { gradientOfStep, relativeError } from '../selfTest.ts';
import { dispatchesOf } from './gpuWatch.ts';
import { batchOf, initOf, type Net, netNamed, stepOnce } from './nets.ts';
import { type BenchHost, medians, short, type Work, warmUp } from './timing.ts';

/** Plain descent, for `gradientOfStep`. */
const PLAIN: ExecutorOptions = {
  weights: { optimiser: 'sgd', momentum: 0 },
  alpha: { optimiser: 'sgd', momentum: 0, order: 'joint' },
  sampling: 'softmax',
  temperature: 1,
};

/** More images would only add to the time. */
const GRADIENT_BATCH = 4;
const GRADIENT_SEED = 5;
const LIFT = 1;

type Maker = 'stock' | 'ours';

/** `stock` on a backend, or the executor of ours that belongs to it. */
function create({ backend }: Place, maker: Maker, init: ExecutorInit): Executor {
  const own = backend === 'webgpu' ? 'webgpu' : 'wasm';
  return createExecutor(init, { backend, prefer: maker === 'ours' ? own : 'stock' });
}

/**
 * Parameters with biases so large that hardly a sum is near zero. At the kink of a ReLU the last bit of a
 * sum decides between two gradients: two backends of TensorFlow.js differ by 3e-4 there.
 */
function awayFromKinks({ slots }: Plan, parameters: Float32Array): Float32Array {
  const lifted = parameters.slice();
  for (const { role, shape, offset, size } of slots) {
    if (role !== 'classifier' && shape.length === 1) lifted.fill(LIFT, offset, offset + size);
  }
  return lifted;
}

/** Largest difference of the gradients of one step, relative to the largest gradient. */
async function gradientError(place: Place, { plan }: Net): Promise<number> {
  const gradient = (maker: Maker) =>
    gradientOfStep(
      plan,
      (drawn, alpha) => {
        const parameters = awayFromKinks(plan, drawn);
        return create(place, maker, { plan, parameters, alpha, options: PLAIN });
      },
      GRADIENT_BATCH,
      GRADIENT_SEED,
    );
  return relativeError(await gradient('ours'), await gradient('stock'));
}

async function compare(
  place: Place,
  net: Net,
  { repeats, warmUp: milliseconds }: ExecutorsOptions,
  host: BenchHost,
): Promise<ExecutorTimes> {
  const init = initOf(net);
  const batch = batchOf(net, net.batch);
  const executors = [create(place, 'stock', init), create(place, 'ours', init)];
  const works = executors.map(
    (executor): Work =>
      () =>
        stepOnce(executor, batch, init),
  );
  let times: number[] = [];
  const dispatches: (number | null)[] = [];
  try {
    for (const work of works) {
      await warmUp(host, work, milliseconds, 1);
      const counted = await dispatchesOf(work);
      dispatches.push(place.backend === 'webgpu' ? counted : null);
    }
    times = await medians(host, works, repeats);
  } finally {
    for (const executor of executors) executor.dispose();
  }
  const [stock, fast] = times.map(
    (time, i): StepTime => ({ milliseconds: time, dispatches: dispatches[i] ?? null }),
  );
  if (!stock || !fast) throw new RangeError('Two executors give two times.');
  await host.gate();
  return {
    name: net.name,
    batch: net.batch,
    stock,
    fast,
    ratio: stock.milliseconds / fast.milliseconds,
    gradientError: await gradientError(place, net),
  };
}

/** Every net of the options, one after another. The backend of `place` is the current one. */
export async function measureExecutors(
  place: Place,
  options: ExecutorsOptions,
  host: BenchHost,
): Promise<ExecutorsResult> {
  const nets: ExecutorTimes[] = [];
  for (const name of options.nets) {
    const measured = await compare(place, netNamed(name, options.batch), options, host);
    nets.push(measured);
    const { batch, stock, fast, ratio } = measured;
    host.tell(
      `${name}, batch ${batch}: stock ${short(stock.milliseconds)} ms, ours ${short(fast.milliseconds)} ms, ${short(ratio)} times as fast`,
    );
  }
  return { benchmark: 'executors', ...place, repeats: options.repeats, nets };
}
