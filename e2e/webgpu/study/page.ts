/**
 * What the tests of studies on WebGPU run in the page: architectures trained side by side against the
 * same one by one, and a device that is lost in the middle. The spec judges the numbers.
 */
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-webgpu';
import { architectureId } from '../../../src/core/cellId.ts';
import type { RunConfig } from '../../../src/core/run/config.ts';
import type { StudyEvent } from '../../../src/core/study/events.ts';
import { currentDevice, lossBehind, renewDevice } from '../../../src/engine/device.ts';
import { type AloneResult, trainAlone } from '../../../src/engine/evaluate.ts';
import { type TogetherOptions, trainTogether } from '../../../src/engine/evaluateTogether.ts';
import { createBatchedNetworks } from '../../../src/engine/executors/webgpu/networks.ts';
import { executorTrusted, tryExecutor } from '../../../src/engine/executors/webgpu/trust.ts';
import { withRecovery } from '../../../src/engine/recovery.ts';
import type { JobContext, KeptGroup } from '../../../src/engine/study/jobs.ts';
import { type InlineOptions, inlineRunner } from '../../../src/engine/study/runners.ts';
import { runStudy } from '../../../src/engine/study/runStudy.ts';
import type { Gate } from '../../../src/engine/supernet.ts';
import { tinyConfig, tinyDataset, tinyStudy } from '../../../src/engine/task.testing.ts';
import { prepareTask } from '../../../src/engine/task.ts';
import * as tf from '../../../src/engine/tf.ts';
import { counts, instrument } from '../instrument.ts';

const RUN = tinyConfig();
const CONFIG = tinyStudy(
  [
    [0, 7],
    [3, 5],
  ],
  { variants: [{ id: 'softmax', supernet: { ...RUN.supernet, sampling: 'softmax' } }] },
);
const AMOUNT = { architectures: 4, seeds: 1, supernets: 1 };

const yieldToEventLoop = () => new Promise<void>((done) => setTimeout(done, 0));

function context(more: Partial<JobContext> = {}): JobContext {
  const task = prepareTask(tinyDataset(), RUN);
  return {
    config: CONFIG,
    task,
    executor: 'webgpu',
    gate: yieldToEventLoop,
    clock: () => 0,
    ...more,
  };
}

/** The events of a study, added to those it goes on from. */
async function study(
  own: JobContext,
  options: InlineOptions = {},
  signal = new AbortController().signal,
  events: StudyEvent[] = [],
): Promise<StudyEvent[]> {
  const stream = runStudy({
    config: own.config,
    amount: AMOUNT,
    extra: [],
    datasetDigest: 'ab',
    backend: { name: 'webgpu', adapter: 'test', reason: 'a test' },
    executor: 'webgpu',
    events: [...events],
    runners: [inlineRunner(own, options)],
    clock: () => 0,
    signal,
  });
  for await (const step of stream) if ('type' in step) events.push(step);
  return events;
}

/** Every number of a log, in order. */
function numbersOf(value: unknown): number[] {
  if (typeof value === 'number') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(numbersOf);
}

const NUMBER = /-?\d+(\.\d+)?(e-?\d+)?/g;

/** What two results differ in: their largest difference of a number, and whether all else is the same. */
function compare(found: unknown, expected: unknown) {
  const [own, wanted] = [numbersOf(found), numbersOf(expected)];
  const shape = (value: unknown) => JSON.stringify(value).replace(NUMBER, '0');
  const difference = Math.max(...own.map((one, i) => Math.abs(one - (wanted[i] ?? Number.NaN))));
  return { same: shape(found) === shape(expected), difference };
}

/** Makes groups, and notes how large they are. */
const counting =
  (groups: number[]): typeof createBatchedNetworks =>
  async (init) => {
    const networks = await createBatchedNetworks(init);
    groups.push(networks.count);
    return networks;
  };

/** A study with its architectures side by side, and one by one. */
async function together() {
  const groups: number[] = [];
  const found = await study(context(), { createNetworks: counting(groups) });
  const expected = await study(context(), { capacity: 1 });
  const { capacity } = inlineRunner(context());
  return { ...compare(found, expected), groups, capacity, types: found.map(({ type }) => type) };
}

const TRAININGS = [
  [0, 3],
  [7, 5],
  [7, 3],
].map((masks, seed) => ({ architecture: architectureId({ vertices: 3, masks }), seed }));

async function drain<T>(training: AsyncGenerator<unknown, T>): Promise<T> {
  let next = await training.next();
  while (!next.done) next = await training.next();
  return next.value;
}

async function alone(config: RunConfig, steps: number): Promise<AloneResult[]> {
  const results: AloneResult[] = [];
  for (const one of TRAININGS) {
    const request = { config, steps, ...one };
    const task = prepareTask(tinyDataset(), config);
    results.push(await drain(trainAlone(request, task, yieldToEventLoop, { executor: 'webgpu' })));
  }
  return results;
}

