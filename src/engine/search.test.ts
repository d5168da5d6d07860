/** Whole searches on a data set that can be learnt: repeatable, resumable, honest about failure. */
import { beforeAll, describe, expect, test } from 'vitest';
import { mixtureMacs } from '../core/cost/forward.ts';
import { logDigest } from '../core/log/digest.ts';
import { networkShape } from '../core/networkShape.ts';
import { SEARCH_RANKERS } from '../core/rankers/registry.ts';
import type { StageTable } from '../core/ranks.ts';
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

/** What was measured of each region, in order. */
const ranksIn = (events: readonly RunEvent[]) =>
  ofType(events, 'job/finished').flatMap(({ result }) => (result.kind === 'rank' ? [result] : []));

/** Reports of supernets in training. */
const supernetsIn = (events: readonly RunEvent[]) =>
  ofType(events, 'job/progress').filter((event) => event.kind === 'rank');

/** A log without what belongs to the clock. */
const timeless = (events: readonly RunEvent[]) =>
  events.map((event) => ({ ...event, wall: 0, ...('wallPerStep' in event && { wallPerStep: 0 }) }));

let reference: RunEvent[];

beforeAll(async () => {
  await useBackend('wasm');
  reference = await search(CONFIG);
});

describe('a search', () => {
  test('tells every part of every round', () => {
    const round = [
      'round/started',
      ...Array.from({ length: 3 }, () => 'job/progress'),
      'job/finished',
      'round/finished',
    ];
    expect(reference.map(({ type }) => type)).toEqual([
      'run/started',
      ...round,
      ...round,
      'run/finished',
    ]);
    expect(reference.map(({ at }) => at)).toEqual([0, 0, 2, 4, 6, 6, 6, 6, 8, 10, 12, 12, 12, 12]);
    const [first] = ranksIn(reference);
    const second = ofType(reference, 'job/finished')[1];
    expect(first?.best[0]?.score).toBeGreaterThanOrEqual(first?.best[1]?.score ?? 0);
    expect(first?.best.length).toBe(9);
    expect(second?.round).toBe(1);
    expect(supernetsIn(reference)).toHaveLength(6);
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
    const weights = (events: readonly RunEvent[]) => ranksIn(events)[0]?.weights;
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
  test.each(['run/started', 'round/started', 'job/finished', 'round/finished'] as const)(
    'from a log that ends at %s',
    async (type) => {
      const prefix = reference.slice(0, reference.findIndex((event) => event.type === type) + 1);
      const rest = await search(CONFIG, { events: prefix });
      expect(timeless([...prefix, ...rest])).toEqual(timeless(reference));
    },
  );

  test.each([
    [0, 3],
    [1, 4],
    [1, 0],
  ])('from a checkpoint in round %i after step %i', async (round, step) => {
    let training: Training | null = null;
    let checkpoint: SearchOptions['checkpoint'] = null;
    const before: RunEvent[] = [];
    const stream = runSearch(
      tinySearch(CONFIG, {
        onTraining: (now) => {
          training = now;
        },
        gate: async () => {
          if (training?.round !== round || training.step !== step) return;
          const state = await training.executor.save();
          checkpoint = { round, job: 0, supernet: 0, step, state };
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
    const [ranked] = ranksIn(events);
    expect(ranked?.ranker).toBe(id);
    expect(ranked?.ranks.map((row) => row.length)).toEqual([3, 3]);
    expect(ranked?.ranks.flat().every(Number.isFinite)).toBe(true);
    expect(new Set(ranked?.ranks.flat()).size).toBeGreaterThan(2);
  });

  test('two supernets: twice the steps, other weights, their mean', async () => {
    const events = await search(tinyConfig({ ...one, ranker: { supernets: 2 } }));
    const progress = supernetsIn(events);
    expect(progress.map(({ supernet }) => supernet)).toEqual([0, 0, 0, 1, 1, 1]);
    expect(progress.map(({ at }) => at)).toEqual([2, 4, 6, 8, 10, 12]);
    expect(progress[5]?.loss).not.toBe(progress[2]?.loss);
    const [ranked] = ranksIn(events);
    const [alone] = ranksIn(reference);
    expect(ofType(events, 'job/finished')[0]?.cost.steps).toBe(12);
    expect(ranked?.weights).not.toEqual(alone?.weights);
    expect(progress.slice(0, 3).map(({ loss }) => loss)).toEqual(
      supernetsIn(reference)
        .slice(0, 3)
        .map(({ loss }) => loss),
    );
  });

  test('averaged or last weights', async () => {
    const events = await search(tinyConfig({ ...one, ranker: { weights: 'last' } }));
    const [ranked] = ranksIn(events);
    expect(ranked?.weights).toEqual(supernetsIn(events).at(-1)?.weights);
    expect(ranked?.weights).not.toEqual(ranksIn(reference)[0]?.weights);
  });

  test.each([
    ['random outer search', { method: { id: 'random' } }],
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
    expect(events.at(-1)).toMatchObject({ type: 'run/finished', rounds: 2 });
    expect(ofType(events, 'round/finished').length).toBe(2);
    expect(logDigest(RUN_LOG, events)).not.toBe(logDigest(RUN_LOG, reference));
  });
});

describe('cost', () => {
  const one = { search: { generations: 1 } };

  /** FLOPs of one image under each mixture, together. */
  function flopsOf(events: readonly RunEvent[], config: RunConfig, mixtures: StageTable[]) {
    const [started] = ofType(events, 'round/started');
    const [job] = started?.jobs ?? [];
    if (job?.kind !== 'rank') throw new Error('no region');
    const shape = networkShape(config, { height: 8, width: 8, channels: 2, classes: 3 });
    return mixtures.reduce(
      (sum, mixture) => sum + 2 * mixtureMacs({ shape, region: job.region }, mixture),
      0,
    );
  }

  test('counts steps, three passes of each batch, and the pass that is reported', () => {
    const [finished] = ofType(reference, 'job/finished');
    const weights = [ranksIn(reference)[0]?.weights ?? []];
    const flops = flopsOf(reference, CONFIG, weights);
    const { batchSize, steps } = CONFIG.supernet;
    const images = 3 * batchSize * steps + CONFIG.task.validationImages;
    expect(finished?.cost).toEqual({ steps: 6, macs: (flops / 2) * images, evaluations: 0 });
  });

  test('of the probe exceeds that of FaDE by the images it sweeps', async () => {
    const config = tinyConfig({ ...one, ranker: { id: 'fade-probe' } });
    const events = await search(config);
    const cost = (log: readonly RunEvent[]) => ofType(log, 'job/finished')[0]?.cost;
    const weights = ranksIn(events)[0]?.weights ?? [];
    expect(weights).toEqual(ranksIn(reference)[0]?.weights);
    // Every candidate alone in its stage: six mixtures, none of which runs its neighbours.
    const mixtures = weights.flatMap((stage, s) =>
      stage.map((_, i) =>
        weights.map((row, t) => (t === s ? row.map((_, j) => Number(j === i)) : row)),
      ),
    );
    expect(mixtures).toHaveLength(6);
    const swept = (flopsOf(events, config, mixtures) / 2) * config.task.validationImages;
    expect(swept).toBeGreaterThan(0);
    expect((cost(events)?.macs ?? 0) - (cost(reference)?.macs ?? 0)).toBe(swept);
    expect(cost(events)?.steps).toBe(6);
  });

  test('ends a search between two rounds once it reaches the limit', async () => {
    const each = ofType(reference, 'job/finished')[0]?.cost.macs ?? 0;
    const limited = (macs: number, generations = 0) =>
      search(tinyConfig({ search: { generations, macs } }));
    const events = await limited(1.5 * each);
    // The second round begins, since the first left something, and is done to its end.
    expect(events.at(-1)).toMatchObject({ type: 'run/finished', rounds: 2 });
    const told = (log: readonly RunEvent[]) =>
      log.filter(({ type }) => type !== 'run/started' && type !== 'run/finished');
    expect(timeless(told(events))).toEqual(timeless(told(reference)));
    expect((await limited(0.5 * each)).at(-1)).toMatchObject({ rounds: 1 });
    expect((await limited(100 * each, 1)).at(-1)).toMatchObject({ rounds: 1 });
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
