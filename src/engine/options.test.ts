/** What options do to tensors. */

import { beforeAll, describe, expect, test } from 'vitest';
import { regionOf } from '../core/cellId.ts';
import { networkShape } from '../core/networkShape.ts';
import { createRandom } from '../core/random.ts';
import type { PoolingType, Sampling } from '../core/run/config.ts';
import type { ConfigOverrides } from '../core/run/resolve.ts';
import { compilePlan, type Plan } from '../core/schedule.ts';
import { createTfjsExecutor } from './executors/tfjs.ts';
import { forward, forwardCell, type Parameters } from './network/forward.ts';
import { initialParameters } from './network/initialise.ts';
import { fixedMixture, mixtureOf } from './network/mixture.ts';
import { pool } from './ops/pooling.ts';
import { randomBatch, tinyConfig, useBackend } from './testing.ts';
import * as tf from './tf.ts';

const TASK = { height: 8, width: 8, channels: 2, classes: 3 };

function planOf(overrides: ConfigOverrides, stages: readonly (readonly number[])[]): Plan {
  const config = tinyConfig({
    ...overrides,
    space: { ...overrides.space, stages: stages.length, candidates: stages.map(() => 2) },
  });
  return compilePlan(regionOf(config.space.vertices, stages), networkShape(config, TASK), {
    poolingType: config.space.poolingType,
    normalisation: config.supernet.normalisation,
    weightInit: config.supernet.weightInit,
  });
}

function parametersOf(
  plan: Plan,
  flat = initialParameters(plan, createRandom(5, 'p')),
): Parameters {
  return plan.slots.map(({ offset, size, shape }) =>
    tf.tensor(flat.slice(offset, offset + size), [...shape]),
  );
}

/** Output of the only cell of the first stage. */
function cellOutput(plan: Plan, image: Float32Array, batch: number, flat?: Float32Array): number[] {
  return tf.tidy(() => {
    const { height, width, channels } = plan.stages[0]!.shape;
    const input = tf.tensor(image, [batch, height, width, channels]);
    const cell = plan.stages[0]!.candidates[0]!;
    return [...forwardCell(plan, cell, input, parametersOf(plan, flat)).dataSync()];
  });
}

beforeAll(async () => {
  await useBackend('wasm');
});

describe('kernel', () => {
  test.each([3, 5, 7] as const)('%i sees just its own neighbourhood', (kernel) => {
    const plan = planOf(
      { space: { kernel, channels: [1], vertices: 2 }, supernet: { normalisation: 'none' } },
      [[0]],
    );
    const shapes = plan.slots.flatMap(({ role, shape }) => (role === 'cell' ? [shape] : []));
    const one = [kernel, kernel, 1, 1];
    expect(shapes.filter(({ length }) => length === 4)).toEqual([one, one]);
    // Positive weights: every pixel that is reached shows it.
    const flat = new Float32Array(plan.parameterCount).fill(0.1);
    const base = new Float32Array(64).fill(1);
    const before = cellOutput(plan, base, 1, flat);
    base[4 * 8 + 4] = 2;
    const after = cellOutput(plan, base, 1, flat);
    const changed = after.flatMap((value, i) => (value === before[i] ? [] : [i]));
    const near = (at: number) => Math.abs(at - 4) <= (kernel - 1) / 2;
    const pixels = Array.from({ length: 64 }, (_, i) => i);
    const expected = pixels.filter((i) => near(Math.floor(i / 8)) && near(i % 8));
    expect(changed).toEqual(expected);
  });
});

describe('pooling', () => {
  test('maximum and average of each window', () => {
    const pooled = (type: PoolingType) =>
      tf.tidy(() => {
        const x = tf.tensor4d([1, -2, 5, 4, 3, 8, -6, -7], [1, 2, 4, 1]);
        return [...pool(x, 2, type).dataSync()];
      });
    expect(pooled('max')).toEqual([8, 5]);
    expect(pooled('average')).toEqual([2.5, -1]);
  });

  test.each(['max', 'average'] as const)('a plan of type %s pools each stage', (poolingType) => {
    const plan = planOf({ space: { poolingType, channels: [3, 4], pooling: [2, 4] } }, [[0], [0]]);
    expect(plan.stages.map(({ pooling }) => pooling)).toEqual([
      { factor: 2, type: poolingType },
      { factor: 4, type: poolingType },
    ]);
    expect(plan.stages.map(({ shape }) => shape.height)).toEqual([8, 4]);
    expect(plan.classifier.features).toBe(4);
  });
});

