import { USUAL, USUAL_REPEATS } from '../../../core/bench/requests.ts';
import { type Benchmark, jsonOption, markdownOption, print, repeatsOption } from '../benchmark.ts';
import { inNode } from '../places.ts';

/** The threads of `correlate --workers`. */
export const pool: Benchmark = {
  spec: {
    name: 'pool',
    summary: 'Architectures trained alone on several threads against one, as `correlate` does it.',
    positional: [],
    options: [
      repeatsOption(USUAL_REPEATS),
      {
        kind: 'integer',
        name: 'architectures',
        minimum: 2,
        maximum: 1000,
        help: `Trainings; ${USUAL.pool.architectures} unless given.`,
      },
      {
        kind: 'integer',
        name: 'steps',
        minimum: 1,
        maximum: 100_000,
        help: `Steps of a training; ${USUAL.pool.steps} unless given.`,
      },
      {
        kind: 'integer',
        name: 'workers',
        minimum: 2,
        maximum: 64,
        help: `Threads; ${USUAL.pool.workers} unless given.`,
      },
      jsonOption,
      markdownOption,
    ],
  },
  async run(args, io) {
    const options = {
      repeats: args.integer('repeats') ?? USUAL.pool.repeats,
      architectures: args.integer('architectures') ?? USUAL.pool.architectures,
      steps: args.integer('steps') ?? USUAL.pool.steps,
      workers: args.integer('workers') ?? USUAL.pool.workers,
    };
    print(await inNode([{ benchmark: 'pool', options }], io), args, io);
  },
};
