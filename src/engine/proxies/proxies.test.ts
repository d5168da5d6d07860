/** The proxies against finite differences in double precision, laws that they obey, and each backend. */

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { NetworkShape } from '../../core/architecture.ts';
import { architectureId, regionOf } from '../../core/cellId.ts';
import { PROXIES, PROXY_KEYS, type ProxyKey } from '../../core/proxies/registry.ts';
import { synapticFlow } from '../../core/proxies/synflow.ts';
import { saliencies, weightSlots } from '../../core/proxies/weights.ts';
import { createRandom } from '../../core/random.ts';
import { compilePlan, type Plan, type PlanOptions } from '../../core/schedule.ts';
import type { Batch } from '../executors/executor.ts';
import { initialParameters } from '../network/initialise.ts';
import { imageTensor, parameterTensors, singleForward } from '../network/single.ts';
import { prepareTask } from '../task.ts';
import { plainLoss, randomBatch, tinyConfig, tinyDataset, useBackend } from '../testing.ts';
import * as tf from '../tf.ts';
import { measureProxies, untrainedNetwork } from './measure.ts';
import { activationCounts, imageGradient } from './passes.ts';

const SHAPE: NetworkShape = {
  input: { height: 8, width: 8, channels: 2 },
  classes: 3,
  operation: { kind: 'conv', kernel: 3 },
  stages: [
    { channels: 3, pooling: 2 },
    { channels: 4, pooling: 2 },
  ],
};
const PLAIN: PlanOptions = { poolingType: 'max', normalisation: 'none', weightInit: 'he' };
/** A path 0→1→2 with a shortcut; two sources and a sink. */
const REGION = regionOf(3, [[0b111], [0b110]]);
const MIXING = { noise: [0, 0], sampling: 'softmax', temperature: 1 } as const;

const planOf = (options: Partial<PlanOptions> = {}, shape: Partial<NetworkShape> = {}): Plan =>
  compilePlan(REGION, { ...SHAPE, ...shape }, { ...PLAIN, ...options });
const parametersOf = (plan: Plan) => initialParameters(plan, createRandom(4, 'proxies'));

async function scoreOf(id: ProxyKey, plan: Plan, parameters: Float32Array, batch: Batch) {
  const proxy = PROXIES.find(({ descriptor }) => descriptor.key === id);
  if (!proxy) throw new Error(`no ${id}`);
  return proxy.score(untrainedNetwork(plan, parameters, batch));
}

function sumOfLogits(plan: Plan, parameters: Float32Array, images: Float32Array): number {
  return tf.tidy(() => {
    const logits = singleForward(
      plan,
      imageTensor(plan, images),
      parameterTensors(plan, parameters),
    );
    return tf.sum(logits).dataSync()[0] ?? Number.NaN;
  });
}

/** The batch with its images in another order. */
function turned({ images, labels }: Batch): Batch {
  const size = images.length / labels.length;
  const order = [...labels.keys()].reverse();
  const out = new Float32Array(images.length);
  order.forEach((from, to) => {
    out.set(images.subarray(from * size, (from + 1) * size), to * size);
  });
  return { images: out, labels: Uint8Array.from(order, (i) => labels[i]!) };
}

beforeAll(() => useBackend('wasm'));

describe('the loss gradient', () => {
  test('gives grad-norm and snip as finite differences do', async () => {
    const plan = planOf({ poolingType: 'average' });
    const parameters = parametersOf(plan);
    const batch = randomBatch(plan, 5, 1);
    const step = 1e-6;
    const differences = Float32Array.from(parameters, (_, i) => {
      const moved = (by: number) => {
        const flat = Float64Array.from(parameters);
        flat[i]! += by;
        return plainLoss(plan, flat, [0, 0], batch, MIXING);
      };
      return (moved(step) - moved(-step)) / (2 * step);
    });
    const snip = saliencies(plan, parameters, differences).reduce((a, b) => a + b, 0);
    expect((await scoreOf('snip', plan, parameters, batch)) / snip).toBeCloseTo(1, 4);
    const norm = weightSlots(plan).reduce((sum, { offset, size }) => {
      const own = differences.subarray(offset, offset + size);
      return sum + Math.sqrt(own.reduce((squares, value) => squares + value ** 2, 0));
    }, 0);
    expect((await scoreOf('gradNorm', plan, parameters, batch)) / norm).toBeCloseTo(1, 4);
  });
});

