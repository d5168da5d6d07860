/** The flat optimisers against those of TensorFlow.js. */
import { beforeAll, describe, expect, test } from 'vitest';
import { createRandom } from '../core/random.ts';
import type { Optimiser } from '../core/run/config.ts';
import { FlatOptimiser } from './optimiser.ts';
import { useBackend } from './testing.ts';
import * as tf from './tf.ts';

const SIZE = 12;
const RATE = 0.03;

/** Gradients over several orders of magnitude, with a zero among them. */
function gradient(step: number): Float32Array {
  const random = createRandom(step, 'gradient');
  return Float32Array.from({ length: SIZE }, (_, i) =>
    i === 0 ? 0 : random.normal() * 10 ** ((i % 5) - 3),
  );
}

const start = () => Float32Array.from({ length: SIZE }, (_, i) => Math.sin(i));

class Walker {
  readonly optimiser: FlatOptimiser;
  values: tf.Tensor1D;

  constructor(kind: Optimiser, momentum: number) {
    this.optimiser = new FlatOptimiser(kind, momentum, SIZE);
    this.values = tf.tensor1d(start());
  }

  step(number: number): void {
    const slope = tf.tensor1d(gradient(number));
    const next = this.optimiser.apply(this.values, slope, RATE);
    tf.dispose([slope, this.values]);
    this.values = next;
  }

  dispose(): void {
    this.values.dispose();
    this.optimiser.dispose();
  }
}

async function reference(optimiser: tf.Optimizer, steps: number): Promise<Float32Array> {
  const variable = tf.variable(tf.tensor1d(start()), true, `x-${Math.random()}`);
  for (let step = 0; step < steps; step++) {
    optimiser.applyGradients({ [variable.name]: tf.tensor1d(gradient(step)) });
  }
  return Float32Array.from(await variable.data());
}

beforeAll(async () => {
  await useBackend('wasm');
});

const CASES = [
  ['adam', 0, () => tf.train.adam(RATE, 0.9, 0.999, 1e-8)],
  ['sgd', 0.8, () => tf.train.momentum(RATE, 0.8)],
  ['sgd', 0, () => tf.train.sgd(RATE)],
] as const;

describe.each(CASES)('%s with momentum %d', (kind, momentum, create) => {
  test('goes where tfjs goes in 5 steps', async () => {
    const walker = new Walker(kind, momentum);
    for (let step = 0; step < 5; step++) walker.step(step);
    const found = await walker.values.data();
    const expected = await reference(create(), 5);
    expected.forEach((value, i) => {
      expect(found[i]).toBeCloseTo(value, 5);
    });
    expect(Math.abs(found[3]! - start()[3]!)).toBeGreaterThan(1e-4);
    walker.dispose();
  });

  test('goes on bit for bit from what it saved', async () => {
    const whole = new Walker(kind, momentum);
    for (let step = 0; step < 6; step++) whole.step(step);
    const first = new Walker(kind, momentum);
    for (let step = 0; step < 3; step++) first.step(step);
    const saved = await first.optimiser.save();
    const second = new Walker(kind, momentum);
    second.step(7);
    second.values.dispose();
    second.values = tf.clone(first.values);
    second.optimiser.restore(saved.m, saved.v, saved.count);
    for (let step = 3; step < 6; step++) second.step(step);
    expect(await second.values.data()).toEqual(await whole.values.data());
    for (const walker of [whole, first, second]) walker.dispose();
  });
});

test('steps leak nothing, and disposal frees all', () => {
  const before = tf.memory().numTensors;
  const walker = new Walker('adam', 0);
  walker.step(0);
  const held = tf.memory().numTensors;
  for (let step = 1; step < 5; step++) walker.step(step);
  expect(tf.memory().numTensors).toBe(held);
  walker.dispose();
  expect(tf.memory().numTensors).toBe(before);
});
