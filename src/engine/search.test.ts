/** Whole searches on a data set that can be learnt: repeatable, resumable, honest about failure. */
import { beforeAll, describe, expect, test } from 'vitest';
import { logDigest } from '../core/log/digest.ts';
import { SEARCH_RANKERS } from '../core/rankers/registry.ts';
import type { RunConfig } from '../core/run/config.ts';
import type { RunEvent } from '../core/run/events.ts';
import { RUN_LOG } from '../core/run/log.ts';
import { isRunConfig } from '../core/run/validate.ts';
import type { Training } from './rank.ts';
import { runSearch, type SearchOptions } from './search.ts';
import { collect, tinyConfig, tinySearch, useBackend } from './testing.ts';
import * as tf from './tf.ts';

const CONFIG = tinyConfig();
const search = (config: RunConfig, more: Partial<SearchOptions> = {}) =>
  collect(runSearch(tinySearch(config, more)));

/** Events of a type, with its fields. */
function ofType<T extends RunEvent['type']>(events: readonly RunEvent[], type: T) {
  return events.filter((event): event is Extract<RunEvent, { type: T }> => event.type === type);
}

/** A log without what belongs to the clock. */
const timeless = (events: readonly RunEvent[]) =>
  events.map((event) => ({ ...event, wall: 0, ...('wallPerStep' in event && { wallPerStep: 0 }) }));

let reference: RunEvent[];

beforeAll(async () => {
  await useBackend('wasm');
  reference = await search(CONFIG);
});

