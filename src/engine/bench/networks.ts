/** Architectures trained alone on a GPU: side by side, and one after another. */
import type { NetworksOptions } from '../../core/bench/requests.ts';
import type { NetworksResult, Place, StepTime } from '../../core/bench/results.ts';
import { LabError } from '../../core/errors.ts';
import { createExecutor } from '../executors/choose.ts';
import { createBatchedNetworks } from '../executors/webgpu/networks.ts';
import { dispatchesOf } from './gpuWatch.ts';
import { batchOf, initOf, type Net, net, STRATIFIED_CELLS, stepOnce } from './nets.ts';
import { type BenchHost, medians, short, type Work } from './timing.ts';

/** `stock` takes its time: of so many networks it trains one, which stands for all. */
const STOCK_SHARE = 6;

/** Networks of the `quick` preset's shape, each with the next of the stratified cells. */
function aloneNets({ networks, batch }: NetworksOptions): Net[] {
  const kinds = STRATIFIED_CELLS.length;
  return Array.from({ length: networks }, (_, i) =>
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

interface Ready {
  /** A step of every network. */
  readonly work: Work;
  /** How many networks that trains. */
  readonly count: number;
  readonly dispose: () => void;
}

/** As many as fit, side by side. */
async function together(nets: readonly Net[], { batch }: NetworksOptions): Promise<Ready> {
  const inits = nets.map((own) => initOf(own));
  const [first] = inits;
  if (!first) throw new RangeError('There are no networks.');
  const group = await createBatchedNetworks({
    plans: inits.map(({ plan }) => plan),
    parameters: inits.map(({ parameters }) => parameters),
    weights: first.options.weights,
    batchSize: batch,
  });
  const { count } = group;
  const batches = nets.slice(0, count).map((own) => batchOf(own, batch));
  return {
    async work() {
      group.step(batches, 1e-3);
      await group.statistics();
    },
    count,
    dispose: () => group.dispose(),
  };
}

/** Each with an executor of its own, one after another. */
function oneByOne(nets: readonly Net[], prefer: 'webgpu' | 'stock', { gate }: BenchHost): Ready {
  const made = nets.map((own) => {
    const init = initOf(own);
    const executor = createExecutor(init, { backend: 'webgpu', prefer });
    const batch = batchOf(own, own.batch);
    return { executor, step: () => stepOnce(executor, batch, init) };
  });
  return {
    async work() {
      for (const { step } of made) {
        await gate();
        await step();
      }
    },
    count: nets.length,
    dispose: () => {
      for (const { executor } of made) executor.dispose();
    },
  };
}

/** Medians of a step of all networks, for each way; the first step of each compiles. */
async function times(
  ways: readonly Ready[],
  networks: number,
  repeats: number,
  host: BenchHost,
): Promise<StepTime[]> {
  const counted: number[] = [];
  try {
    for (const { work } of ways) {
      await work();
      counted.push((await dispatchesOf(work)) ?? Number.NaN);
    }
    const found = await medians(
      host,
      ways.map(({ work }) => work),
      repeats,
    );
    return ways.map(({ count }, i) => ({
      milliseconds: ((found[i] ?? Number.NaN) * networks) / count,
      dispatches: Math.round(((counted[i] ?? Number.NaN) * networks) / count),
    }));
  } finally {
    for (const { dispose } of ways) dispose();
  }
}

/** @throws LabError `backend-unavailable` on any other backend. */
export async function measureNetworks(
  place: Place,
  options: NetworksOptions,
  host: BenchHost,
): Promise<NetworksResult> {
  if (place.backend !== 'webgpu') {
    throw new LabError('backend-unavailable', 'Networks are trained side by side on WebGPU only.');
  }
  const { networks, batch, repeats } = options;
  const nets = aloneNets(options);
  const ways = [await together(nets, options), oneByOne(nets, 'webgpu', host)];
  const [sideBySide, inTurn] = await times(ways, networks, repeats, host);
  const few = nets.filter((_, i) => i % STOCK_SHARE === 0);
  const [stock] = await times([oneByOne(few, 'stock', host)], networks, 1, host);
  if (!sideBySide || !inTurn || !stock) throw new RangeError('Three ways give three times.');
  host.tell(
    `${networks} networks side by side: ${short(sideBySide.milliseconds)} ms, one by one: ${short(inTurn.milliseconds)} ms, with stock: ${short(stock.milliseconds)} ms`,
  );
  return {
    benchmark: 'networks',
    ...place,
    repeats,
    networks,
    batch,
    together: sideBySide,
    oneByOne: inTurn,
    stockOneByOne: stock,
  };
}
