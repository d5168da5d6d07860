/** A lane behind a port: the same results, progress, cancelling, holding, and what happens at death. */
import { beforeAll, expect, test } from 'vitest';
import type { Port } from '../../core/rpc/port.ts';
import type { StudyConfig } from '../../core/study/config.ts';
import type { JobProgress, StudyJob } from '../../core/study/events.ts';
import { tinyStudy } from '../task.testing.ts';
import { prepareTask } from '../task.ts';
import { tinyDataset, useBackend } from '../testing.ts';
import type { FromLane, ToLane } from './laneProtocol.ts';
import { inlineLane, type OnNews } from './lanes.ts';
import { remoteLane } from './remoteLane.ts';
import { serveLane } from './serveLane.ts';

const CONFIG = tinyStudy([
  [0, 7],
  [3, 1],
]);
const JOB: StudyJob = { kind: 'alone', choice: [0, 1], seed: 0, steps: 6 };

const turn = () => new Promise<void>((done) => setTimeout(done, 0));
const context = (config: StudyConfig) => ({
  config,
  task: prepareTask(tinyDataset(), config.run),
  executor: 'wasm' as const,
  clock: () => 0,
});

/** Two ends of a way that copies what goes over it, as one between threads does. */
function ports() {
  const { port1, port2 } = new MessageChannel();
  let die: (why: string) => void = () => undefined;
  const near: Port<FromLane, ToLane<StudyConfig>> = {
    post: (message) => port1.postMessage(message),
    listen(message, died) {
      port1.onmessage = ({ data }) => message(data);
      die = died;
    },
    close: () => port1.close(),
  };
  const far: Port<ToLane<StudyConfig>, FromLane> = {
    post: (message) => port2.postMessage(message),
    listen(message) {
      port2.onmessage = ({ data }) => message(data);
    },
    close: () => port2.close(),
  };
  return { near, far, die: (why: string) => die(why) };
}

/** Hears how far jobs are. */
const following =
  (hear: (progress: JobProgress) => void): OnNews =>
  (news) => {
    if ('job' in news) hear(news);
  };

function open(prepare = async (config: StudyConfig) => context(config)) {
  const { near, far, die } = ports();
  serveLane(far, { prepare, yieldToEventLoop: turn });
  return { lane: remoteLane(near, CONFIG), die };
}

beforeAll(async () => {
  await useBackend('wasm');
});

test('does what a lane on this thread does', async () => {
  const { lane } = open();
  await lane.ready;
  const progress: JobProgress[] = [];
  const { signal } = new AbortController();
  const results = await lane.run(
    [JOB],
    following((one) => progress.push(one)),
    signal,
  );
  const here = inlineLane({ ...context(CONFIG), gate: async () => undefined });
  expect(results).toEqual(await here.run([JOB], () => undefined, signal));
  expect(progress.map(({ step }) => step)).toEqual([0, 2, 4, 6]);
  lane.dispose();
});

test('ends a job that is cancelled, and takes another', async () => {
  const { lane } = open();
  const abort = new AbortController();
  const long = { ...JOB, steps: 5000 };
  const stop = following(({ step }) => {
    if (step > 0) abort.abort();
  });
  const running = lane.run([long], stop, abort.signal);
  await expect(running).rejects.toMatchObject({ code: 'cancelled' });
  const { signal } = new AbortController();
  expect(await lane.run([JOB], () => undefined, signal)).toHaveLength(1);
  await expect(lane.run([JOB], () => undefined, abort.signal)).rejects.toMatchObject({
    code: 'cancelled',
  });
  lane.dispose();
});

test('waits while it is held', async () => {
  const { lane } = open();
  const progress: JobProgress[] = [];
  lane.hold(true);
  const { signal } = new AbortController();
  let done = false;
  const running = lane
    .run(
      [JOB],
      following((one) => progress.push(one)),
      signal,
    )
    .then(() => {
      done = true;
    });
  for (let i = 0; i < 20; i++) await turn();
  expect(done).toBe(false);
  expect(progress.every(({ step }) => step === 0)).toBe(true);
  lane.hold(false);
  await running;
  expect(progress.at(-1)?.step).toBe(6);
  lane.dispose();
});

test('says why when it dies or cannot begin', async () => {
  const { lane, die } = open();
  const { signal } = new AbortController();
  const running = lane.run([{ ...JOB, steps: 5000 }], () => undefined, signal);
  die('out of memory');
  await expect(running).rejects.toMatchObject({ code: 'worker-died' });
  await expect(running).rejects.toThrow(/out of memory/);
  await expect(lane.run([JOB], () => undefined, signal)).rejects.toThrow(/out of memory/);
  const { lane: unprepared } = open(async () => {
    throw new Error('no images here');
  });
  await expect(unprepared.run([JOB], () => undefined, signal)).rejects.toThrow('no images here');
  unprepared.dispose();
});
