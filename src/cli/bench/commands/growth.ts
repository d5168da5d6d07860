import { USUAL } from '../../../core/bench/requests.ts';
import {
  type Benchmark,
  inOption,
  jsonOption,
  markdownOption,
  noGpuOption,
  print,
  wants,
} from '../benchmark.ts';
import { inChromium, inNode } from '../places.ts';

/** Memory over many steps: WASM in Node, WebGPU in Chromium. */
export const growth: Benchmark = {
  spec: {
    name: 'growth',
    summary: 'Tensors, heap and GPU buffers over many steps of every executor: does any grow?',
    positional: [],
    options: [
      {
        kind: 'integer',
        name: 'steps',
        minimum: 10,
        maximum: 1_000_000,
        help: `Steps of each executor; ${USUAL.growth.steps} unless given.`,
      },
      inOption,
      noGpuOption,
      jsonOption,
      markdownOption,
    ],
  },
  async run(args, io) {
    const options = { steps: args.integer('steps') ?? USUAL.growth.steps };
    const requests = [{ benchmark: 'growth', options }] as const;
    const gpu = wants(args, 'chromium') && !args.flag('no-gpu');
    const found = [
      ...(wants(args, 'node') ? await inNode(requests, io) : []),
      ...(gpu ? await inChromium('webgpu', requests, io) : []),
    ];
    print(found, args, io);
  },
};
