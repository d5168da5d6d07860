/**
 * A network of ours against the same network built from the layers of `@tensorflow/tfjs`: cells by
 * the rules of the space (INPUT feeds the sources, vertices sum, sinks join OUTPUT), written down a
 * second time and independently.
 */

import * as layers from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import type { NetworkShape } from '../core/architecture.ts';
import { regionOf } from '../core/cellId.ts';
import { createRandom } from '../core/random.ts';
import { compilePlan, type Plan } from '../core/schedule.ts';
import { createTfjsExecutor } from './executors/tfjs.ts';
import { initialParameters } from './network/initialise.ts';
import { useBackend } from './testing.ts';

const SHAPE: NetworkShape = {
  input: { height: 8, width: 8, channels: 3 },
  classes: 4,
  operation: { kind: 'conv', kernel: 3 },
  stages: [
    { channels: 4, pooling: 2 },
    { channels: 6, pooling: 2 },
  ],
};

/** Edge lists, so that nothing of the project's own cell code is used. Pairs (0,1) (0,2) (1,2). */
const CELLS = [
  {
    mask: 0b011,
    edges: [
      [0, 1],
      [0, 2],
    ],
  },
  {
    mask: 0b101,
    edges: [
      [0, 1],
      [1, 2],
    ],
  },
] as const;

type Tensor = layers.SymbolicTensor;

function sum(xs: Tensor[]): Tensor {
  const [first] = xs;
  if (!first) throw new Error('nothing to sum');
  return xs.length === 1 ? first : (layers.layers.add().apply(xs) as Tensor);
}

/** The layers model of one cell a stage; layers are named like the plan's slots. */
function layersModel(): layers.LayersModel {
  const input = layers.input({ shape: [8, 8, 3] });
  const convolve = (x: Tensor, name: string, filters: number, activation: 'relu' | 'linear') =>
    layers.layers
      .conv2d({ filters, kernelSize: 3, padding: 'same', activation, name })
      .apply(x) as Tensor;
  let x: Tensor = input;
  CELLS.forEach(({ edges }, s) => {
    const channels = SHAPE.stages[s]?.channels ?? 0;
    const inside = convolve(x, `${s}.stem`, channels, 'linear');
    const values: Tensor[] = [];
    for (let vertex = 0; vertex < 3; vertex++) {
      const incoming = edges.filter(([, to]) => to === vertex);
      values.push(
        incoming.length === 0
          ? inside
          : sum(
              incoming.map(([from]) =>
                convolve(values[from] as Tensor, `${s}.0.${from}-${vertex}`, channels, 'relu'),
              ),
            ),
      );
    }
    const sinks = [0, 1, 2].filter((vertex) => !edges.some(([from]) => from === vertex));
    const output = sum(
      sinks.map((vertex) =>
        convolve(values[vertex] as Tensor, `${s}.0.${vertex}-output`, channels, 'relu'),
      ),
    );
    x = layers.layers.maxPooling2d({ poolSize: 2, strides: 2 }).apply(output) as Tensor;
  });
  const flat = layers.layers.flatten().apply(x) as Tensor;
  const logits = layers.layers.dense({ units: 4, name: 'classifier' }).apply(flat) as Tensor;
  return layers.model({ inputs: input, outputs: logits });
}

function setWeights(model: layers.LayersModel, plan: Plan, parameters: Float32Array): void {
  const valuesOf = (name: string) => {
    const slot = plan.slots.find((one) => one.name === name);
    if (!slot) throw new Error(`The plan has no ${name}.`);
    return layers.tensor(parameters.slice(slot.offset, slot.offset + slot.size), [...slot.shape]);
  };
  for (const layer of model.layers) {
    if (layer.weights.length === 0) continue;
    layer.setWeights([valuesOf(`${layer.name}.weight`), valuesOf(`${layer.name}.bias`)]);
  }
}

beforeAll(async () => {
  await useBackend('cpu');
});

describe('a network alone', () => {
  test('has the loss and the accuracy of the layers model with the same weights', async () => {
    const plan = compilePlan(
      regionOf(
        3,
        CELLS.map(({ mask }) => [mask]),
      ),
      SHAPE,
      {
        poolingType: 'max',
        normalisation: 'none',
        weightInit: 'uniform',
      },
    );
    const random = createRandom(5, 'reference');
    const parameters = initialParameters(plan, random);
    const count = 7;
    const images = Float32Array.from({ length: count * 8 * 8 * 3 }, () => random.normal());
    const labels = Uint8Array.from({ length: count }, () => random.integer(4));

    const model = layersModel();
    expect(model.countParams()).toBe(plan.parameterCount);
    setWeights(model, plan, parameters);
    const logits = model.predict(layers.tensor(images, [count, 8, 8, 3])) as layers.Tensor;
    const rows = (await logits.array()) as number[][];
    const losses = rows.map((row, i) => {
      const top = Math.max(...row);
      const total = row.reduce((acc, value) => acc + Math.exp(value - top), 0);
      return Math.log(total) + top - (row[labels[i] ?? 0] ?? 0);
    });
    const right = rows.filter((row, i) => row.indexOf(Math.max(...row)) === labels[i]);

    const executor = createTfjsExecutor({
      plan,
      parameters,
      alpha: new Float32Array(2),
      options: {
        weights: { optimiser: 'adam', momentum: 0 },
        alpha: { optimiser: 'adam', momentum: 0, order: 'joint' },
        sampling: 'softmax',
        temperature: 1,
      },
    });
    const [found] = await executor.evaluate([{ images, labels }], [[[1], [1]]], async () => {});
    executor.dispose();
    expect(found?.loss).toBeCloseTo(losses.reduce((a, b) => a + b, 0) / count, 5);
    expect(found?.accuracy).toBeCloseTo(right.length / count, 10);
  });
});
