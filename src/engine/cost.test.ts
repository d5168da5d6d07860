/** Costs against an executor that counts, layer by layer of the compiled plan, what it is made to do. */

import { describe, expect, test } from 'vitest';
import type { NetworkShape } from '../core/architecture.ts';
import { regionOf } from '../core/cellId.ts';
import { mixtureMacs, pathMacs, trainingMacs } from '../core/cost/forward.ts';
import { proxiesCost } from '../core/cost/proxies.ts';
import { neededParts, rankerCost, readoutCost } from '../core/cost/readout.ts';
import { INITIALISATIONS, PASS_SIZES, PROXY_BATCH } from '../core/proxies/passes.ts';
import { PROXIES } from '../core/proxies/registry.ts';
import type { ProxyPass, ProxyPasses, UntrainedNetwork } from '../core/proxies/types.ts';
import { createRandom } from '../core/random.ts';
import { PARTS } from '../core/rankers/readout.ts';
import { RANKERS } from '../core/rankers/registry.ts';
import type { StageTable } from '../core/ranks.ts';
import { compilePlan, type Plan } from '../core/schedule.ts';
import type { Executor } from './executors/executor.ts';
import { readOut } from './readout.ts';

const CONV: NetworkShape = {
  input: { height: 12, width: 8, channels: 3 },
  classes: 7,
  operation: { kind: 'conv', kernel: 3 },
  stages: [
    { channels: 4, pooling: 2 },
    { channels: 6, pooling: 2 },
  ],
};
const LINEAR: NetworkShape = { ...CONV, operation: { kind: 'linear', width: 5 } };
const REGION = regionOf(3, [
  [0b000, 0b111],
  [0b001, 0b110, 0b111],
]);
const OPTIONS = { poolingType: 'max', normalisation: 'none', weightInit: 'he' } as const;
const WEIGHTS = [
  [0.75, 0.25],
  [0.5, 0.25, 0.25],
];
const IMAGES = 11;

/** Multiply–accumulates of one image, from the weights of every layer that runs and its pixels. */
function macsOf(plan: Plan, mixture: StageTable): number {
  const weights = (slot: number) => plan.slots[slot]?.size ?? Number.NaN;
  const stages = plan.stages.map(({ stem, shape, candidates }, s) => {
    const run = candidates.filter((_, i) => mixture[s]![i] !== 0);
    const layers = [...(stem ? [stem] : []), ...run.flatMap(({ levels }) => levels.flat())];
    return (
      layers.reduce((sum, { weight }) => sum + weights(weight), 0) * shape.height * shape.width
    );
  });
  return stages.reduce((a, b) => a + b, weights(plan.classifier.weight));
}

function counting(plan: Plan, count: (macs: number) => void): Executor {
  const unused = () => {
    throw new Error('not used');
  };
  return {
    plan,
    step: unused,
    statistics: unused,
    save: unused,
    restore: unused,
    dispose: unused,
    evaluate: async (batches, mixtures) => {
      const images = batches.reduce((sum, { labels }) => sum + labels.length, 0);
      for (const mixture of mixtures) count(images * macsOf(plan, mixture));
      return mixtures.map(() => ({ loss: 1, accuracy: 0 }));
    },
  };
}

const batchOf = (images: number) => ({
  images: new Float32Array(images),
  labels: new Uint8Array(images),
});

describe.each([
  ['convolutions', CONV],
  ['linear layers', LINEAR],
])('networks of %s', (_, shape) => {
  const networks = { region: REGION, shape };
  const plan = compilePlan(REGION, shape, OPTIONS);
  const random = () => createRandom(3, 'cost');

  async function counted(parts: Parameters<typeof readOut>[0]['parts']): Promise<number> {
    let macs = 0;
    const executor = counting(plan, (more) => {
      macs += more;
    });
    const batches = [batchOf(IMAGES - 4), batchOf(4)];
    const gate = async () => undefined;
    await readOut({ executor, batches, gate, parts, weights: WEIGHTS, random: random() });
    return macs;
  }

  test.each(RANKERS.map(({ descriptor }) => [descriptor.id, descriptor] as const))(
    'a readout for %s',
    async (_id, descriptor) => {
      const cost = rankerCost(descriptor, networks, { weights: WEIGHTS, random: random() }, IMAGES);
      expect(cost.macs).toBe(await counted(neededParts(descriptor)));
    },
  );

  test('a readout of everything, and through which networks it goes', async () => {
    const request = { parts: PARTS, weights: WEIGHTS, random: random() };
    const cost = readoutCost(networks, request, IMAGES);
    expect(cost.macs).toBe(await counted(PARTS));
    // Mixed; five probes, five without one; six single paths. With one of two candidates left out, or
    // alone in the first stage, the other stage is still mixed.
    expect(cost.supernetPasses).toBe(11 * IMAGES);
    expect(cost.pathPasses).toBe(6 * IMAGES);
  });

  test('single networks are paths of the supernet', () => {
    const alone = [
      [0, 1],
      [0, 0, 1],
    ];
    expect(pathMacs(networks, [1, 2])).toBe(mixtureMacs(networks, alone));
    expect(pathMacs(networks, [1, 2])).toBe(macsOf(plan, alone));
    expect(trainingMacs(pathMacs(networks, [1, 2]), 10)).toBe(30 * macsOf(plan, alone));
  });
});

describe('proxies', () => {
  const masks = regionOf(3, [[0b111], [0b110]]);
  const plan = compilePlan(masks, CONV, OPTIONS);
  const macs = pathMacs({ region: masks, shape: CONV }, [0, 0]);

  /** A network whose passes count; each is made once, as the engine does. */
  function untrained(images: number, count: (passes: number) => void) {
    const made = new Set<ProxyPass>();
    const pass = (name: ProxyPass) => {
      if (made.has(name)) return;
      made.add(name);
      const { forwards, images: on } = PASS_SIZES[name];
      count(forwards * (on === 'batch' ? images : on));
    };
    const network: UntrainedNetwork & ProxyPasses = {
      plan,
      parameters: new Float32Array(plan.parameterCount).fill(1),
      images,
      lossGradient: async () => {
        pass('lossGradient');
        return new Float32Array(plan.parameterCount);
      },
      imageGradient: async () => {
        pass('imageGradient');
        return new Float32Array(images * 12 * 8 * 3);
      },
      activationCounts: async () => {
        pass('activationCounts');
        return { shared: new Float32Array(images * images), units: 1 };
      },
      onesGradient: async () => {
        pass('onesGradient');
        return new Float32Array(plan.parameterCount);
      },
    };
    return network;
  }

  const groups = [...PROXIES.map((proxy) => [proxy]), [...PROXIES]];
  test.each(
    groups.map((group) => [group.map((one) => one.descriptor.id).join(', '), group] as const),
  )('%s', async (_, group) => {
    for (const trainImages of [20, 500]) {
      let passes = 0;
      for (let init = 0; init < INITIALISATIONS; init++) {
        const network = untrained(Math.min(trainImages, PROXY_BATCH), (more) => {
          passes += more;
        });
        for (const proxy of group) await proxy.score(network);
      }
      const cost = proxiesCost(
        group.map(({ descriptor }) => descriptor),
        macs,
        trainImages,
      );
      expect(cost).toEqual({ supernetPasses: 0, pathPasses: passes, macs: passes * macs });
    }
  });
});
