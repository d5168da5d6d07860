/**
 * For tests in Node: backends, tiny searches, and the loss of a supernet in plain double-precision
 * numbers.
 */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { NetworkShape } from '../core/architecture.ts';
import { regionOf } from '../core/cellId.ts';
import { createRandom } from '../core/random.ts';
import type { RunConfig, Sampling } from '../core/run/config.ts';
import type { RunEvent } from '../core/run/events.ts';
import type { Plan, PlanCandidate } from '../core/schedule.ts';
import type { Batch } from './executors/executor.ts';
import type { SearchOptions } from './search.ts';
import { tinyDataset } from './task.testing.ts';
import { prepareTask } from './task.ts';

export { tinyConfig, tinyDataset } from './task.testing.ts';

const WASM_PATHS = fileURLToPath(
  new URL('../../node_modules/@tensorflow/tfjs-backend-wasm/wasm-out/', import.meta.url),
);

const KERNELS = fileURLToPath(new URL('./executors/wasm/kernels.wasm', import.meta.url));

export async function useBackend(name: 'wasm' | 'cpu'): Promise<void> {
  const { chooseBackend } = await import('./backend.ts');
  await chooseBackend(name, {
    wasmPaths: WASM_PATHS,
    kernels: () => readFile(KERNELS),
  });
}

/** A fresh search of the tiny data set, without pauses. */
export function tinySearch(config: RunConfig, more: Partial<SearchOptions> = {}): SearchOptions {
  const dataset = tinyDataset();
  return {
    config,
    task: prepareTask(dataset, config),
    datasetDigest: dataset.digest,
    backend: { name: 'wasm', adapter: 'test', reason: 'a test' },
    events: [],
    parent: null,
    clock: () => 0,
    gate: async () => undefined,
    onTraining: () => undefined,
    checkpoint: null,
    ...more,
  };
}

export async function collect(stream: AsyncIterable<RunEvent>): Promise<RunEvent[]> {
  const events: RunEvent[] = [];
  for await (const event of stream) events.push(event);
  return events;
}

/** A made-up batch for a plan. */
export function randomBatch(plan: Plan, size: number, seed: number): Batch {
  const random = createRandom(seed, 'batch');
  const { height, width, channels } = plan.input;
  const images = Float32Array.from({ length: size * height * width * channels }, random.normal);
  const labels = Uint8Array.from({ length: size }, () => random.integer(plan.classes));
  return { images, labels };
}

/** [B,H,W,C], row-major. */
interface Field {
  readonly batch: number;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly values: Float64Array;
}

type Numbers = ArrayLike<number>;

function plainLayer(
  plan: Plan,
  flat: Numbers,
  x: Field,
  slots: { readonly weight: number; readonly bias: number },
  relu: boolean,
): Field {
  const weight = plan.slots[slots.weight]!;
  const bias = plan.slots[slots.bias]!;
  const kernel = weight.shape.length === 4 ? weight.shape[0]! : 1;
  const pad = (kernel - 1) / 2;
  const { height, width, channels: from } = x;
  const to = bias.size;
  const values = new Float64Array(x.batch * height * width * to);
  for (let at = 0; at < values.length; at++) {
    const o = at % to;
    const column = Math.floor(at / to) % width;
    const row = Math.floor(at / (to * width)) % height;
    const image = Math.floor(at / (to * width * height));
    let sum = flat[bias.offset + o]!;
    for (let dy = 0; dy < kernel; dy++) {
      for (let dx = 0; dx < kernel; dx++) {
        const [y, z] = [row + dy - pad, column + dx - pad];
        if (y < 0 || y >= height || z < 0 || z >= width) continue;
        for (let i = 0; i < from; i++) {
          const input = x.values[((image * height + y) * width + z) * from + i]!;
          sum += input * flat[weight.offset + ((dy * kernel + dx) * from + i) * to + o]!;
        }
      }
    }
    values[at] = relu ? Math.max(0, sum) : sum;
  }
  return { ...x, channels: to, values };
}

const plainSum = (fields: readonly Field[]): Field => ({
  ...fields[0]!,
  values: fields[0]!.values.map((_, i) => fields.reduce((sum, { values }) => sum + values[i]!, 0)),
});

const meanOf = (values: Numbers) => Array.from(values).reduce((a, b) => a + b, 0) / values.length;

