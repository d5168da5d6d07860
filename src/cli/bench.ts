/** `npm run bench -- steps`: median milliseconds of a supernet step on WASM in Node. */
import type { NetworkShape } from '../core/architecture.ts';
import { LabError } from '../core/errors.ts';
import { createRandom } from '../core/random.ts';
import type { Region } from '../core/region.ts';
import { compilePlan } from '../core/schedule.ts';
import { chooseBackend } from '../engine/backend.ts';
import type { Batch, Executor, ExecutorOptions } from '../engine/executors/executor.ts';
import { createStockExecutor } from '../engine/executors/stock.ts';
import { initialParameters } from '../engine/network/initialise.ts';
import { type CommandSpec, commandHelp, parseArgs, unknownWord } from './args.ts';
import { EXIT } from './io.ts';
import { wasmFolder } from './nodeSource.ts';

interface BenchConfig {
  readonly channels: readonly number[];
  readonly side: number;
  readonly batch: number;
}

const CONFIGS: readonly BenchConfig[] = [
  { channels: [4, 8], side: 14, batch: 32 },
  { channels: [8, 16], side: 14, batch: 32 },
  { channels: [8, 16], side: 14, batch: 64 },
  { channels: [8, 16], side: 28, batch: 64 },
  { channels: [8, 16, 32], side: 14, batch: 32 },
];

/** Five cells on five vertices, one of each depth 1..5 (edge bits in the usual pair order). */
const CELLS = [0, 102, 57, 153, 723];
const CLASSES = 10;

const OPTIONS: ExecutorOptions = {
  weights: { optimiser: 'adam', momentum: 0.8 },
  alpha: { optimiser: 'adam', momentum: 0.8, order: 'joint' },
  sampling: 'gumbel',
  temperature: 1,
};

const spec: CommandSpec = {
  name: 'steps',
  summary: 'Median milliseconds of a supernet step (k = 5, n = 5) on WASM, five configurations.',
  positional: [],
  options: [
    { kind: 'integer', name: 'repeats', minimum: 3, maximum: 1000, help: 'Timed steps; 15.' },
    { kind: 'flag', name: 'json', help: 'Print JSON.' },
  ],
};

function createExecutor(config: BenchConfig): Executor {
  const region: Region = { vertices: 5, stages: config.channels.map(() => CELLS) };
  const network: NetworkShape = {
    input: { height: config.side, width: config.side, channels: 1 },
    classes: CLASSES,
    operation: { kind: 'conv', kernel: 3 },
    stages: config.channels.map((channels) => ({ channels, pooling: 2 })),
  };
  const plan = compilePlan(region, network, {
    poolingType: 'max',
    normalisation: 'batch',
    weightInit: 'he',
  });
  return createStockExecutor({
    plan,
    options: OPTIONS,
    parameters: initialParameters(plan, createRandom(1, 'bench')),
    alpha: new Float32Array(config.channels.length * CELLS.length),
  });
}

function drawBatch({ side, batch }: BenchConfig): Batch {
  const random = createRandom(2, 'bench');
  return {
    images: Float32Array.from({ length: batch * side * side }, () => random.normal()),
    labels: Uint8Array.from({ length: batch }, () => random.integer(CLASSES)),
  };
}

async function measure(config: BenchConfig, repeats: number): Promise<number> {
  const executor = createExecutor(config);
  const batch = drawBatch(config);
  const random = createRandom(3, 'bench');
  const times: number[] = [];
  for (let i = -3; i < repeats; i++) {
    const noise = Float32Array.from({ length: config.channels.length * CELLS.length }, () =>
      random.gumbel(),
    );
    const since = performance.now();
    executor.step(batch, { rate: 0.001, alphaRate: 0.1, noise, validation: null, average: true });
    await executor.statistics();
    if (i >= 0) times.push(performance.now() - since);
  }
  executor.dispose();
  times.sort((a, b) => a - b);
  return times[Math.floor(times.length / 2)] ?? Number.NaN;
}

async function steps(argv: readonly string[], projectRoot: string): Promise<void> {
  const args = parseArgs(spec, argv);
  const repeats = args.integer('repeats') ?? 15;
  const { chosen } = await chooseBackend('wasm', { wasmPaths: wasmFolder(projectRoot) });
  const results = [];
  for (const config of CONFIGS) {
    const milliseconds = Number((await measure(config, repeats)).toFixed(1));
    const stages = config.channels.length;
    results.push({ stages, ...config, milliseconds });
    const shape = `S=${stages} channels ${config.channels.join(',')}`.padEnd(24);
    const size = `${config.side}×${config.side} batch ${config.batch}`;
    const line = `${shape}${size}  ${milliseconds.toFixed(1).padStart(7)} ms`;
    if (!args.flag('json')) console.log(line);
  }
  if (args.flag('json')) console.log(JSON.stringify({ backend: chosen, repeats, results }));
}

export async function main(
  argv: readonly string[],
  { projectRoot }: { readonly projectRoot: string },
): Promise<number> {
  try {
    const [command = '', ...rest] = argv;
    if (command === '--help' || command === 'help') {
      console.log(commandHelp(spec).replace('fade ', 'npm run bench -- '));
      return EXIT.done;
    }
    if (command !== 'steps') throw unknownWord('benchmark', command, ['steps']);
    await steps(rest, projectRoot);
    return EXIT.done;
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    return error instanceof LabError && error.code === 'usage' ? EXIT.usage : EXIT.failed;
  }
}
