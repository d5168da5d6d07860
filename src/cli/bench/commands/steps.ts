import { formatDecimal } from '../../../core/format.ts';
import { threadsOption } from '../../team.ts';
import { type Benchmark, jsonOption, repeatsOption } from '../benchmark.ts';
import { openWasm, withThreads } from '../places.ts';
import { measureSteps, type StepResult } from '../steps.ts';

const USUAL_STEPS = 15;

function describe({ stages, channels, side, batch, milliseconds }: StepResult): string {
  const shape = `S=${stages} channels ${channels.join(',')}`.padEnd(24);
  return `${shape}${side}×${side} batch ${batch}  ${formatDecimal(milliseconds, 1).padStart(7)} ms`;
}

/** The executor that a run would take, on supernets of growing size. */
export const steps: Benchmark = {
  spec: {
    name: 'steps',
    summary: 'Median milliseconds of a supernet step (k = 5, n = 5) in five configurations.',
    positional: [],
    options: [
      repeatsOption(USUAL_STEPS),
      { ...threadsOption, help: 'Threads that share every step; 1 unless given.' },
      jsonOption,
    ],
  },
  async run(args, io) {
    const { projectRoot, out } = io;
    const repeats = args.integer('repeats') ?? USUAL_STEPS;
    const backend = await openWasm(projectRoot);
    const results: StepResult[] = [];
    const threads = await withThreads(args.integer('threads') ?? 1, io, async (shared) => {
      for await (const result of measureSteps(repeats)) {
        results.push(result);
        if (!args.flag('json')) out(describe(result));
      }
      return shared;
    });
    if (args.flag('json')) out(JSON.stringify({ backend, threads, repeats, results }));
  },
};