function plainNormalise(x: Field, kind: Plan['normalisation']): Field {
  if (kind === 'none') return x;
  if (kind === 'l2') {
    const norm = Math.hypot(...x.values);
    return { ...x, values: x.values.map((value) => value / norm) };
  }
  const channels = Array.from({ length: x.channels }, (_, c) => {
    const own = x.values.filter((__, i) => i % x.channels === c);
    const mean = meanOf(own);
    return { mean, deviation: Math.sqrt(meanOf(own.map((v) => (v - mean) ** 2)) + 1e-5) };
  });
  const values = x.values.map((value, i) => {
    const { mean, deviation } = channels[i % x.channels]!;
    return (value - mean) / deviation;
  });
  return { ...x, values };
}

function plainCell(plan: Plan, flat: Numbers, cell: PlanCandidate, input: Field): Field {
  const incoming = new Map<number | 'output', Field[]>();
  const operations = cell.levels.flat().sort((a, b) => a.from - b.from);
  for (const op of operations) {
    const x = cell.sources.includes(op.from) ? input : plainSum(incoming.get(op.from)!);
    const y = plainLayer(plan, flat, x, op, true);
    incoming.set(op.to, [...(incoming.get(op.to) ?? []), y]);
  }
  return plainNormalise(plainSum(incoming.get('output')!), plan.normalisation);
}

function plainPool(x: Field, factor: number, type: 'max' | 'average'): Field {
  const height = Math.floor(x.height / factor);
  const width = Math.floor(x.width / factor);
  const { channels } = x;
  const values = new Float64Array(x.batch * height * width * channels);
  for (let at = 0; at < values.length; at++) {
    const c = at % channels;
    const column = Math.floor(at / channels) % width;
    const row = Math.floor(at / (channels * width)) % height;
    const image = Math.floor(at / (channels * width * height));
    const window = Array.from({ length: factor * factor }, (_, i) => {
      const [y, z] = [row * factor + Math.floor(i / factor), column * factor + (i % factor)];
      return x.values[((image * x.height + y) * x.width + z) * channels + c]!;
    });
    values[at] = type === 'max' ? Math.max(...window) : meanOf(window);
  }
  return { ...x, height, width, values };
}

export function plainSoftmax(logits: Numbers): number[] {
  const powers = Array.from(logits, Math.exp);
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map((power) => power / sum);
}

/** Mean cross-entropy of a soft supernet, written with nothing but numbers. */
export function plainLoss(
  plan: Plan,
  flat: Numbers,
  alpha: Numbers,
  batch: Batch,
  mixing: { readonly noise: Numbers; readonly sampling: Sampling; readonly temperature: number },
): number {
  const count = batch.labels.length;
  const { height, width, channels } = plan.input;
  const linear = plan.operation.kind === 'linear';
  let x: Field = linear
    ? {
        batch: count,
        height: 1,
        width: 1,
        channels: height * width * channels,
        values: Float64Array.from(batch.images),
      }
    : { batch: count, height, width, channels, values: Float64Array.from(batch.images) };
  let at = 0;
  for (const stage of plan.stages) {
    const input = stage.stem ? plainLayer(plan, flat, x, stage.stem, stage.stem.relu) : x;
    const start = at;
    at += stage.candidates.length;
    const weights = plainSoftmax(
      stage.candidates.map((_, i) =>
        mixing.sampling === 'softmax'
          ? alpha[start + i]!
          : (alpha[start + i]! + mixing.noise[start + i]!) / mixing.temperature,
      ),
    );
    const weighted = stage.candidates.map((cell, i) => {
      const y = plainCell(plan, flat, cell, input);
      return { ...y, values: y.values.map((value) => value * weights[i]!) };
    });
    x = plainPool(plainSum(weighted), stage.pooling.factor, stage.pooling.type);
  }
  const features = { ...x, height: 1, width: 1, channels: plan.classifier.features };
  const logits = plainLayer(plan, flat, features, plan.classifier, false).values;
  const losses = Array.from(batch.labels, (label, b) => {
    const own = logits.subarray(b * plan.classes, (b + 1) * plan.classes);
    return -Math.log(plainSoftmax(own)[label]!);
  });
  return meanOf(losses);
}

/** A network shape that fits no kernel evenly: odd sides, seven channels. */
export const UNEVEN_SHAPE: NetworkShape = {
  input: { height: 9, width: 8, channels: 3 },
  classes: 5,
  operation: { kind: 'conv', kernel: 3 },
  stages: [
    { channels: 4, pooling: 2 },
    { channels: 7, pooling: 2 },
  ],
};

/** Three cells and two, of four vertices: none, all and some of the edges. */
export const UNEVEN_REGION = regionOf(4, [
  [0, 63, 5],
  [33, 18],
]);
