import { describe, expect, test } from 'vitest';
import { createRandom } from '../../core/random.ts';
import type { StageTable } from '../../core/ranks.ts';
import { fieldsFor } from '../../core/run/schema.ts';
import { compilePlan } from '../../core/schedule.ts';
import { tinyConfig } from '../testing.ts';
import { RANKERS, rankerById } from './registry.ts';

const ids = RANKERS.map(({ descriptor }) => descriptor.id);

describe('the registry', () => {
  test('has just the rankers that the settings offer', () => {
    const field = fieldsFor('pseudo-gradient').find(({ path }) => path === 'ranker.id');
    if (field?.kind !== 'choice') throw new Error('ranker.id is no choice');
    expect(ids).toEqual(field.choices.map(({ value }) => value));
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('names the known ones when asked for another', () => {
    expect(rankerById('fade').descriptor.name).toBe('FaDE');
    expect(() => rankerById('fad')).toThrow(/fade-probe/);
  });
});

/** Held-out loss of each candidate; a mixture's loss is the mean over stages, weights, candidates. */
const LOSSES = [
  [0.2, 0.9, 1.1],
  [1.3, 0.1, 0.8],
];
const WEIGHTS = [
  [0.5, 0.3, 0.2],
  [0.2, 0.6, 0.2],
];
const lossOf = (mixture: StageTable) =>
  mixture.reduce(
    (sum, row, s) => sum + row.reduce((part, weight, i) => part + weight * LOSSES[s]![i]!, 0),
    0,
  );

const plan = compilePlan(
  {
    vertices: 3,
    stages: [
      [0, 3, 7],
      [1, 5, 6],
    ],
  },
  {
    input: { height: 8, width: 8, channels: 2 },
    classes: 3,
    operation: { kind: 'conv', kernel: 3 },
    stages: [
      { channels: 3, pooling: 2 },
      { channels: 4, pooling: 2 },
    ],
  },
  { poolingType: 'max', normalisation: 'batch', weightInit: 'he' },
);

const order = (row: readonly number[]) =>
  row.map((_, i) => i).sort((a, b) => (row[b] ?? 0) - (row[a] ?? 0));

describe.each(ids)('%s', (id) => {
  test('prefers candidates of lower loss and greater weight', async () => {
    const seen: StageTable[] = [];
    const ranks = await rankerById(id).rank({
      plan,
      options: tinyConfig().ranker,
      weights: WEIGHTS,
      evaluate: async (mixtures) => {
        seen.push(...mixtures);
        return mixtures.map((mixture) => ({ loss: lossOf(mixture), accuracy: 0 }));
      },
      random: createRandom(1, id),
    });
    expect(ranks.map((row) => row.length)).toEqual([3, 3]);
    expect(order(ranks[0]!)[0]).toBe(0);
    expect(order(ranks[1]!)[0]).toBe(1);
    if (id !== 'fade') expect(order(ranks[0]!)).toEqual([0, 1, 2]);
    const sums = seen.flatMap((mixture) => mixture.map((row) => row.reduce((a, b) => a + b, 0)));
    for (const sum of sums) expect(sum).toBeCloseTo(1, 12);
    // Linear in S·k: one sweep a candidate, or four single paths, each 1/k of a sweep.
    expect(seen.length).toBe({ fade: 0, 'sampled-paths': 24 }[id] ?? 6);
  });
});

test('the mean readout ranks by weight, not by its logarithm', async () => {
  const ranks = await rankerById('fade').rank({
    plan,
    options: { ...tinyConfig().ranker, readout: 'mean' },
    weights: WEIGHTS,
    evaluate: async () => [],
    random: createRandom(1),
  });
  expect(ranks).toEqual(WEIGHTS.map((row) => row.map((weight) => weight / 2)));
});
