/** Architectures trained alone on a GPU: side by side, and one after another. */
import type { NetworksOptions } from '../../core/bench/requests.ts';
import type { NetworksResult, NetworksTime, Place } from '../../core/bench/results.ts';
import { median } from '../../core/bench/statistics.ts';
import { LabError } from '../../core/errors.ts';
import { createExecutor } from '../executors/choose.ts';
import { createBatchedNetworks } from '../executors/webgpu/networks.ts';
import { dispatchesOf } from './gpuWatch.ts';
import { batchOf, initOf, type Net, net, STRATIFIED_CELLS, submitStep } from './nets.ts';
import { type BenchHost, medians, short } from './timing.ts';

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

interface Step {
  readonly submit: () => void;
  readonly finish: () => Promise<unknown>;
}

interface Ready {
  /** One after another, a step of every network. */
  readonly steps: readonly Step[];
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
    steps: [{ submit: () => group.step(batches, 1e-3), finish: () => group.statistics() }],
    count,
    dispose: () => group.dispose(),
  };
}

/** Each with an executor of its own, one after another. */
function oneByOne(nets: readonly Net[], prefer: 'webgpu' | 'stock'): Ready {
  const made = nets.map((own) => {
    const init = initOf(own);
    const executor = createExecutor(init, { backend: 'webgpu', prefer });
    const batch = batchOf(own, own.batch);
    const submit = () => submitStep(executor, batch, init);
    return { executor, submit, finish: () => executor.statistics() };
  });
  return {
    steps: made,
    count: nets.length,
    dispose: () => {
      for (const { executor } of made) executor.dispose();
    },
  };
}

/** The work of a way, and how much of each time went into submitting it. */
function watched({ steps }: Ready, { clock, gate }: BenchHost) {
  const submitting: number[] = [];
  const work = async () => {
    let own = 0;
    for (const { submit, finish } of steps) {
      await gate();
      const since = clock();
      submit();
      own += clock() - since;
      await finish();
    }
    submitting.push(own);
  };
  return { work, submitting };
}

/** Medians of a step of all networks, for each way; the first step of each compiles. */
async function times(
  ways: readonly Ready[],
  networks: number,
  repeats: number,
  host: BenchHost,
): Promise<NetworksTime[]> {
  const counted: number[] = [];
  const all = ways.map((way) => watched(way, host));
  try {
    for (const { work } of all) {
      await work();
      counted.push((await dispatchesOf(work)) ?? Number.NaN);
    }
    const found = await medians(
      host,
      all.map(({ work }) => work),
      repeats,
    );
    return ways.map(({ count }, i) => {
      const ofAll = (value: number | undefined) => ((value ?? Number.NaN) * networks) / count;
      return {
        milliseconds: ofAll(found[i]),
        dispatches: Math.round(ofAll(counted[i])),
        submitMilliseconds: ofAll(median(all[i]?.submitting ?? [])),
      };
    });
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
  const ways = [await together(nets, options), oneByOne(nets, 'webgpu')];
  const [sideBySide, inTurn] = await times(ways, networks, repeats, host);
  const few = nets.filter((_, i) => i % STOCK_SHARE === 0);
  const [stock] = await times([oneByOne(few, 'stock')], networks, 1, host);
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
