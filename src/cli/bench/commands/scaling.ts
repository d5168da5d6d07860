import { USUAL, USUAL_REPEATS } from '../../../core/bench/requests.ts';
import {
  type Benchmark,
  inOption,
  jsonOption,
  markdownOption,
  noGpuOption,
  print,
  repeatsOption,
  wants,
} from '../benchmark.ts';
import { inChromium, inNode } from '../places.ts';

/** Step time over the cells of a supernet. */
export const scaling: Benchmark = {
  spec: {
    name: 'scaling',
    summary: 'Step time from 4 cells on, its exponent, and the cost of ranking one architecture.',
    positional: [],
    options: [
      repeatsOption(USUAL_REPEATS),
      {
        kind: 'integer',
        name: 'cells',
        minimum: 8,
        maximum: 32,
        help: 'Most cells of a supernet; 32 unless given.',
      },
      inOption,
      noGpuOption,
      jsonOption,
      markdownOption,
    ],
  },
  async run(args, io) {
    const request = (backend: 'wasm' | 'webgpu') => {
      const usual = USUAL.scaling[backend];
      const repeats = args.integer('repeats') ?? USUAL_REPEATS;
      const options = { ...usual, repeats, cells: args.integer('cells') ?? usual.cells };
      return [{ benchmark: 'scaling', options }] as const;
    };
    const browser = wants(args, 'chromium');
    const found = [
      ...(wants(args, 'node') ? await inNode(request('wasm'), io) : []),
      ...(browser ? await inChromium('wasm', request('wasm'), io) : []),
      ...(browser && !args.flag('no-gpu') ? await inChromium('webgpu', request('webgpu'), io) : []),
    ];
    print(found, args, io);
  },
};
