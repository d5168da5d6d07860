/** Studies of a tiny region: one log however many runners, resumable, extendable, honest about failure. */
import { beforeAll, describe, expect, test } from 'vitest';
import { LabError } from '../../core/errors.ts';
import type { StudyAmount, StudyConfig } from '../../core/study/config.ts';
import type { StudyEvent, StudyJob } from '../../core/study/events.ts';
import { pendingJobs } from '../../core/study/jobs.ts';
import { choiceId, reduceStudy } from '../../core/study/reducer.ts';
import { tinyStudy } from '../task.testing.ts';
import { prepareTask } from '../task.ts';
import { tinyConfig, tinyDataset, useBackend } from '../testing.ts';
import * as tf from '../tf.ts';
import { type JobResult, runJob } from './jobs.ts';
import { inlineRunner, type Runner } from './runners.ts';
import { runStudy, type StudyOptions, type StudyProgress } from './runStudy.ts';

const RUN = tinyConfig();
const CONFIG = tinyStudy(
  [
    [0, 7, 5],
    [3, 1, 6],
  ],
  {
    variants: [
      { id: 'gumbel', supernet: RUN.supernet },
      { id: 'softmax', supernet: { ...RUN.supernet, sampling: 'softmax' } },
    ],
    steps: 4,
    checkpoints: 1,
    proxies: true,
  },
);
const AMOUNT: StudyAmount = { architectures: 4, seeds: 2, supernets: 2 };

const context = (config: StudyConfig) => ({
  config,
  task: prepareTask(tinyDataset(), config.run),
  executor: 'wasm' as const,
  gate: async () => undefined,
  clock: () => 0,
});

/** Real work, at the pace of `delay` turns of the event loop a job. */
function slowRunner(config: StudyConfig, delay: (job: StudyJob) => number): Runner {
  const runner = inlineRunner(context(config));
  return {
    ...runner,
    async run(jobs, onProgress, signal) {
      for (const job of jobs) {
        for (let i = 0; i < delay(job); i++) await new Promise((done) => setTimeout(done, 1));
      }
      return runner.run(jobs, onProgress, signal);
    },
  };
}

/** A runner that answers from results known before, as fast as can be. */
function recallRunner(known: ReadonlyMap<string, JobResult>, calls: StudyJob[] = []): Runner {
  return {
    capacity: 1,
    run: async (jobs) => {
      calls.push(...jobs);
      return jobs.map((job) => {
        const result = known.get(JSON.stringify(job));
        if (!result) throw new LabError('internal', `unknown ${JSON.stringify(job)}`);
        return result;
      });
    },
    dispose: () => undefined,
  };
}

function options(more: Partial<StudyOptions> = {}): StudyOptions {
  const config = more.config ?? CONFIG;
  return {
    config,
    amount: AMOUNT,
    extra: [],
    datasetDigest: 'ab',
    backend: { name: 'wasm', adapter: 'test', reason: 'a test' },
    executor: 'wasm',
    events: [],
    runners: [inlineRunner(context(config))],
    clock: () => 0,
    signal: new AbortController().signal,
    ...more,
  };
}

const isEvent = (step: StudyEvent | StudyProgress): step is StudyEvent => 'type' in step;

async function study(more: Partial<StudyOptions> = {}) {
  const events: StudyEvent[] = [];
  const progress: StudyProgress[] = [];
  for await (const step of runStudy(options(more))) {
    if (isEvent(step)) events.push(step);
    else progress.push(step);
  }
  return { events, progress };
}

const timeless = (events: readonly StudyEvent[]) => events.map((event) => ({ ...event, wall: 0 }));

/** What each job came to, by the job. */
function resultsOf(events: readonly StudyEvent[]): Map<string, JobResult> {
  const known = new Map<string, JobResult>();
  const put = (job: StudyJob, result: JobResult) => known.set(JSON.stringify(job), result);
  for (const event of events) {
    if (event.type === 'supernet/finished') {
      put({ kind: 'supernet', variant: event.variant, supernet: event.supernet }, event);
    } else if (event.type === 'evaluation/finished') {
      const { choice, seed, steps } = event;
      put({ kind: 'alone', choice, seed, steps }, event);
    } else if (event.type === 'proxies/finished') {
      put({ kind: 'proxies', choice: event.choice }, event);
    }
  }
  return known;
}

