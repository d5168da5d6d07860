import { USUAL, USUAL_REPEATS } from '../../../core/bench/requests.ts';
import {
  type Benchmark,
  inOption,
  jsonOption,
  markdownOption,
  print,
  repeatsOption,
  wants,
} from '../benchmark.ts';
import { inChromium, inNode } from '../places.ts';

/** Each kernel of the `wasm` executor against the operation of tfjs. */
export const kernels: Benchmark = {
  spec: {
    name: 'kernels',
    summary:
      'Each kernel of WASM alone: ms, GFLOP/s, and the operation of tfjs that does the same.',
    positional: [],
    options: [
      repeatsOption(USUAL_REPEATS),
      {
        kind: 'integer',
        name: 'batch',
        minimum: 1,
        maximum: 1024,
        help: `Images; ${USUAL.kernels.batch} unless given.`,
      },
      inOption,
      jsonOption,
      markdownOption,
    ],
  },
  async run(args, io) {
    const options = {
      ...USUAL.kernels,
      repeats: args.integer('repeats') ?? USUAL_REPEATS,
      batch: args.integer('batch') ?? USUAL.kernels.batch,
    };
    const requests = [{ benchmark: 'kernels', options }] as const;
    const found = [
      ...(wants(args, 'node') ? await inNode(requests, io) : []),
      ...(wants(args, 'chromium') ? await inChromium('wasm', requests, io) : []),
    ];
    print(found, args, io);
  },
};
