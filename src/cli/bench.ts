/** `npm run bench -- <benchmark>`: what a step costs; one file a benchmark in `bench/`. */
import { LabError } from '../core/errors.ts';
import { chooseBackend } from '../engine/backend.ts';
import { type CommandSpec, commandHelp, type ParsedArgs, parseArgs, unknownWord } from './args.ts';
import { compare, evaluation, type Measured, NETS } from './bench/executors.ts';
import { STUDY } from './bench/nets.ts';
import { measureSteps, type StepResult } from './bench/steps.ts';
import type { Timed, WebGpuBench, WebGpuMeasured } from './bench/webgpu.ts';
import { EXIT } from './io.ts';
import { backendEnvironment } from './nodeSource.ts';

interface Benchmark {
  readonly spec: CommandSpec;
  readonly run: (args: ParsedArgs, host: BenchHost) => Promise<void>;
}

/** What a benchmark finds outside: files, and a browser for WebGPU. */
export interface BenchHost {
  readonly projectRoot: string;
  readonly webgpu: WebGpuBench;
}

const repeatsOption = (usual: number) =>
  ({
    kind: 'integer',
    name: 'repeats',
    minimum: 3,
    maximum: 1000,
    help: `Timed steps; ${usual} unless given.`,
  }) as const;

const jsonOption = { kind: 'flag', name: 'json', help: 'Print JSON.' } as const;

const noGpuOption = { kind: 'flag', name: 'no-gpu', help: 'Leave out WebGPU.' } as const;

const wasm = async (projectRoot: string) =>
  (await chooseBackend('wasm', backendEnvironment(projectRoot))).chosen;

const steps: Benchmark = {
  spec: {
    name: 'steps',
    summary: 'Median milliseconds of a supernet step (k = 5, n = 5) in five configurations.',
    positional: [],
    options: [repeatsOption(15), jsonOption],
  },
  async run(args, { projectRoot }) {
    const repeats = args.integer('repeats') ?? 15;
    const backend = await wasm(projectRoot);
    const results: StepResult[] = [];
    for await (const result of measureSteps(repeats)) {
      results.push(result);
      if (args.flag('json')) continue;
      const { stages, channels, side, batch, milliseconds } = result;
      const shape = `S=${stages} channels ${channels.join(',')}`.padEnd(24);
      const size = `${side}×${side} batch ${batch}`;
      console.log(`${shape}${size}  ${milliseconds.toFixed(1).padStart(7)} ms`);
    }
    if (args.flag('json')) console.log(JSON.stringify({ backend, repeats, results }));
  },
};

function describe({ name, batch, stock, fast, ratio, gradientError }: Measured): string {
  const times = `stock ${stock.milliseconds.toFixed(1)} ms, wasm ${fast.milliseconds.toFixed(1)} ms`;
  const error = gradientError.toExponential(1);
  return `${`${name}, batch ${batch}`.padEnd(28)}${times}, ${ratio.toFixed(2)} ×, gradient error ${error}`;
}

function describeGpu(measured: WebGpuMeasured): string {
  const { adapter, batch, stock, fast, ratio, gradientError } = measured;
  const one = ({ dispatches, milliseconds }: Timed) =>
    `${dispatches} dispatches, ${milliseconds.toFixed(1)} ms`;
  const error = gradientError.toExponential(1);
  return `REF, batch ${batch} on ${adapter}: stock ${one(stock)}; webgpu ${one(fast)}; ${ratio.toFixed(2)} ×, gradient error ${error}`;
}

const executors: Benchmark = {
  spec: {
    name: 'executors',
    summary: 'Steps of our own executors against stock TensorFlow.js, interleaved.',
    positional: [],
    options: [repeatsOption(7), noGpuOption, jsonOption],
  },
  async run(args, { projectRoot, webgpu }) {
    const repeats = args.integer('repeats') ?? 7;
    await wasm(projectRoot);
    const measured: Measured[] = [];
    for (const net of NETS) {
      const result = await compare(net, repeats);
      measured.push(result);
      if (!args.flag('json')) console.log(describe(result));
    }
    const onGpu = args.flag('no-gpu') ? null : await webgpu.executors({ repeats });
    const evaluated = await evaluation(STUDY, Math.min(repeats, 7));
    if (args.flag('json')) {
      const [reference] = measured;
      const workers = { 1: reference?.fast.milliseconds ?? null };
      const own = { ...reference, workers };
      console.log(JSON.stringify({ webgpu: onGpu, wasm: own, nets: measured, evaluated }));
      return;
    }
    if (onGpu) console.log(describeGpu(onGpu));
    const { images, mixture, paths, everyPath } = evaluated;
    console.log(`${STUDY.name}, ${images} images: one mixture ${mixture.toFixed(0)} ms`);
    console.log(`${STUDY.name}, ${images} images: all ${paths} paths ${everyPath.toFixed(0)} ms`);
  },
};

const networks: Benchmark = {
  spec: {
    name: 'networks',
    summary: 'Architectures trained alone on WebGPU: side by side against one by one.',
    positional: [],
    options: [jsonOption],
  },
  async run(args, { webgpu }) {
    const measured = await webgpu.networks({});
    if (args.flag('json')) console.log(JSON.stringify({ networks: measured }));
    else if (!measured) console.log('This browser has no WebGPU.');
    else {
      const { adapter, networks: count, together, oneByOne, stockOneByOne } = measured;
      console.log(`${count} networks, a step of each on ${adapter}:`);
      console.log(`  side by side         ${together.toFixed(0).padStart(8)} ms`);
      console.log(`  one by one           ${oneByOne.toFixed(0).padStart(8)} ms`);
      console.log(`  one by one with stock${stockOneByOne.toFixed(0).padStart(8)} ms`);
    }
  },
};

const BENCHMARKS: readonly Benchmark[] = [steps, executors, networks];

export async function main(argv: readonly string[], host: BenchHost): Promise<number> {
  try {
    const [command = '', ...rest] = argv;
    if (command === '--help' || command === 'help') {
      for (const { spec } of BENCHMARKS) {
        console.log(commandHelp(spec).replace('fade ', 'npm run bench -- '));
      }
      return EXIT.done;
    }
    const benchmark = BENCHMARKS.find(({ spec }) => spec.name === command);
    if (!benchmark) {
      const names = BENCHMARKS.map(({ spec }) => spec.name);
      throw unknownWord('benchmark', command, names);
    }
    await benchmark.run(parseArgs(benchmark.spec, rest), host);
    return EXIT.done;
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    return error instanceof LabError && error.code === 'usage' ? EXIT.usage : EXIT.failed;
  }
}
