/** A runner that trains several architectures at once: the log of one by one, also when a device is lost. */
import { beforeAll, describe, expect, test } from 'vitest';
import { LabError } from '../../core/errors.ts';
import { logDigest } from '../../core/log/digest.ts';
import type { StudyEvent } from '../../core/study/events.ts';
import { STUDY_LOG } from '../../core/study/log.ts';
import { reduceStudy } from '../../core/study/reducer.ts';
import { oneByOneNetworks } from '../networks.testing.ts';
import { tinyStudy } from '../task.testing.ts';
import { prepareTask } from '../task.ts';
import { tinyConfig, tinyDataset, useBackend } from '../testing.ts';
import type { JobContext, KeptGroup } from './jobs.ts';
import { type InlineOptions, inlineRunner } from './runners.ts';
import { runStudy, type StudyProgress } from './runStudy.ts';

const RUN = tinyConfig();
const CONFIG = tinyStudy(
  [
    [0, 7, 5],
    [3, 1, 6],
  ],
  { steps: 4, proxies: true },
);
const AMOUNT = { architectures: 5, seeds: 2, supernets: 2 };
/** 5 architectures twice, in groups of four. */
const GROUPS = [4, 4, 2];

const context = (more: Partial<JobContext> = {}): JobContext => ({
  config: CONFIG,
  task: prepareTask(tinyDataset(), RUN),
  executor: 'wasm',
  gate: async () => undefined,
  clock: () => 0,
  ...more,
});

async function study(
  options: InlineOptions,
  own: JobContext = context(),
  signal = new AbortController().signal,
  before: readonly StudyEvent[] = [],
  events: StudyEvent[] = [],
) {
  const progress: StudyProgress['jobs'][] = [];
  const stream = runStudy({
    config: CONFIG,
    amount: AMOUNT,
    extra: [],
    datasetDigest: 'ab',
    backend: { name: 'wasm', adapter: 'test', reason: 'a test' },
    executor: 'wasm',
    events: before,
    runners: [inlineRunner(own, options)],
    clock: () => 0,
    signal,
  });
  for await (const step of stream) {
    if ('type' in step) events.push(step);
    else progress.push(step.jobs);
  }
  return { events, progress };
}

const fourAtOnce = (createNetworks = oneByOneNetworks()): InlineOptions => ({
  capacity: 4,
  createNetworks,
});

const lost = () => new LabError('device-lost', 'The GPU was lost.', { reason: 'a cable' });

const isLoss = (event: StudyEvent) => event.type === 'device/lost';
/** A log as it would be without losses, and how many jobs began again at each. */
const apart = (events: readonly StudyEvent[]) => ({
  rest: events.filter((event) => !isLoss(event)),
  again: events.flatMap((event) => (event.type === 'device/lost' ? [event.jobs.length] : [])),
});

let reference: StudyEvent[];

beforeAll(async () => {
  await useBackend('wasm');
  reference = (await study({})).events;
}, 120_000);

describe('a runner that trains four at once', () => {
  test('writes the log of one that trains one after the other', async () => {
    const sizes: number[] = [];
    const networks = oneByOneNetworks({ opened: (_, count) => sizes.push(count) });
    const { events, progress } = await study(fourAtOnce(networks));
    expect(events).toEqual(reference);
    expect(sizes).toEqual(GROUPS);
    // Every job of a group tells how far it is.
    const training = progress.map((jobs) => jobs.filter(({ step }) => step > 0));
    expect(Math.max(...training.map((jobs) => jobs.length))).toBe(4);
  });

  test('shares the time of a group out', async () => {
    let now = 0;
    const clock = () => now;
    const networks = oneByOneNetworks({
      beforeStep: () => {
        now += 100;
      },
    });
    const { events } = await study(fourAtOnce(networks), context({ clock }));
    const milliseconds = events.flatMap((event) =>
      event.type === 'evaluation/finished' ? [event.milliseconds] : [],
    );
    expect(milliseconds).toEqual([...Array(8).fill(100), ...Array(2).fill(200)]);
  });

  test('ends at the step at which it is cancelled', async () => {
    const abort = new AbortController();
    let steps = 0;
    const networks = oneByOneNetworks({
      beforeStep: () => {
        steps += 1;
        if (steps === 2) abort.abort();
      },
    });
    await expect(study(fourAtOnce(networks), context(), abort.signal)).rejects.toMatchObject({
      code: 'cancelled',
    });
    expect(steps).toBe(2);
  });

  test('goes on where it was paused, and the log is the same', async () => {
    const kept = new Map<string, KeptGroup>();
    const abort = new AbortController();
    let [steps, now] = [0, 0];
    const networks = oneByOneNetworks({
      beforeStep: () => {
        steps += 1;
        now += 100;
        // In the second group of four.
        if (steps === 7) abort.abort();
      },
    });
    const own = context({ kept, clock: () => now });
    const told: StudyEvent[] = [];
    const paused = study(fourAtOnce(networks), own, abort.signal, [], told);
    await expect(paused).rejects.toMatchObject({ code: 'cancelled' });
    expect([...kept.values()]).toMatchObject([{ milliseconds: 300, training: { step: 3 } }]);
    const { events } = await study(fourAtOnce(networks), own, undefined, told);
    const timeless = (event: StudyEvent) => {
      const { wall: _, ...rest } = event;
      return 'milliseconds' in rest ? { ...rest, milliseconds: 0 } : rest;
    };
    expect([...told, ...events].map(timeless)).toEqual(reference.map(timeless));
    expect(steps).toBe(3 * CONFIG.steps);
    const times = events.flatMap((event) =>
      event.type === 'evaluation/finished' ? [event.milliseconds] : [],
    );
    expect(times).toEqual([...Array(4).fill(100), ...Array(2).fill(200)]);
    expect(kept.size).toBe(0);
  });

  test('is what the executor asks for', () => {
    expect(inlineRunner(context()).capacity).toBe(1);
    expect(() => inlineRunner(context({ executor: 'webgpu' }))).toThrow(/WebGPU/);
  });
});