describe('a search', () => {
  test('tells every part of every generation', () => {
    const generation = [
      'generation/started',
      ...Array.from({ length: 3 }, () => 'supernet/progress'),
      'generation/ranked',
      'generation/moved',
    ];
    expect(reference.map(({ type }) => type)).toEqual([
      'run/started',
      ...generation,
      ...generation,
      'run/finished',
    ]);
    expect(reference.map(({ at }) => at)).toEqual([0, 0, 2, 4, 6, 6, 6, 6, 8, 10, 12, 12, 12, 12]);
    const [first, second] = ofType(reference, 'generation/ranked');
    expect(first?.best[0]?.score).toBeGreaterThanOrEqual(first?.best[1]?.score ?? 0);
    expect(first?.best.length).toBe(9);
    expect(second?.generation).toBe(1);
    expect(isRunConfig(ofType(reference, 'run/started')[0]?.config)).toBe(true);
  });

  test('is the same again, whatever ran before and between', async () => {
    const between: SearchOptions['gate'] = async () => {
      tf.tidy(() => tf.randomNormal([10]));
      Math.random();
    };
    await search(tinyConfig({ search: { seed: 5, generations: 1 } }));
    let now = 0;
    const again = await search(CONFIG, { gate: between, clock: () => (now += 7) });
    expect(timeless(again)).toEqual(timeless(reference));
    expect(again).not.toEqual(reference);
    expect(logDigest(RUN_LOG, again)).toBe(logDigest(RUN_LOG, reference));
  });

  test('is another with another seed', async () => {
    const other = await search(tinyConfig({ search: { seed: 2, generations: 1 } }));
    const weights = (events: readonly RunEvent[]) =>
      ofType(events, 'generation/ranked')[0]?.weights;
    expect(weights(other)).not.toEqual(weights(reference));
    expect(logDigest(RUN_LOG, other)).not.toBe(logDigest(RUN_LOG, reference));
  });

  test('leaks nothing', async () => {
    const before = tf.memory().numTensors;
    await search(tinyConfig({ search: { generations: 1 } }));
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe('going on', () => {
  test.each([
    'run/started',
    'generation/started',
    'generation/ranked',
    'generation/moved',
  ] as const)('from a log that ends at %s', async (type) => {
    const prefix = reference.slice(0, reference.findIndex((event) => event.type === type) + 1);
    const rest = await search(CONFIG, { events: prefix });
    expect(timeless([...prefix, ...rest])).toEqual(timeless(reference));
  });

  test.each([
    [0, 3],
    [1, 4],
    [1, 0],
  ])('from a checkpoint in generation %i after step %i', async (generation, step) => {
    let training: Training | null = null;
    let checkpoint: SearchOptions['checkpoint'] = null;
    const before: RunEvent[] = [];
    const stream = runSearch(
      tinySearch(CONFIG, {
        onTraining: (now) => {
          training = now;
        },
        gate: async () => {
          if (training?.generation !== generation || training.step !== step) return;
          const state = await training.executor.save();
          checkpoint = { generation, supernet: 0, step, state };
          throw new DOMException('stop', 'AbortError');
        },
      }),
    );
    await expect(
      (async () => {
        for await (const event of stream) before.push(event);
      })(),
    ).rejects.toThrow('stop');
    expect(checkpoint).not.toBeNull();
    const rest = await search(CONFIG, { events: before, checkpoint });
    const whole = [...before, ...rest];
    expect(timeless(whole)).toEqual(timeless(reference));
    expect(logDigest(RUN_LOG, whole)).toBe(logDigest(RUN_LOG, reference));
  });

  test('a finished run only says so again', async () => {
    const rest = await search(CONFIG, { events: reference });
    expect(rest.map(({ type }) => type)).toEqual(['run/finished']);
  });
});

describe('options', () => {
  const one = { search: { generations: 1 } };

  test.each(SEARCH_RANKERS.map(({ descriptor }) => descriptor.id))('ranker %s', async (id) => {
    const events = await search(tinyConfig({ ...one, ranker: { id } }));
    const [ranked] = ofType(events, 'generation/ranked');
    expect(ranked?.ranker).toBe(id);
    expect(ranked?.ranks.map((row) => row.length)).toEqual([3, 3]);
    expect(ranked?.ranks.flat().every(Number.isFinite)).toBe(true);
    expect(new Set(ranked?.ranks.flat()).size).toBeGreaterThan(2);
  });

  test('two supernets: twice the steps, other weights, their mean', async () => {
    const events = await search(tinyConfig({ ...one, ranker: { supernets: 2 } }));
    const progress = ofType(events, 'supernet/progress');
    expect(progress.map(({ supernet }) => supernet)).toEqual([0, 0, 0, 1, 1, 1]);
    expect(progress.map(({ at }) => at)).toEqual([2, 4, 6, 8, 10, 12]);
    expect(progress[5]?.loss).not.toBe(progress[2]?.loss);
    const [ranked] = ofType(events, 'generation/ranked');
    const [alone] = ofType(reference, 'generation/ranked');
    expect(ranked?.steps).toBe(12);
    expect(ranked?.weights).not.toEqual(alone?.weights);
    expect(progress.slice(0, 3).map(({ loss }) => loss)).toEqual(
      ofType(reference, 'supernet/progress')
        .slice(0, 3)
        .map(({ loss }) => loss),
    );
  });

  test('averaged or last weights', async () => {
    const events = await search(tinyConfig({ ...one, ranker: { weights: 'last' } }));
    const [ranked] = ofType(events, 'generation/ranked');
    expect(ranked?.weights).toEqual(ofType(events, 'supernet/progress').at(-1)?.weights);
    expect(ranked?.weights).not.toEqual(ofType(reference, 'generation/ranked')[0]?.weights);
  });

  test.each([
    ['random outer search', { strategy: { id: 'random' } }],
    ['linear operations', { space: { operation: 'linear', width: 5 } }],
    ['softmax, second order', { supernet: { sampling: 'softmax', alpha: { order: 'second' } } }],
    [
      'L2 norm, average pooling',
      { supernet: { normalisation: 'l2' }, space: { poolingType: 'average' } },
    ],
    ['hard Gumbel, uniform init', { supernet: { sampling: 'gumbel-hard', weightInit: 'uniform' } }],
  ] as const)('%s', async (_, overrides) => {
    const config = tinyConfig({ ...overrides, search: { generations: 2 } });
    const events = await search(config);
    expect(events.at(-1)).toMatchObject({ type: 'run/finished', generations: 2 });
    expect(ofType(events, 'generation/moved').length).toBe(2);
    expect(logDigest(RUN_LOG, events)).not.toBe(logDigest(RUN_LOG, reference));
  });
});

describe('failure', () => {
  test('a diverged training ends the log with its reason, and frees its tensors', async () => {
    const before = tf.memory().numTensors;
    const events = await search(
      tinyConfig({
        supernet: {
          steps: 40,
          normalisation: 'none',
          weights: { optimiser: 'sgd', rate: 10, schedule: 'constant' },
        },
      }),
    );
    const failed = ofType(events, 'run/failed');
    expect(failed).toMatchObject([{ error: { code: 'training-diverged' } }]);
    expect(events.at(-1)).toBe(failed[0]);
    expect(tf.memory().numTensors).toBe(before);
  });
});