describe('synflow', () => {
  /** Σ over layers that every path crosses exactly once. */
  const across = (plan: Plan, layers: readonly number[], pattern: RegExp) =>
    weightSlots(plan).reduce(
      (sum, { name }, i) => sum + (pattern.test(name) ? (layers[i] ?? 0) : 0),
      0,
    );

  test.each([
    ['max pooling', planOf({ weightInit: 'uniform' })],
    ['average pooling', planOf({ poolingType: 'average' })],
    ['batch norm is left out', planOf({ normalisation: 'batch' })],
    ['linear', planOf({}, { operation: { kind: 'linear', width: 5 } })],
  ])('what flows in flows through every layer: %s', async (_, plan) => {
    const { layers } = await synapticFlow(
      untrainedNetwork(plan, parametersOf(plan), randomBatch(plan, 1, 1)),
    );
    const flow = across(plan, layers, /^classifier/);
    expect(flow).toBeGreaterThan(0);
    // Stage 1 is 0→1, 0→2, 1→2; stage 2 is 0→2, 1→2: vertices 0 and 1 are its sources.
    const cuts = [/^0\.stem/, /^0\.0\.0-/, /^0\.0\.2-output/, /^1\.0\.[01]-2/, /^1\.0\.2-output/];
    for (const cut of cuts) expect(across(plan, layers, cut) / flow).toBeCloseTo(1, 4);
  });

  test('adds the logarithm of the scale of any one layer', async () => {
    const plan = planOf();
    const parameters = parametersOf(plan);
    const batch = randomBatch(plan, 2, 1);
    const before = await scoreOf('synflow', plan, parameters, batch);
    const stem = plan.slots[plan.stages[1]?.stem?.weight ?? 0]!;
    const scaled = parameters.map((value, i) =>
      i >= stem.offset && i < stem.offset + stem.size ? -1e12 * value : value,
    );
    const after = await scoreOf('synflow', plan, scaled, batch);
    expect(after - before).toBeCloseTo(Math.log(1e12), 4);
  });

  test('stays finite where the flow itself would overflow float32', async () => {
    const stages = Array.from({ length: 5 }, () => [2 ** 28 - 1]);
    const shape: NetworkShape = {
      ...SHAPE,
      stages: stages.map(() => ({ channels: 12, pooling: 1 })),
    };
    const plan = compilePlan(regionOf(8, stages), shape, PLAIN);
    const score = await scoreOf('synflow', plan, parametersOf(plan), randomBatch(plan, 2, 1));
    expect(score).toBeGreaterThan(Math.log(3.4e38));
    expect(Number.isFinite(score)).toBe(true);
  });
});

