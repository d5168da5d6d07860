/** Architectures trained alone as jobs of a round: what is measured, what it costs, going on. */
import { beforeAll, describe, expect, test } from 'vitest';
import { supernetCost } from '../core/architecture.ts';
import { architectureId } from '../core/cellId.ts';
import type { EvaluateJob, EvaluateResult } from '../core/method/jobs.ts';
import { networkShape } from '../core/networkShape.ts';
import type { RunConfig } from '../core/run/config.ts';
import type { JobFinished, RoundStarted, RunEvent } from '../core/run/events.ts';
import { spaceOf } from '../core/space/registry.ts';
import { trainAlone } from './evaluate.ts';
import type { Training } from './rank.ts';
import { jobEvents, type RoundContext, type SavedTraining } from './round.ts';
import { prepareTask, type Task } from './task.ts';
import { tinyConfig, tinyDataset, useBackend } from './testing.ts';
import * as tf from './tf.ts';

const CONFIG = tinyConfig();
const STEPS = 6;
const IDS = [
  architectureId({ vertices: 3, masks: [3, 7] }),
  architectureId({ vertices: 3, masks: [0, 5] }),
];

const jobs = IDS.map(
  (id, seed): EvaluateJob => ({
    kind: 'evaluate',
    id,
    steps: STEPS,
    seed,
    origin: { kind: 'drawn', parents: [], values: {} },
  }),
);
const ROUND: RoundStarted = { type: 'round/started', at: 40, wall: 0, round: 3, jobs };
/** Steps told before the second job. */
const AT = ROUND.at + STEPS;

/** A task that has no test images to look at. */
const withoutTest = (config: RunConfig): Task => ({
  ...prepareTask(tinyDataset(), config),
  testBatches: () => {
    throw new Error('A search must not see the test images.');
  },
});

const contextOf = (
  more: Partial<RoundContext> = {},
  config = CONFIG,
  task = withoutTest(config),
): RoundContext => ({
  config,
  space: spaceOf(config.space),
  task,
  gate: async () => undefined,
  onTraining: () => undefined,
  checkpoint: null,
  executor: 'wasm',
  stamp: () => ({ at: AT, wall: 0 }),
  ...more,
});

async function eventsOf(context: RoundContext, known: EvaluateResult | null = null) {
  const events: RunEvent[] = [];
  for await (const event of jobEvents(ROUND, 1, AT, known, context)) events.push(event);
  return events;
}

function finishOf(events: readonly RunEvent[]): JobFinished & { readonly result: EvaluateResult } {
  const last = events.at(-1);
  if (last?.type !== 'job/finished') throw new Error('no result');
  const { result } = last;
  if (result.kind !== 'evaluate') throw new Error('no evaluation');
  return { ...last, result };
}

/** Accuracy and loss of the second job, trained outside of any search. */
async function alone(images: 'test' | 'validation') {
  const { id, seed, steps } = jobs[1]!;
  const request = { config: CONFIG, architecture: id, seed, steps };
  const task = prepareTask(tinyDataset(), CONFIG);
  const training = trainAlone(request, task, async () => undefined, { images, executor: 'wasm' });
  let next = await training.next();
  while (!next.done) next = await training.next();
  return next.value;
}

let reference: readonly RunEvent[];

beforeAll(async () => {
  await useBackend('wasm');
  reference = await eventsOf(contextOf());
});