const sideBySide = (
  config: RunConfig,
  steps: number,
  options: TogetherOptions = {},
  gate: Gate = yieldToEventLoop,
) =>
  drain(
    trainTogether(
      { config, steps, trainings: TRAININGS },
      prepareTask(tinyDataset(), config),
      gate,
      options,
    ),
  );

/** Cells of nonsense, and a classifier that could still learn. */
const broken = (parameters: Float32Array) =>
  parameters.map((value, i) => (i < parameters.length / 2 ? Number.NaN : value));

/** Three networks, of which one starts from nonsense; and three with a rate at which some diverge. */
async function divergence() {
  const found = await sideBySide(RUN, 6, {
    createNetworks: ({ parameters, ...init }) =>
      createBatchedNetworks({
        ...init,
        parameters: parameters.map((all, i) => (i === 1 ? broken(all) : all)),
      }),
  });
  const expected = await alone(RUN, 6);
  const others = (all: readonly AloneResult[]) => all.filter((_, i) => i !== 1);
  const wild = tinyConfig({
    supernet: {
      normalisation: 'none',
      weights: { optimiser: 'sgd', rate: 10, schedule: 'constant' },
    },
  });
  const reasons = (all: readonly AloneResult[]) => all.map(({ diverged }) => diverged);
  return {
    reasons: reasons(found),
    ...compare(others(found), others(expected)),
    wild: reasons(await sideBySide(wild, 40)),
    wildAlone: reasons(await alone(wild, 40)),
  };
}

/** Buffers that steps add to a group of networks, and those that it leaves behind. */
async function growth() {
  const steps = 40;
  await sideBySide(RUN, 2);
  const before = counts.buffers;
  const during: number[] = [];
  await sideBySide(RUN, steps, {}, async () => {
    // Before every step; the test afterwards has room of its own.
    if (during.length < steps) during.push(counts.buffers);
    await yieldToEventLoop();
  });
  return {
    held: (during[0] ?? 0) - before,
    added: (during.at(-1) ?? 0) - (during[0] ?? 0),
    left: counts.buffers - before,
  };
}

async function renew(): Promise<void> {
  await renewDevice();
  await tryExecutor();
}

/** A study whose device is lost before the given steps (or tested batches), counted over all. */
async function losses(at: readonly number[]) {
  const expected = await study(context());
  let [gates, renewals] = [0, 0];
  const own = context({
    async gate() {
      await yieldToEventLoop();
      if (at.includes(gates++)) currentDevice()?.destroy();
    },
    async renew() {
      renewals += 1;
      await renew();
    },
  });
  const groups: number[] = [];
  const events = await study(own, { createNetworks: counting(groups) });
  const found = events.filter(({ type }) => type !== 'device/lost');
  const again = events.flatMap((event) =>
    event.type === 'device/lost' ? [event.jobs.length] : [],
  );
  return { ...compare(found, expected), renewals, groups, again, last: found.at(-1) };
}

/** A study that is paused before the given step (or tested batch), counted over all, and goes on. */
async function pausing(at: number) {
  const expected = await study(context());
  const abort = new AbortController();
  const kept = new Map<string, KeptGroup>();
  let gates = 0;
  const own = context({
    kept,
    async gate() {
      await yieldToEventLoop();
      if (gates++ === at) abort.abort();
    },
  });
  const found: StudyEvent[] = [];
  const ended = await study(own, {}, abort.signal, found).catch(({ code }) => code);
  const steps = [...kept.values()].map(({ training }) => training.step);
  await study(own, {}, undefined, found);
  return { ...compare(found, expected), ended, steps, left: kept.size };
}

/** What runs on tensors of tfjs fails in other words when the device is lost before a read-back, or during it. */
async function lossUnderTensors() {
  const values: number[] = [];
  for (const during of [false, true]) {
    let attempts = 0;
    const work = async () => {
      attempts += 1;
      // Large enough for tfjs not to compute it on the processor.
      const tensor = tf.add(tf.ones([64, 64]), attempts);
      if (!during && attempts === 1) currentDevice()?.destroy();
      const reading = tensor.data();
      if (during && attempts === 1) currentDevice()?.destroy();
      return reading;
    };
    const [value = Number.NaN] = await withRecovery({ lossBehind, renew }, work, () => undefined);
    values.push(value);
  }
  return { values, trusted: executorTrusted() };
}

/** False where this browser has no adapter, not even a software one. */
async function start(): Promise<boolean> {
  if (!navigator.gpu || !(await navigator.gpu.requestAdapter())) return false;
  instrument();
  tf.enableProdMode();
  await tf.setBackend('webgpu');
  await tryExecutor();
  return executorTrusted() === true;
}

const studies = { start, together, divergence, growth, losses, pausing, lossUnderTensors };

declare global {
  interface Window {
    studies: typeof studies;
  }
}

window.studies = studies;
