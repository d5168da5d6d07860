/** `executors` beyond a step alone: steps shared by two threads, and evaluation. WASM in Node. */
import { USUAL_WARM_UP } from '../../core/bench/requests.ts';
import { batchOf, initOf, type Net, stepOnce } from '../../engine/bench/nets.ts';
import { type BenchHost, medians, type Work, warmUp } from '../../engine/bench/timing.ts';
import { createExecutor } from '../../engine/executors/choose.ts';

/** Images that are evaluated at once. */
const EVALUATION_BATCH = 250;

const create = (net: Net) => createExecutor(initOf(net), { backend: 'wasm', prefer: 'wasm' });

/** Medians of a step by the number of threads that share it; null where there are none. */
export interface ThreadTimes {
  readonly 1: number;
  readonly 2: number | null;
}

/** Interleaved steps alone and with a second thread, which `withTwo` opens for its work. */
export async function compareThreads(
  net: Net,
  repeats: number,
  host: BenchHost,
  withTwo: (work: (threads: number) => Promise<ThreadTimes>) => Promise<ThreadTimes>,
): Promise<ThreadTimes> {
  const init = initOf(net);
  const batch = batchOf(net, net.batch);
  // Made before there is a second thread, so that it knows of none.
  const one = create(net);
  const found = await withTwo(async (threads) => {
    const executors = threads === 2 ? [one, create(net)] : [one];
    const works = executors.map(
      (executor): Work =>
        () =>
          stepOnce(executor, batch, init),
    );
    for (const work of works) await warmUp(host, work, USUAL_WARM_UP, 3);
    const [alone = Number.NaN, shared = null] = await medians(host, works, repeats);
    for (const executor of executors.slice(1)) executor.dispose();
    return { 1: alone, 2: shared };
  });
  one.dispose();
  return found;
}

/** Milliseconds to evaluate images with one mixture, and with every single path. */
export async function evaluation(net: Net, repeats: number, host: BenchHost, images = 2000) {
  const size = Math.min(images, EVALUATION_BATCH);
  const batches = Array.from({ length: images / size }, () => batchOf(net, size));
  const sizes = net.plan.stages.map(({ candidates }) => candidates.length);
  const even = [sizes.map((k) => Array.from({ length: k }, () => 1 / k))];
  const paths = sizes.reduce<number[][]>(
    (list, k) => list.flatMap((path) => Array.from({ length: k }, (_, i) => [...path, i])),
    [[]],
  );
  const single = paths.map((path) =>
    sizes.map((k, s) => Array.from({ length: k }, (_, i) => (i === path[s] ? 1 : 0))),
  );
  const executor = create(net);
  const works = [even, single].map(
    (mixtures): Work =>
      async () => {
        await executor.evaluate(batches, mixtures, host.gate);
      },
  );
  for (const work of works) await work();
  const [mixture = Number.NaN, everyPath = Number.NaN] = await medians(host, works, repeats);
  executor.dispose();
  return { name: net.name, images, mixture, paths: single.length, everyPath };
}
