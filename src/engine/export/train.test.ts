import { beforeAll, describe, expect, test } from 'vitest';
import type { ConfigOverrides } from '../../core/run/resolve.ts';
import type { CurvePoint } from '../../core/study/events.ts';
import { prepareTask } from '../task.ts';
import { tinyConfig, tinyDataset, useBackend } from '../testing.ts';
import { predictLogits, probabilities } from './infer.ts';
import { trainModel } from './train.ts';

const DATASET = tinyDataset();
const gate = async () => {};

async function train(overrides: ConfigOverrides = {}, steps = 40, architecture = '3:7.3') {
  const points: CurvePoint[] = [];
  const config = tinyConfig(overrides);
  const request = { config, architecture, seed: 0, steps };
  const outcome = await trainModel(request, DATASET, gate, (point) => points.push(point));
  return { outcome, points, config };
}

beforeAll(() => useBackend('wasm'));

describe.each(['batch', 'none'] as const)('with normalisation %s', (normalisation) => {
  test('its predictions have the accuracy that was reported, and its images are the test images', async () => {
    const { outcome, points, config } = await train({ supernet: { normalisation } });
    expect(outcome.history).toEqual(points);
    expect(points.at(-1)?.step).toBe(40);
    const { model, test: found } = outcome.trained!;
    const classes = model.plan.classes;
    const right = [...found.labels].filter((label, i) => {
      const row = found.probabilities.subarray(i * classes, (i + 1) * classes);
      return row.indexOf(Math.max(...row)) === label;
    });
    expect(right.length / found.labels.length).toBeCloseTo(model.training.accuracy ?? 0, 10);
    expect(found.calibratedAccuracy === null).toBe(normalisation === 'none');
    const { images, labels } = prepareTask(DATASET, config).testBatches(30)[0]!;
    expect(found.labels).toEqual(labels);
    const [mean, std] = [model.recipe.mean[0]!, model.recipe.std[0]!];
    expect((found.images[0]! / 255 - mean) / std).toBeCloseTo(images[0]!, 5);
    expect(found.images.length).toBe(images.length);
    const again = probabilities(model.plan, await predictLogits(model, null, images));
    expect(found.probabilities).toEqual(again);
  });
});

test('with fixed statistics a network that has learnt is nearly as good', async () => {
  const { outcome } = await train({ supernet: { normalisation: 'batch' } }, 150);
  const accuracy = outcome.trained?.model.training.accuracy ?? 0;
  expect(accuracy).toBeGreaterThan(0.8);
  expect(outcome.trained?.test.calibratedAccuracy).toBeGreaterThan(accuracy - 0.2);
});

test('a training that diverges has a reason and no model', async () => {
  const plain = tinyConfig({ supernet: { normalisation: 'none' } });
  // Two steps of this size leave what 32 bits can hold, whatever the network has drawn.
  const weights = { ...plain.supernet.weights, rate: 3e38, schedule: 'constant' } as const;
  const config = { ...plain, supernet: { ...plain.supernet, weights } };
  const request = { config, architecture: '3:3.7', seed: 0, steps: 40 };
  const outcome = await trainModel(request, DATASET, gate, () => {});
  expect(outcome.trained).toBeNull();
  expect(outcome.diverged).toMatch(/not a number/);
});