describe('normalisation', () => {
  const output = (normalisation: 'batch' | 'l2' | 'none') => {
    const plan = planOf({ space: { channels: [3] }, supernet: { normalisation } }, [[5]]);
    const random = createRandom(2, 'image');
    const flat = initialParameters(plan, createRandom(5, 'p'));
    return cellOutput(plan, Float32Array.from({ length: 4 * 192 }, random.normal), 4, flat);
  };
  const channel = (values: readonly number[], c: number) => values.filter((_, i) => i % 3 === c);
  const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;

  test('batch: every channel has mean 0 and variance 1', () => {
    const values = output('batch');
    for (const c of [0, 1, 2]) {
      expect(mean(channel(values, c))).toBeCloseTo(0, 4);
      expect(mean(channel(values, c).map((value) => value ** 2))).toBeCloseTo(1, 2);
    }
  });

  test('l2: the whole tensor has norm 1, and nothing else changes', () => {
    const [values, plain] = [output('l2'), output('none')];
    const norm = Math.hypot(...plain);
    expect(Math.hypot(...values)).toBeCloseTo(1, 5);
    expect(norm).toBeGreaterThan(2);
    values.forEach((value, i) => {
      expect(Math.abs(value - plain[i]! / norm)).toBeLessThan(1e-6);
    });
  });

  test('none: sums of ReLUs as they are', () => {
    const values = output('none');
    expect(Math.min(...values)).toBe(0);
    expect(mean(values)).toBeGreaterThan(0.1);
  });
});

describe('sampling', () => {
  const plan = planOf({ space: { channels: [3, 4] } }, [
    [0, 3, 7],
    [1, 5, 6],
  ]);
  const alpha = [0.2, -0.5, 1, 0, 0.3, -1];
  const noises = [3, 2].map((seed) => {
    const random = createRandom(seed, 'noise');
    return alpha.map(random.gumbel);
  });
  const rows = (sampling: Sampling, noise: readonly number[] | undefined, temperature = 1) =>
    tf.tidy(() =>
      mixtureOf(plan, tf.tensor1d(alpha), tf.tensor1d([...noise!]), sampling, temperature).map(
        ({ row }) => [...row!.dataSync()],
      ),
    );
  const expectSumsOfOne = (table: readonly (readonly number[])[]) => {
    for (const row of table) expect(row.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 6);
  };

  test('softmax ignores the noise', () => {
    expect(rows('softmax', noises[0])).toEqual(rows('softmax', noises[1]));
    const powers = alpha.slice(0, 3).map(Math.exp);
    const sum = powers.reduce((a, b) => a + b, 0);
    powers.forEach((power, i) => {
      expect(rows('softmax', noises[0])[0]![i]).toBeCloseTo(power / sum, 6);
    });
    expectSumsOfOne(rows('softmax', noises[0]));
  });

  test('gumbel: weights follow the noise, and sharpen as the temperature falls', () => {
    const [one, two] = noises.map((noise) => rows('gumbel', noise));
    expect(one).not.toEqual(two);
    const tops = [10, 1, 0.1].map((temperature) => {
      const table = rows('gumbel', noises[0], temperature);
      expectSumsOfOne(table);
      return Math.max(...table[0]!);
    });
    expect(tops).toEqual([...tops].sort((a, b) => a - b));
    expect(tops[0]).toBeLessThan(0.5);
    expect(tops[2]).toBeGreaterThan(0.9);
  });

  test('gumbel-hard: one-hot on the strongest, and alpha still learns', () => {
    for (const noise of noises) {
      const soft = rows('gumbel', noise);
      const expected = soft.map((row) => row.map((x) => (x === Math.max(...row) ? 1 : 0)));
      expect(rows('gumbel-hard', noise)).toEqual(expected);
    }
    const slope = (sampling: Sampling) =>
      tf.tidy(() => {
        const noise = tf.tensor1d(noises[0]!);
        const weighted = (a: tf.Tensor) =>
          tf.sum(
            tf.mul(mixtureOf(plan, a as tf.Tensor1D, noise, sampling, 1)[0]!.row!, [3, 1, -2]),
          ) as tf.Scalar;
        return [...tf.grad(weighted)(tf.tensor1d(alpha)).dataSync()];
      });
    expect(slope('gumbel-hard')).toEqual(slope('gumbel'));
    expect(
      slope('gumbel-hard')
        .slice(0, 3)
        .every((value) => value !== 0),
    ).toBe(true);
  });

  test('a fixed mixture leaves candidates of weight zero out', () => {
    tf.tidy(() => {
      const [first, second] = fixedMixture(plan, [
        [0, 1, 0],
        [0.5, 0, 0.5],
      ]);
      expect(first?.candidates.map(({ cell }) => cell)).toEqual(['3:3']);
      expect(first?.row).toBeNull();
      expect(second?.candidates.map(({ cell }) => cell)).toEqual(['3:1', '3:6']);
    });
  });
});