describe('a lost device', () => {
  /** Loses the device at the given steps of all. */
  function losing(at: (step: number) => boolean) {
    let steps = 0;
    return oneByOneNetworks({
      beforeStep: () => {
        if (at(steps++)) throw lost();
      },
    });
  }

  test('is renewed, and its jobs begin again; the log says which', async () => {
    let renewed = 0;
    const renew = async () => {
      renewed += 1;
    };
    const { events } = await study(fourAtOnce(losing((step) => step === 2)), context({ renew }));
    expect(apart(events).rest).toEqual(reference);
    expect(renewed).toBe(1);
    const place = events.findIndex(isLoss);
    const jobs = events.slice(place + 1, place + 5).map((event) => {
      if (event.type !== 'evaluation/finished')
        throw new Error(`${event.type} instead of a result`);
      const { choice, seed, steps } = event;
      return { kind: 'alone', choice, seed, steps };
    });
    const { at, wall } = events[place - 1] ?? { at: -1, wall: -1 };
    expect(events[place]).toEqual({ type: 'device/lost', at, wall, message: 'a cable', jobs });
    expect(logDigest(STUDY_LOG, events)).toBe(logDigest(STUDY_LOG, reference));
    expect(reduceStudy(events)).toEqual({
      ...reduceStudy(reference),
      eventCount: reference.length + 1,
      losses: 1,
    });
  });

  test('is renewed for jobs on their own as well', async () => {
    let renewed = 0;
    let gates = 0;
    const own = context({
      renew: async () => {
        renewed += 1;
      },
      gate: async () => {
        gates += 1;
        if (gates === 3) throw lost();
      },
    });
    const { rest, again } = apart((await study({}, own)).events);
    expect(rest).toEqual(reference);
    expect(again).toEqual([1]);
    expect(renewed).toBe(1);
  });

  test('is given up at the third loss in a row, not before', async () => {
    let renewed = 0;
    const renew = async () => {
      renewed += 1;
    };
    const often = await study(fourAtOnce(losing(() => true)), context({ renew }));
    expect(renewed).toBe(2);
    expect(apart(often.events).again).toEqual([4, 4]);
    expect(often.events.at(-1)).toMatchObject({
      type: 'study/failed',
      error: { code: 'device-lost' },
    });
    renewed = 0;
    // Twice in each of three groups: 1 + 1 + 4 steps a group.
    const { events } = await study(fourAtOnce(losing((step) => step % 6 < 2)), context({ renew }));
    const { rest, again } = apart(events);
    expect(rest).toEqual(reference);
    expect(again).toEqual([4, 4, 4, 4, 2, 2]);
    expect(renewed).toBe(6);
  });

  test('that cannot be renewed ends the study', async () => {
    const without = await study(fourAtOnce(losing((step) => step === 2)));
    expect(without.events.at(-1)).toMatchObject({ error: { code: 'device-lost' } });
    const renew = async () => {
      throw new LabError('backend-unavailable', 'The GPU does not come back.');
    };
    const { events } = await study(fourAtOnce(losing((step) => step === 2)), context({ renew }));
    expect(events.at(-1)).toMatchObject({
      type: 'study/failed',
      error: { code: 'backend-unavailable' },
    });
    const started = reference.slice(0, without.events.length - 1);
    expect(without.events.slice(0, -1)).toEqual(started);
  });
});
