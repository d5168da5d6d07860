/** A search whose device is lost on the way: it goes on by itself, with the results of a calm one. */
import { beforeAll, describe, expect, test } from 'vitest';
import { LabError, toErrorRecord } from '../core/errors.ts';
import { logDigest } from '../core/log/digest.ts';
import type { RunConfig } from '../core/run/config.ts';
import type { RunEvent } from '../core/run/events.ts';
import { RUN_LOG } from '../core/run/log.ts';
import type { Training } from './rank.ts';
import type { SavedTraining } from './round.ts';
import { runSearch } from './search.ts';
import { collect, tinyConfig, tinySearch, useBackend } from './testing.ts';
import * as tf from './tf.ts';

/** Two rounds of one region each: six steps, a report every two. */
const CONFIG = tinyConfig();

interface Moment {
  readonly round: number;
  readonly supernet?: number;
  /** Steps done; `ranking` for the evaluation after them. */
  readonly step: number | 'ranking';
}

interface Accident {
  readonly config?: RunConfig;
  /** Where the device is lost, once each, in this order. */
  readonly losses: readonly Moment[];
  /** Where a checkpoint is taken. */
  readonly saves?: readonly Moment[];
  /** Losses that are made good. */
  readonly survive?: number;
}

const isAt = (moment: Moment, training: Training | null, round: number, supernet: number) =>
  moment.round === round &&
  (moment.supernet ?? 0) === supernet &&
  (moment.step === 'ranking' ? training === null : training?.step === moment.step);

async function searchWithLosses({ config = CONFIG, survive = 9, ...accident }: Accident) {
  const losses = [...accident.losses];
  let training: Training | null = null;
  let at = { round: 0, job: 0, supernet: 0 };
  let saved: SavedTraining | null = null;
  let recoveries = 0;
  const options = tinySearch(config, {
    onTraining: (now) => {
      training = now;
      if (now) at = now;
    },
    gate: async () => {
      const { round, job, supernet } = at;
      for (const moment of accident.saves ?? []) {
        if (!training || !isAt(moment, training, round, supernet)) continue;
        const state = await training.executor.save();
        saved = { round, job, supernet, step: training.step, state };
      }
      const [next] = losses;
      if (!next || !isAt(next, training, round, supernet)) return;
      losses.shift();
      throw new LabError('device-lost', 'gone');
    },
    recover: async (thrown) => {
      if (toErrorRecord(thrown).code !== 'device-lost' || recoveries === survive) throw thrown;
      recoveries += 1;
      return { message: 'a cable', checkpoint: saved };
    },
  });
  const events = await collect(runSearch(options));
  expect(losses).toEqual([]);
  return events;
}

const timeless = (events: readonly RunEvent[]) =>
  events
    .filter((event) => event.type !== 'device/lost')
    .map((event) => ({ ...event, wall: 0, ...('wallPerStep' in event && { wallPerStep: 0 }) }));

const lossesIn = (events: readonly RunEvent[]) =>
  events.filter((event) => event.type === 'device/lost');

let calm: RunEvent[];

beforeAll(async () => {
  await useBackend('wasm');
  calm = await collect(runSearch(tinySearch(CONFIG)));
});

function expectCalm(events: readonly RunEvent[], reference: readonly RunEvent[] = calm): void {
  expect(timeless(events)).toEqual(timeless(reference));
  expect(logDigest(RUN_LOG, events)).toBe(logDigest(RUN_LOG, reference));
}

describe('a lost device', () => {
  test('training goes on from the checkpoint, and tells nothing twice', async () => {
    const events = await searchWithLosses({
      saves: [{ round: 1, step: 3 }],
      losses: [{ round: 1, step: 5 }],
    });
    expectCalm(events);
    expect(lossesIn(events)).toMatchObject([
      { round: 1, supernet: 0, step: 5, message: 'a cable', from: { supernet: 0, step: 3 } },
    ]);
    // Told where it happened: after the report of step 4.
    const index = events.findIndex((event) => event.type === 'device/lost');
    expect(events[index - 1]).toMatchObject({ type: 'job/progress', job: 0, step: 4, at: 10 });
    expect(events[index]?.at).toBe(10);
    expect(events[index + 1]).toMatchObject({ type: 'job/progress', job: 0, step: 6 });
  });

  test('without a checkpoint of this round it begins again', async () => {
    const events = await searchWithLosses({
      saves: [{ round: 0, step: 3 }],
      losses: [{ round: 1, step: 5 }],
    });
    expectCalm(events);
    expect(lossesIn(events)).toMatchObject([{ step: 5, from: { supernet: 0, step: 0 } }]);
  });

  test('also before the first report, again while steps are done again, and in the ranking', async () => {
    const events = await searchWithLosses({
      saves: [{ round: 0, step: 4 }],
      losses: [
        { round: 0, step: 1 },
        { round: 0, step: 5 },
        { round: 0, step: 4 },
        { round: 0, step: 'ranking' },
        { round: 1, step: 0 },
      ],
    });
    expectCalm(events);
    expect(lossesIn(events)).toMatchObject([
      { step: 1, from: { step: 0 } },
      { step: 5, from: { step: 4 } },
      { step: 4, from: { step: 4 } },
      { step: 6, from: { step: 4 } },
      { round: 1, step: 0, from: { step: 0 } },
    ]);
  });

  test('in the second supernet of an ensemble, back to the first', async () => {
    const config = tinyConfig({ search: { generations: 1 }, ranker: { supernets: 2 } });
    const reference = await collect(runSearch(tinySearch(config)));
    const events = await searchWithLosses({
      config,
      saves: [{ round: 0, step: 2 }],
      losses: [{ round: 0, supernet: 1, step: 3 }],
    });
    expectCalm(events, reference);
    expect(lossesIn(events)).toMatchObject([
      { supernet: 1, step: 3, from: { supernet: 0, step: 2 } },
    ]);
  });

  test('leaves no tensors behind', async () => {
    const before = tf.memory().numTensors;
    await searchWithLosses({
      saves: [{ round: 0, step: 3 }],
      losses: [{ round: 0, step: 5 }],
    });
    expect(tf.memory().numTensors).toBe(before);
  });

  test('ends the run when it cannot be made good', async () => {
    const events = await searchWithLosses({ losses: [{ round: 0, step: 3 }], survive: 0 });
    expect(lossesIn(events)).toEqual([]);
    expect(events.at(-1)).toMatchObject({ type: 'run/failed', error: { code: 'device-lost' } });
  });
});
