import { USUAL } from '../../../core/bench/requests.ts';
import { type Benchmark, jsonOption, markdownOption, print, repeatsOption } from '../benchmark.ts';
import { inChromium } from '../places.ts';

/** Architectures alone on a GPU. */
export const networks: Benchmark = {
  spec: {
    name: 'networks',
    summary: 'Architectures trained alone on WebGPU: side by side against one by one.',
    positional: [],
    options: [
      {
        kind: 'integer',
        name: 'networks',
        minimum: 1,
        maximum: 512,
        help: `Architectures; ${USUAL.networks.networks} unless given.`,
      },
      {
        kind: 'integer',
        name: 'batch',
        minimum: 1,
        maximum: 512,
        help: `Images of a step; ${USUAL.networks.batch} unless given.`,
      },
      repeatsOption(USUAL.networks.repeats),
      jsonOption,
      markdownOption,
    ],
  },
  async run(args, io) {
    const options = {
      ...USUAL.networks,
      networks: args.integer('networks') ?? USUAL.networks.networks,
      batch: args.integer('batch') ?? USUAL.networks.batch,
      repeats: args.integer('repeats') ?? USUAL.networks.repeats,
    };
    print(await inChromium('webgpu', [{ benchmark: 'networks', options }], io), args, io);
  },
};