describe('sizes', () => {
  const OPTIONS = {
    weights: { optimiser: 'adam', momentum: 0 },
    alpha: { optimiser: 'sgd', momentum: 0.8, order: 'joint' },
    sampling: 'gumbel',
    temperature: 1,
  } as const;

  /** One step and one evaluation of a plan on a made-up batch. */
  async function run(plan: Plan): Promise<number> {
    const cells = plan.stages.reduce((sum, stage) => sum + stage.candidates.length, 0);
    const parameters = initialParameters(plan, createRandom(1, 'size'));
    const executor = createTfjsExecutor({
      plan,
      parameters,
      alpha: new Float32Array(cells),
      options: OPTIONS,
    });
    const batch = randomBatch(plan, 4, 1);
    const noise = new Float32Array(cells);
    executor.step(batch, { rate: 0.01, alphaRate: 0.1, noise, validation: null, average: true });
    const { loss, weights } = await executor.statistics();
    executor.dispose();
    expect(weights.map((row) => row.length)).toEqual(plan.stages.map((s) => s.candidates.length));
    return loss;
  }

  const ones = (length: number) => Array.from({ length }, () => 1);

  test.each([1, 2, 5, 10])('%i stages', async (stages) => {
    const plan = planOf(
      { space: { channels: ones(stages).fill(2), pooling: ones(stages), vertices: 2 } },
      ones(stages).map(() => [0, 1]),
    );
    expect(await run(plan)).toBeGreaterThan(0);
  });

  test.each([2, 3, 4, 5, 6, 7, 8])('%i vertices: empty and full cells', async (vertices) => {
    const full = 2 ** ((vertices * (vertices - 1)) / 2) - 1;
    const plan = planOf({ space: { channels: [2], vertices } }, [[0, full]]);
    expect(plan.stages[0]?.candidates[1]?.levels.length).toBe(vertices);
    expect(await run(plan)).toBeGreaterThan(0);
  });

  test.each([1, 9, 16])('%i candidates', async (k) => {
    const plan = planOf({ space: { channels: [2], vertices: 4 } }, [ones(k).map((_, i) => i)]);
    expect(await run(plan)).toBeGreaterThan(0);
  });

  test('linear: flattened images, one first layer with ReLU, equal widths, no pooling', async () => {
    const plan = planOf({ space: { operation: 'linear', width: 17, channels: [3, 4] } }, [
      [0, 7],
      [3, 5],
    ]);
    expect(plan.stages.map(({ stem }) => stem?.relu ?? null)).toEqual([true, null]);
    expect(plan.stages.map(({ pooling }) => pooling.factor)).toEqual([1, 1]);
    expect(plan.slots[0]?.shape).toEqual([128, 17]);
    expect(plan.slots.at(-2)?.shape).toEqual([17, 3]);
    const operations = plan.slots.filter(
      ({ name, role }) => role === 'cell' && /weight/.test(name),
    );
    expect(plan.parameterCount).toBe(129 * 17 + operations.length * 18 * 17 + 18 * 3);
    expect(await run(plan)).toBeGreaterThan(0);
  });

  test('one-hot evaluation equals the single network with the same weights', () => {
    const plan = planOf({ space: { channels: [3, 4] } }, [
      [0, 3],
      [1, 5],
    ]);
    const logits = tf.tidy(() => {
      const images = tf.tensor4d(randomBatch(plan, 5, 2).images, [5, 8, 8, 2]);
      const parameters = parametersOf(plan);
      const hot = fixedMixture(plan, [
        [0, 1],
        [1, 0],
      ]);
      const soft = plan.stages.map(({ candidates }, s) => ({
        candidates,
        row: tf.tensor1d(s === 0 ? [0, 1] : [1, 0]),
      }));
      return [hot, soft].map((rows) => [...forward(plan, images, parameters, rows).dataSync()]);
    });
    logits[0]?.forEach((value, i) => {
      expect(value).toBeCloseTo(logits[1]![i]!, 5);
    });
  });
});