describe('naswot', () => {
  test('counts the ReLUs that two images treat alike', async () => {
    const plan = planOf();
    const parameters = parametersOf(plan);
    const batch = randomBatch(plan, 6, 2);
    const { shared, units } = await activationCounts(plan, parameters, batch.images);
    const operations = plan.stages.map(({ candidates, shape }) => {
      const count = candidates.flatMap(({ levels }) => levels.flat()).length;
      return count * shape.height * shape.width * shape.channels;
    });
    expect(units).toBe(operations.reduce((a, b) => a + b, 0));
    const alone = await activationCounts(plan, parameters, batch.images.slice(0, 128));
    expect(alone.shared[0]).toBe(shared[0]);
    expect(shared[1]).toBe(shared[6]);
    expect(shared[1]).toBeLessThan(Math.min(shared[0]!, shared[7]!));
  });

  test.each(['none', 'batch'] as const)('does not see the order of a batch: %s', async (norm) => {
    const plan = planOf({ normalisation: norm });
    const parameters = parametersOf(plan);
    const batch = randomBatch(plan, 9, 3);
    const score = await scoreOf('naswot', plan, parameters, batch);
    expect(await scoreOf('naswot', plan, parameters, turned(batch))).toBeCloseTo(score, 5);
  });

  test('twins cost the logarithm of the ridge and stay finite', async () => {
    const plan = planOf();
    const parameters = parametersOf(plan);
    const { images, labels } = randomBatch(plan, 4, 3);
    const own = 128;
    const distinct = await scoreOf('naswot', plan, parameters, { images, labels });
    images.copyWithin(own, 0, own);
    const twins = await scoreOf('naswot', plan, parameters, { images, labels });
    expect(Number.isFinite(twins)).toBe(true);
    expect(twins).toBeLessThan(distinct - 10);
  });
});

describe('jacob-cov', () => {
  test('the image gradient is that of the sum of the logits', async () => {
    const plan = planOf({ normalisation: 'none', poolingType: 'average' });
    const parameters = parametersOf(plan);
    const { images } = randomBatch(plan, 2, 5);
    const gradient = await imageGradient(plan, parameters, images);
    await useBackend('cpu');
    const onCpu = await imageGradient(plan, parameters, images);
    await useBackend('wasm');
    expect(gradient.length).toBe(images.length);
    gradient.forEach((value, i) => {
      expect(value).toBeCloseTo(onCpu[i]!, 4);
    });
    // Euler: without biases the sum of the logits is the gradient times the image.
    const direction = gradient.reduce((sum, value, i) => sum + value * images[i]!, 0);
    expect(direction).toBeCloseTo(sumOfLogits(plan, parameters, images), 4);
  });

  test('is highest for images that answer differently, undefined for a dead network', async () => {
    const plan = planOf();
    const parameters = parametersOf(plan);
    const batch = randomBatch(plan, 6, 5);
    const distinct = await scoreOf('jacobCov', plan, parameters, batch);
    const twins = { ...batch, images: batch.images.slice() };
    twins.images.copyWithin(128, 0, 128);
    expect(distinct).toBeLessThanOrEqual(-6);
    expect(await scoreOf('jacobCov', plan, parameters, twins)).toBeLessThan(distinct - 1000);
    const dead = new Float32Array(parameters.length);
    expect(await scoreOf('jacobCov', plan, dead, batch)).toBeNaN();
  });
});

describe('measureProxies', () => {
  const config = tinyConfig();
  const task = prepareTask(tinyDataset(), config);
  const measure = (mask: number, ...labels: string[]) =>
    measureProxies(config, architectureId({ vertices: 3, masks: [mask, mask] }), task, labels);

  afterAll(() => useBackend('wasm'));

  test('depends on the architecture and the labels alone, and leaks nothing', async () => {
    const first = await measure(7, 'a');
    const { numTensors } = tf.memory();
    expect(await measure(7, 'a')).toEqual(first);
    expect(await measure(7, 'b')).not.toEqual(first);
    expect(await measure(1, 'a')).not.toEqual(first);
    expect(tf.memory().numTensors).toBe(numTensors);
    expect(Object.values(first).every((value) => Number.isFinite(value))).toBe(true);
  });

  test('agrees between wasm and cpu', async () => {
    const wasm = await measure(7, 'a');
    await useBackend('cpu');
    const cpu = await measure(7, 'a');
    expect(tf.getBackend()).toBe('cpu');
    for (const key of PROXY_KEYS) expect(wasm[key]! / cpu[key]!).toBeCloseTo(1, 3);
  });

  test('the proxies that grow with a network grow', async () => {
    const small = await measure(1, 'a');
    const large = await measure(7, 'a');
    expect(large.synflow!).toBeGreaterThan(small.synflow!);
    expect(large.naswot!).toBeGreaterThan(small.naswot!);
  });
});
