/** `npm run bench -- <benchmark>`: how fast this machine is; one file a benchmark in `bench/commands`. */
import { LabError } from '../core/errors.ts';
import { commandHelp, parseArgs, unknownWord } from './args.ts';
import type { BenchIo, Benchmark } from './bench/benchmark.ts';
import { executors } from './bench/commands/executors.ts';
import { growth } from './bench/commands/growth.ts';
import { kernels } from './bench/commands/kernels.ts';
import { networks } from './bench/commands/networks.ts';
import { pool } from './bench/commands/pool.ts';
import { scaling } from './bench/commands/scaling.ts';
import { steps } from './bench/commands/steps.ts';
import { EXIT } from './io.ts';

const BENCHMARKS: readonly Benchmark[] = [
  executors,
  scaling,
  pool,
  kernels,
  networks,
  steps,
  growth,
];

/** Runs one benchmark; returns the exit code. */
export async function main(argv: readonly string[], io: BenchIo): Promise<number> {
  try {
    const [command = '', ...rest] = argv;
    if (command === '--help' || command === 'help') {
      for (const { spec } of BENCHMARKS) {
        io.out(commandHelp(spec).replace('fade ', 'npm run bench -- '));
      }
      return EXIT.done;
    }
    const benchmark = BENCHMARKS.find(({ spec }) => spec.name === command);
    if (!benchmark) {
      const names = BENCHMARKS.map(({ spec }) => spec.name);
      throw unknownWord('benchmark', command, names);
    }
    await benchmark.run(parseArgs(benchmark.spec, rest), io);
    return EXIT.done;
  } catch (error) {
    io.err(error instanceof Error ? error.message : String(error));
    return error instanceof LabError && error.code === 'usage' ? EXIT.usage : EXIT.failed;
  }
}