describe('an architecture trained alone in a search', () => {
  test('tells of its steps, with its place in the round', () => {
    const place = { round: 3, job: 1, supernet: 0, kind: 'evaluate', steps: STEPS };
    expect(reference.slice(0, -1)).toMatchObject([
      { type: 'job/progress', ...place, step: 2, at: AT + 2, epoch: 0 },
      { type: 'job/progress', ...place, step: 4, at: AT + 4, epoch: 0 },
      { type: 'job/progress', ...place, step: 6, at: AT + 6, epoch: 0 },
    ]);
    expect(finishOf(reference)).toMatchObject({ round: 3, job: 1, at: AT + STEPS });
  });

  test('is measured on the validation images, as outside of a search', async () => {
    const { result } = finishOf(reference);
    const validation = await alone('validation');
    const { loss, accuracy } = validation;
    expect(result).toEqual({ kind: 'evaluate', loss, accuracy, diverged: null, known: false });
    const tested = await alone('test');
    expect(result.loss).not.toBe(tested.loss);
    // The same training: only what it is measured on differs.
    expect(tested.history).toEqual(validation.history);
  });

  test('costs its steps, three passes of each batch, and one pass of what it is measured on', () => {
    const { shape } = prepareTask(tinyDataset(), CONFIG);
    const region = spaceOf(CONFIG.space).network(IDS[1]!);
    const { flops } = supernetCost(networkShape(CONFIG, shape), region, 1);
    const { batchSize } = CONFIG.supernet;
    const { validationImages } = CONFIG.task;
    const images = 3 * batchSize * STEPS + validationImages;
    expect(finishOf(reference).cost).toEqual({
      steps: STEPS,
      macs: (flops / 2) * images,
      evaluations: 1,
    });
  });

  test('counts the images that are seen, where they do not share out evenly', async () => {
    // Three batches of 167, and one image left over.
    const config = tinyConfig({ task: { validationImages: 502 } });
    const dataset = tinyDataset(600);
    const prepared = prepareTask(dataset, config);
    let seen = 0;
    const counting: Task = {
      ...prepared,
      validationBatches(most) {
        const batches = prepared.validationBatches(most);
        seen = batches.reduce((sum, { labels }) => sum + labels.length, 0);
        return batches;
      },
    };
    const { cost } = finishOf(await eventsOf(contextOf({}, config, counting)));
    expect(seen).toBe(501);
    const region = spaceOf(config.space).network(IDS[1]!);
    const { flops } = supernetCost(networkShape(config, prepared.shape), region, 1);
    expect(cost.macs).toBe((flops / 2) * (3 * config.supernet.batchSize * STEPS + seen));
  });

  test('that diverges says why, and costs the steps that it took', async () => {
    const plain = tinyConfig({ supernet: { normalisation: 'none' } });
    const weights = { ...plain.supernet.weights, rate: 3e38, schedule: 'constant' } as const;
    const config = { ...plain, supernet: { ...plain.supernet, weights } };
    const { result, cost } = finishOf(await eventsOf(contextOf({}, config)));
    expect(result).toMatchObject({ loss: null, accuracy: null, known: false });
    expect(result.diverged).toMatch(/not a number/);
    expect(cost.evaluations).toBe(1);
    expect(cost.steps).toBeGreaterThan(0);
    expect(cost.steps).toBeLessThanOrEqual(STEPS);
  });

  test('costs nothing where the run knows it already', async () => {
    const before: EvaluateResult = { ...finishOf(reference).result, known: true };
    const trains = () => {
      throw new Error('must not train');
    };
    const events = await eventsOf(contextOf({ gate: trains, onTraining: trains }), before);
    expect(events).toEqual([
      {
        type: 'job/finished',
        at: AT,
        wall: 0,
        round: 3,
        job: 1,
        result: before,
        cost: { steps: 0, macs: 0, evaluations: 0 },
      },
    ]);
  });

  test.each([0, 3, 5])('goes on from a checkpoint after step %i, bit for bit', async (step) => {
    let training: Training | null = null;
    let checkpoint: SavedTraining | null = null;
    const before: RunEvent[] = [];
    const context = contextOf({
      onTraining: (now) => {
        training = now;
      },
      gate: async () => {
        if (training?.step !== step) return;
        expect(training).toMatchObject({ round: 3, job: 1, supernet: 0 });
        const state = await training.executor.save();
        checkpoint = { round: 3, job: 1, supernet: 0, step, state };
        throw new DOMException('stop', 'AbortError');
      },
    });
    await expect(
      (async () => {
        for await (const event of jobEvents(ROUND, 1, AT, null, context)) before.push(event);
      })(),
    ).rejects.toThrow('stop');
    expect(checkpoint).not.toBeNull();
    const rest = await eventsOf(contextOf({ checkpoint }));
    expect(timeless([...before, ...rest])).toEqual(timeless(reference));
    // A checkpoint of another job is none of this one's.
    const other = checkpoint && { ...(checkpoint as SavedTraining), job: 0 };
    expect(timeless(await eventsOf(contextOf({ checkpoint: other })))).toEqual(timeless(reference));
  });

  test.each(['wasm', 'stock'] as const)('leaks no tensors: %s', async (executor) => {
    const before = tf.memory().numTensors;
    await eventsOf(contextOf({ executor }));
    let steps = 0;
    const gate = async () => {
      steps += 1;
      if (steps > 3) throw new DOMException('stop', 'AbortError');
    };
    await expect(eventsOf(contextOf({ executor, gate }))).rejects.toThrow('stop');
    expect(tf.memory().numTensors).toBe(before);
  });

  test('that the round does not have is an error', async () => {
    const none = jobEvents(ROUND, 2, AT, null, contextOf());
    await expect(none.next()).rejects.toThrow('Round 3 has no job 2');
  });
});

function timeless(events: readonly RunEvent[]) {
  return events.map((event) => ({ ...event, ...('wallPerStep' in event && { wallPerStep: 0 }) }));
}