let reference: StudyEvent[];
let known: Map<string, JobResult>;

beforeAll(async () => {
  await useBackend('wasm');
  reference = (await study()).events;
  known = resultsOf(reference);
}, 120_000);

describe('a study', () => {
  test('selects after the first supernet, then measures everything once', () => {
    const types = reference.map(({ type }) => type);
    expect(types.slice(0, 3)).toEqual(['study/started', 'supernet/finished', 'study/selected']);
    expect(types.at(-1)).toBe('study/finished');
    const count = (type: StudyEvent['type']) => types.filter((one) => one === type).length;
    expect(count('supernet/finished')).toBe(4);
    expect(count('evaluation/finished')).toBe(8);
    expect(count('proxies/finished')).toBe(4);
    expect(reference.at(-1)?.at).toBe(4 * 6 + 8 * 4);
    const view = reduceStudy(reference);
    expect(pendingJobs(view)).toEqual([]);
    expect(view.architectures.every((one) => one.evaluations.length === 2 && one.proxies)).toBe(
      true,
    );
  });

  test('reads supernets out at checkpoints and at the end', () => {
    const first = reference.find((event) => event.type === 'supernet/finished');
    if (first?.type !== 'supernet/finished') throw new Error('no supernet');
    expect(first.readouts.map(({ step }) => step)).toEqual([4, 6]);
    expect(first.history.map(({ step }) => step)).toEqual([2, 4, 6]);
    for (const readout of first.readouts) {
      expect(readout.probe.map((row) => row.length)).toEqual([3, 3]);
      expect(readout.leaveOneOut.map((row) => row.length)).toEqual([3, 3]);
      expect(readout.sampled.paths.length).toBe(24);
      expect(readout.exhaustive?.losses.length).toBe(9);
      // A sampled path is one of all paths, last stage fastest, so it has that path's loss.
      readout.sampled.paths.forEach(([a = 0, b = 0], m) => {
        expect(readout.sampled.losses[m]).toBe(readout.exhaustive?.losses[3 * a + b]);
      });
      for (const row of [...readout.last, ...readout.averaged]) {
        expect(row.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 5);
      }
    }
    expect(first.readouts[0]?.sampled.paths).toEqual(first.readouts[1]?.sampled.paths);
    expect(first.readouts[0]?.loss).not.toBe(first.readouts[1]?.loss);
  });

  test('has one log for any number of runners of any speed', async () => {
    const delays = [() => 7, () => 0, (job: StudyJob) => (job.kind === 'supernet' ? 30 : 1)];
    const runners = delays.map((delay) => slowRunner(CONFIG, delay));
    const { events, progress } = await study({ runners });
    expect(timeless(events)).toEqual(timeless(reference));
    expect(Math.max(...progress.map(({ jobs }) => jobs.length))).toBe(3);
  });

  test('hands equal trainings to a runner that takes several', async () => {
    const sizes: number[] = [];
    const runner: Runner = {
      ...recallRunner(known),
      capacity: 3,
      run: async (jobs, ...rest) => {
        sizes.push(jobs.length);
        expect(new Set(jobs.map(({ kind }) => kind)).size).toBe(1);
        return recallRunner(known).run(jobs, ...rest);
      },
    };
    const { events } = await study({ runners: [runner] });
    expect(timeless(events)).toEqual(timeless(reference));
    expect(Math.max(...sizes)).toBe(3);
  });

  test('leaks nothing', async () => {
    const before = tf.memory().numTensors;
    await study({ amount: { architectures: 3, seeds: 1, supernets: 1 } });
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe('going on', () => {
  test('from every prefix comes to the same log', async () => {
    for (let length = 0; length <= reference.length; length++) {
      const prefix = reference.slice(0, length);
      const { events } = await study({ events: prefix, runners: [recallRunner(known)] });
      expect(timeless([...prefix, ...events])).toEqual(timeless(reference));
    }
  });

  test('with more asked for: adds what is missing and repeats nothing', async () => {
    const amount = { architectures: 6, seeds: 2, supernets: 3 };
    const extra = [{ choice: [0, 0], seeds: 1, steps: 8 }];
    const calls: StudyJob[] = [];
    const inline = inlineRunner(context(CONFIG));
    const runner: Runner = {
      ...inline,
      run: (jobs, ...rest) => {
        calls.push(...jobs);
        return inline.run(jobs, ...rest);
      },
    };
    const { events } = await study({ events: reference, amount, extra, runners: [runner] });
    expect(events[0]).toMatchObject({ type: 'study/extended', amount, extra });
    expect(events[1]?.type).toBe('study/selected');
    expect(calls.some((job) => known.has(JSON.stringify(job)))).toBe(false);
    // Two architectures twice and their proxies, a supernet of each variant, one longer training.
    expect(calls.length).toBe(4 + 2 + 2 + 1);
    const whole = [...reference, ...events];
    const view = reduceStudy(whole);
    expect(view.architectures.length).toBe(6);
    expect(view.finished).toBe(true);
    const before = reduceStudy(reference).architectures.map(({ architecture }) => architecture);
    expect(view.architectures.slice(0, 4).map(({ architecture }) => architecture)).toEqual(before);
    const again = await study({ events: whole, amount, extra, runners: [recallRunner(new Map())] });
    expect(again.events).toEqual([]);
  });
});

describe('interruption', () => {
  test('keeps what is done, also out of turn', async () => {
    const abort = new AbortController();
    const ahead = new Map<string, JobResult>();
    const before: StudyEvent[] = [];
    // The first runner never ends its supernet; the second one finishes others meanwhile.
    const stuck: Runner = {
      ...recallRunner(known),
      run: (_jobs, _onProgress, signal) =>
        new Promise((_, reject) => {
          signal.addEventListener('abort', () => reject(new LabError('cancelled', 'stop')));
        }),
    };
    const runners = [stuck, recallRunner(known)];
    setTimeout(() => abort.abort(), 50);
    await expect(
      (async () => {
        for await (const step of runStudy(options({ runners, ahead, signal: abort.signal }))) {
          if (isEvent(step)) before.push(step);
        }
      })(),
    ).rejects.toMatchObject({ code: 'cancelled' });
    expect(before.map(({ type }) => type)).toEqual(['study/started']);
    expect(ahead.size).toBe(3);
    const calls: StudyJob[] = [];
    const { events } = await study({
      events: before,
      ahead,
      runners: [recallRunner(known, calls)],
    });
    expect(timeless([...before, ...events])).toEqual(timeless(reference));
    expect(calls.length).toBe(known.size - 3);
  });

  test('at a step ends the training there and frees its tensors', async () => {
    const before = tf.memory().numTensors;
    const abort = new AbortController();
    let steps = 0;
    const gate = async () => {
      steps += 1;
      if (steps === 3) abort.abort();
    };
    const runners = [inlineRunner({ ...context(CONFIG), gate })];
    await expect(study({ runners, signal: abort.signal })).rejects.toMatchObject({
      code: 'cancelled',
    });
    expect(steps).toBe(3);
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe('failure', () => {
  const wild = {
    ...RUN.supernet,
    normalisation: 'none',
    weights: { ...RUN.supernet.weights, optimiser: 'sgd', rate: 10, schedule: 'constant' },
  } as const;

  test('a diverged architecture is recorded, and the study goes on', async () => {
    const wilder = { ...wild, weights: { ...wild.weights, rate: 1e30 } };
    const config: StudyConfig = { ...CONFIG, run: { ...RUN, supernet: wilder }, steps: 40 };

    const amount = { architectures: 3, seeds: 1, supernets: 1 };
    const { events } = await study({ config, amount });
    expect(events.at(-1)?.type).toBe('study/finished');
    const diverged = events.filter(
      (event) => event.type === 'evaluation/finished' && event.diverged !== null,
    );
    expect(diverged.length).toBeGreaterThan(0);
    expect(diverged[0]).toMatchObject({ loss: null, accuracy: null });
  });

  test('a diverged supernet ends the study with its reason, in its turn', async () => {
    const variants = [
      { id: 'gumbel', supernet: RUN.supernet },
      { id: 'wild', supernet: { ...wild, steps: 40 } },
    ];
    const config = { ...CONFIG, variants };
    const amount = { architectures: 3, seeds: 1, supernets: 1 };
    const one = await study({ config, amount });
    const three = await study({
      config,
      amount,
      runners: [20, 0, 5].map((delay) => slowRunner(config, () => delay)),
    });
    expect(one.events.at(-1)).toMatchObject({
      type: 'study/failed',
      error: { code: 'training-diverged' },
    });
    expect(timeless(three.events)).toEqual(timeless(one.events));
    expect(one.events.filter(({ type }) => type === 'evaluation/finished').length).toBe(3);
  });

  test('jobs of a runner that dies go to another; without any the study fails', async () => {
    const dead: Runner = {
      ...recallRunner(known),
      run: async () => {
        throw new LabError('worker-died', 'The thread ended.');
      },
    };
    const { events } = await study({ runners: [dead, recallRunner(known)] });
    expect(timeless(events)).toEqual(timeless(reference));
    const alone = await study({ runners: [dead] });
    expect(alone.events.map(({ type }) => type)).toEqual(['study/started', 'study/failed']);
    expect(alone.events[1]).toMatchObject({ error: { code: 'worker-died' } });
  });

  test('an unknown variant is named', async () => {
    const job: StudyJob = { kind: 'supernet', variant: 'nobody', supernet: 0 };
    await expect(runJob(job, context(CONFIG), () => undefined)).rejects.toThrow(/“nobody”/);
  });
});

test('takes trainings over from another study where they are the very same', async () => {
  const [header] = reference;
  if (header?.type !== 'study/started') throw new Error('no header');
  const evaluations = reference.filter((event) => event.type === 'evaluation/finished');
  const known = [{ header, evaluations }];
  // The cells of each stage in another order, and a supernet trained for longer.
  const region = CONFIG.region.map((cells) => [...cells].reverse());
  const [main] = CONFIG.variants;
  if (!main) throw new Error('no variant');
  const supernet = { ...main.supernet, steps: main.supernet.steps + 2 };
  const config = { ...CONFIG, region, variants: [{ ...main, supernet }] };
  const amount = { architectures: 4, seeds: 3, supernets: 1 };
  const calls: StudyJob[] = [];
  const runner = inlineRunner(context(config));
  const counting: Runner = {
    ...runner,
    run: (jobs, ...rest) => {
      calls.push(...jobs);
      return runner.run(jobs, ...rest);
    },
  };
  const { events } = await study({ config, amount, known, runners: [counting] });
  const found = events.filter((event) => event.type === 'evaluation/finished');
  expect(found.length).toBeGreaterThanOrEqual(12);
  const before = new Map(evaluations.map((one) => [`${one.architecture} ${one.seed}`, one]));
  const reused = found.filter((one) => before.has(`${one.architecture} ${one.seed}`));
  expect(reused.length).toBeGreaterThan(0);
  for (const one of reused) {
    const old = before.get(`${one.architecture} ${one.seed}`);
    expect(one.accuracy).toBe(old?.accuracy);
    expect(choiceId(region, one.choice)).toBe(one.architecture);
  }
  const alone = calls.filter(({ kind }) => kind === 'alone');
  expect(alone).toHaveLength(found.length - reused.length);

  const others = [{ header: { ...header, datasetDigest: 'other' }, evaluations }];
  const fresh = await study({ config, amount, known: others, runners: [counting] });
  const same = (list: readonly StudyEvent[]) =>
    list.flatMap((event) => (event.type === 'evaluation/finished' ? [event.accuracy] : []));
  expect(calls.filter(({ kind }) => kind === 'alone')).toHaveLength(alone.length + found.length);
  expect(same(fresh.events)).toEqual(same(events));
}, 120_000);
