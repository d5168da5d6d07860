/** Architectures trained alone: repeatable, the same for isomorphic twins, honest about divergence. */
import { beforeAll, describe, expect, test } from 'vitest';
import { architectureId } from '../core/cellId.ts';
import { isomorphic } from '../core/cellSpace.ts';
import type { CellMask } from '../core/region.ts';
import type { ArchitectureId } from '../core/space/ids.ts';
import type { CurvePoint } from '../core/study/events.ts';
import { type AloneOptions, type AloneRequest, type AloneResult, trainAlone } from './evaluate.ts';
import { createExecutor } from './executors/choose.ts';
import type { Gate } from './supernet.ts';
import { EVALUATION_BATCH, prepareTask } from './task.ts';
import { tinyConfig, tinyDataset, useBackend } from './testing.ts';
import * as tf from './tf.ts';

const CONFIG = tinyConfig();
/** Edges 0→1, 0→2: one vertex feeds both others. */
const ARCHITECTURE = architectureId({ vertices: 3, masks: [3, 7] });

/** Names these very masks, canonical or not. */
const ordered = (...masks: CellMask[]) =>
  `3:${masks.map((mask) => mask.toString(16)).join('.')}` as ArchitectureId;

async function train(
  request: Partial<AloneRequest> = {},
  options: AloneOptions = {},
  gate: Gate = async () => undefined,
): Promise<{ points: CurvePoint[]; result: AloneResult }> {
  const whole = { config: CONFIG, architecture: ARCHITECTURE, seed: 0, steps: 6, ...request };
  const task = prepareTask(tinyDataset(), whole.config);
  const training = trainAlone(whole, task, gate, options);
  const points: CurvePoint[] = [];
  for (;;) {
    const { done, value } = await training.next();
    if (done) return { points, result: value };
    points.push(value);
  }
}

beforeAll(async () => {
  await useBackend('wasm');
});

describe('an architecture trained alone', () => {
  test('is the same bit for bit, whatever runs between, and another with another seed', async () => {
    const first = await train({}, { keepNetwork: true });
    const again = await train({}, { keepNetwork: true }, async () => {
      tf.tidy(() => tf.randomNormal([5]));
    });
    expect(again).toEqual(first);
    expect(first.result.accuracy).toBeGreaterThan(0);
    expect(first.points).toEqual(first.result.history);
    expect(first.points.map(({ step }) => step)).toEqual([2, 4, 6]);
    const other = await train({ seed: 1 }, { keepNetwork: true });
    expect(other.result.network?.parameters).not.toEqual(first.result.network?.parameters);
    expect(other.result.loss).not.toBe(first.result.loss);
  });

  test('is one network for isomorphic twins', async () => {
    // Chain 0→1 with vertex 2 apart, drawn with two other orders of its vertices.
    const twins = [1, 2, 4];
    expect(twins.every((mask) => isomorphic(3, 1, mask))).toBe(true);
    const results = [];
    for (const mask of twins) {
      const architecture = ordered(mask, 7);
      results.push((await train({ architecture }, { keepNetwork: true })).result);
    }
    expect(results[1]).toEqual(results[0]);
    expect(results[2]).toEqual(results[0]);
    const other = await train({ architecture: ordered(0, 7) });
    expect(other.result.architecture).not.toBe(results[0]?.architecture);
    expect(other.result.loss).not.toBe(results[0]?.loss);
  });

  test('learns, and hands out the network that it was tested as', async () => {
    const config = tinyConfig({ supernet: { weights: { rate: 0.02 } } });
    const { result } = await train({ config, steps: 120 }, { reportEvery: 60, keepNetwork: true });
    expect(result.history.map(({ step }) => step)).toEqual([60, 120]);
    expect(result.accuracy).toBeGreaterThan(0.8);
    const { network } = result;
    if (!network) throw new Error('no network');
    expect(network.parameters.length).toBe(network.plan.parameterCount);
    const executor = createExecutor({
      plan: network.plan,
      parameters: network.parameters,
      alpha: new Float32Array(2),
      options: {
        weights: { optimiser: 'adam', momentum: 0 },
        alpha: { optimiser: 'adam', momentum: 0, order: 'joint' },
        sampling: 'softmax',
        temperature: 1,
      },
    });
    const batches = prepareTask(tinyDataset(), config).testBatches(EVALUATION_BATCH);
    const gate = async () => undefined;
    const [evaluation] = await executor.evaluate(batches, [[[1], [1]]], gate);
    executor.dispose();
    expect(evaluation).toEqual({ loss: result.loss, accuracy: result.accuracy });
  });

  test('that diverges is a result with its reason', async () => {
    const plain = tinyConfig({ supernet: { normalisation: 'none' } });
    // Two steps of this size leave what 32 bits can hold, whatever the network has drawn.
    const weights = { ...plain.supernet.weights, rate: 3e38, schedule: 'constant' } as const;
    const config = { ...plain, supernet: { ...plain.supernet, weights } };
    const before = tf.memory().numTensors;
    const { result } = await train({ config, steps: 40 }, { keepNetwork: true });
    expect(result).toMatchObject({ loss: null, accuracy: null, network: null });
    expect(result.diverged).toMatch(/not a number at step \d+/);
    expect(result.history.every(({ loss }) => Number.isFinite(loss))).toBe(true);
    expect(tf.memory().numTensors).toBe(before);
  });

  test('ends at the gate, and leaks nothing', async () => {
    const before = tf.memory().numTensors;
    let steps = 0;
    const gate = async () => {
      steps += 1;
      if (steps > 3) throw new DOMException('stop', 'AbortError');
    };
    await expect(train({}, {}, gate)).rejects.toThrow('stop');
    expect(tf.memory().numTensors).toBe(before);
    await train();
    expect(tf.memory().numTensors).toBe(before);
  });
});
