/** A runner behind a port: the same results, progress, cancelling, and what happens at death. */
import { beforeAll, expect, test } from 'vitest';
import type { Port } from '../../core/rpc/port.ts';
import type { StudyConfig } from '../../core/study/config.ts';
import type { JobProgress, StudyJob } from '../../core/study/events.ts';
import { tinyStudy } from '../task.testing.ts';
import { prepareTask } from '../task.ts';
import { tinyDataset, useBackend } from '../testing.ts';
import { remoteRunner } from './remoteRunner.ts';
import { inlineRunner, type OnNews } from './runners.ts';
import { serveRunner } from './serveRunner.ts';

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
  const near: Port<unknown, unknown> = {
    post: (message) => port1.postMessage(message),
    listen(message, died) {
      port1.onmessage = ({ data }) => message(data);
      die = died;
    },
    close: () => port1.close(),
  };
  const far: Port<unknown, unknown> = {
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
  serveRunner(far, { prepare, yieldToEventLoop: turn });
  return { runner: remoteRunner(near, CONFIG), die };
}

beforeAll(async () => {
  await useBackend('wasm');
});

test('does what a runner on this thread does', async () => {
  const { runner } = open();
  await runner.ready;
  const progress: JobProgress[] = [];
  const { signal } = new AbortController();
  const results = await runner.run(
    [JOB],
    following((one) => progress.push(one)),
    signal,
  );
  const here = inlineRunner({ ...context(CONFIG), gate: async () => undefined });
  expect(results).toEqual(await here.run([JOB], () => undefined, signal));
  expect(progress.map(({ step }) => step)).toEqual([0, 2, 4, 6]);
  runner.dispose();
});

test('ends a job that is cancelled, and takes another', async () => {
  const { runner } = open();
  const abort = new AbortController();
  const long = { ...JOB, steps: 5000 };
  const stop = following(({ step }) => {
    if (step > 0) abort.abort();
  });
  const running = runner.run([long], stop, abort.signal);
  await expect(running).rejects.toMatchObject({ code: 'cancelled' });
  const { signal } = new AbortController();
  expect(await runner.run([JOB], () => undefined, signal)).toHaveLength(1);
  await expect(runner.run([JOB], () => undefined, abort.signal)).rejects.toMatchObject({
    code: 'cancelled',
  });
  runner.dispose();
});

test('says why when it dies or cannot begin', async () => {
  const { runner, die } = open();
  const { signal } = new AbortController();
  const running = runner.run([{ ...JOB, steps: 5000 }], () => undefined, signal);
  die('out of memory');
  await expect(running).rejects.toMatchObject({ code: 'worker-died' });
  await expect(running).rejects.toThrow(/out of memory/);
  await expect(runner.run([JOB], () => undefined, signal)).rejects.toThrow(/out of memory/);
  const { runner: unprepared } = open(async () => {
    throw new Error('no images here');
  });
  await expect(unprepared.run([JOB], () => undefined, signal)).rejects.toThrow('no images here');
  unprepared.dispose();
});
