/** Architectures trained alone, together: what each learns is what it learns by itself. */
import { beforeAll, describe, expect, test } from 'vitest';
import { architectureId } from '../core/cellId.ts';
import { LabError } from '../core/errors.ts';
import type { RunConfig } from '../core/run/config.ts';
import { type AloneResult, trainAlone } from './evaluate.ts';
import {
  type KeptTogether,
  type TogetherOptions,
  type TogetherProgress,
  type TogetherRequest,
  trainTogether,
} from './evaluateTogether.ts';
import { oneByOneNetworks } from './networks.testing.ts';
import type { Gate } from './supernet.ts';
import { prepareTask } from './task.ts';
import { tinyConfig, tinyDataset, useBackend } from './testing.ts';

const CONFIG = tinyConfig();
const STEPS = 6;
/** Two trainings of one architecture, and others of other depths. */
const TRAININGS = [
  { masks: [3, 7], seed: 0 },
  { masks: [0, 7], seed: 0 },
  { masks: [3, 7], seed: 1 },
  { masks: [7, 5], seed: 2 },
  { masks: [0, 0], seed: 0 },
].map(({ masks, seed }) => ({ architecture: architectureId({ vertices: 3, masks }), seed }));

const open: Gate = async () => undefined;

async function together(
  options: TogetherOptions = {},
  request: Partial<TogetherRequest> = {},
  gate = open,
) {
  const whole = { config: CONFIG, steps: STEPS, trainings: TRAININGS, ...request };
  const task = prepareTask(tinyDataset(), whole.config);
  const createNetworks = oneByOneNetworks();
  const training = trainTogether(whole, task, gate, { createNetworks, ...options });
  const progress: TogetherProgress[] = [];
  for (;;) {
    const { done, value } = await training.next();
    if (done) return { progress, results: value };
    progress.push(value);
  }
}

/** The same, one after the other. */
async function oneByOne(config: RunConfig = CONFIG, steps = STEPS, keepNetwork = false) {
  const results: AloneResult[] = [];
  for (const one of TRAININGS) {
    const task = prepareTask(tinyDataset(), config);
    const training = trainAlone({ config, steps, ...one }, task, open, { keepNetwork });
    let next = await training.next();
    while (!next.done) next = await training.next();
    results.push(next.value);
  }
  return results;
}

/** Networks of which the second starts from nonsense. */
const poisonedNetworks: typeof oneByOneNetworks = (happenings) => {
  const create = oneByOneNetworks(happenings);
  return (init) =>
    create({
      ...init,
      parameters: init.parameters.map((own, i) => (i === 1 ? own.map(() => Number.NaN) : own)),
    });
};

beforeAll(async () => {
  await useBackend('wasm');
});

describe('architectures trained together', () => {
  test('come to what each comes to alone, bit for bit', async () => {
    const { results, progress } = await together({ keepNetwork: true });
    expect(results).toEqual(await oneByOne(CONFIG, STEPS, true));
    expect(new Set(results.map(({ loss }) => loss)).size).toBe(TRAININGS.length);
    for (const [index, { history }] of results.entries()) {
      const own = progress.filter((one) => one.index === index).map(({ point }) => point);
      expect(own).toEqual([null, ...history]);
    }
    // In lockstep: the first points of all come before the second of any.
    const steps = progress.map(({ point }) => point?.step ?? 0);
    expect(steps).toEqual([...steps].sort((a, b) => a - b));
  });

  test('go in groups as large as fit', async () => {
    const opened: [number, number][] = [];
    const createNetworks = oneByOneNetworks({
      most: 2,
      opened: (asked, count) => opened.push([asked, count]),
    });
    const { results, progress } = await together({ createNetworks });
    expect(opened).toEqual([
      [5, 2],
      [3, 2],
      [1, 1],
    ]);
    expect(results).toEqual(await oneByOne());
    const begun = progress.filter(({ point }) => point === null).map(({ index }) => index);
    expect(begun).toEqual([0, 1, 2, 3, 4]);
    // The third begins when the first is through.
    const third = progress.findIndex(({ index }) => index === 2);
    const first = progress.findLastIndex(({ index }) => index === 0);
    expect(third).toBeGreaterThan(first);
  });

  test('report as often as asked, and after the last step', async () => {
    const { results } = await together({ reportEvery: 4 });
    expect(results.map(({ history }) => history.map(({ step }) => step))).toEqual(
      TRAININGS.map(() => [4, 6]),
    );
  });
});

describe('divergence', () => {
  const wild = tinyConfig({
    supernet: {
      normalisation: 'none',
      weights: { optimiser: 'sgd', rate: 10, schedule: 'constant' },
    },
  });

  test('is told as of a training alone', async () => {
    const { results } = await together({ keepNetwork: true }, { config: wild, steps: 40 });
    expect(results.filter(({ diverged }) => diverged !== null).length).toBeGreaterThan(0);
    expect(results).toEqual(await oneByOne(wild, 40, true));
  });

  test('of one leaves the others as they are', async () => {
    const { results, progress } = await together({ createNetworks: poisonedNetworks() });
    const expected = await oneByOne();
    expect(results[1]).toEqual({
      architecture: expected[1]?.architecture,
      loss: null,
      accuracy: null,
      diverged: 'The training loss is not a number at step 2.',
      history: [],
      network: null,
    });
    const others = (all: readonly AloneResult[]) => all.filter((_, i) => i !== 1);
    expect(others(results)).toEqual(others(expected));
    expect(progress.filter(({ index }) => index === 1)).toEqual([{ index: 1, point: null }]);
  });

  test('of all ends the group early', async () => {
    let steps = 0;
    const create = oneByOneNetworks({ beforeStep: () => steps++ });
    const { results } = await together({
      createNetworks: (init) =>
        create({ ...init, parameters: init.parameters.map((own) => own.map(() => Number.NaN)) }),
    });
    expect(steps).toBe(2);
    expect(results.every(({ diverged }) => diverged?.includes('step 2'))).toBe(true);
  });
});

describe('an end before the end', () => {
  /** Counts the groups that are on the device. */
  function counted(beforeStep?: (step: number) => void) {
    const counts = { live: 0, opened: 0 };
    const create = oneByOneNetworks({ most: 2, ...(beforeStep ? { beforeStep } : {}) });
    const createNetworks: typeof create = async (init) => {
      const networks = await create(init);
      counts.live += 1;
      counts.opened += 1;
      const dispose = () => {
        counts.live -= 1;
        networks.dispose();
      };
      return { ...networks, dispose };
    };
    return { counts, createNetworks };
  }

  test('leaves nothing on the device, whoever ends it', async () => {
    const { counts, createNetworks } = counted();
    await together({ createNetworks });
    expect(counts).toEqual({ live: 0, opened: 3 });
    let gates = 0;
    const gate = async () => {
      gates += 1;
      if (gates === STEPS + 4) throw new DOMException('stop', 'AbortError');
    };
    await expect(together({ createNetworks }, {}, gate)).rejects.toThrow('stop');
    expect(counts).toMatchObject({ live: 0 });
    const failing = counted((step) => {
      if (step === 3) throw new RangeError('no device');
    });
    await expect(together({ createNetworks: failing.createNetworks })).rejects.toThrow('no device');
    expect(failing.counts).toEqual({ live: 0, opened: 1 });
  });

  test('when nobody listens any more', async () => {
    const { counts, createNetworks } = counted();
    const request = { config: CONFIG, steps: STEPS, trainings: TRAININGS };
    const task = prepareTask(tinyDataset(), CONFIG);
    const training = trainTogether(request, task, open, { createNetworks });
    for await (const { point } of training) if (point?.step === 4) break;
    expect(counts).toEqual({ live: 0, opened: 1 });
  });
});

describe('what was cancelled', () => {
  /** Groups of so many networks that count their steps, and a gate that cancels after so many. */
  function counting(most: number, at = Number.NaN, create = oneByOneNetworks) {
    const counts = { steps: 0 };
    const createNetworks = create({
      most,
      beforeStep: () => {
        counts.steps += 1;
      },
    });
    const gate: Gate = async () => {
      if (counts.steps === at) throw new LabError('cancelled', 'stop');
    };
    return { counts, createNetworks, gate };
  }

  async function interrupted(at: number, most: number) {
    const { counts, createNetworks, gate } = counting(most, at);
    const left: KeptTogether[] = [];
    const onCancelled = (kept: KeptTogether) => void left.push(kept);
    const cancelled = together({ createNetworks, onCancelled }, {}, gate);
    await expect(cancelled).rejects.toMatchObject({ code: 'cancelled' });
    const [resume] = left;
    if (!resume) throw new Error('nothing was kept');
    return { resume: structuredClone(resume), counts, createNetworks };
  }

  test.each([
    ['at its first step', 0, 5, { step: 0, results: 0 }],
    ['between two points of the curves', 3, 5, { step: 3, results: 0 }],
    ['in the test', STEPS, 5, { step: STEPS, results: 0 }],
    ['in its second group', STEPS + 3, 2, { step: 3, results: 2 }],
  ])('%s goes on there, and comes to the same', async (_, at, most, { step, results }) => {
    const { resume, counts, createNetworks } = await interrupted(at, most);
    expect([resume.step, resume.results.length]).toEqual([step, results]);
    const next = await together({ createNetworks, resume });
    expect(next.results).toEqual(await oneByOne());
    expect(counts.steps).toBe(STEPS * Math.ceil(TRAININGS.length / most));
    const [first] = next.progress;
    expect(first?.index).toBe(results);
    expect(first?.point).toEqual(resume.histories[0]?.at(-1) ?? null);
  });

  test('begins again if the device holds another number of networks now', async () => {
    const { resume } = await interrupted(3, 5);
    const { counts, createNetworks } = counting(4);
    expect((await together({ createNetworks, resume })).results).toEqual(await oneByOne());
    expect(counts.steps).toBe(2 * STEPS);
  });

  test('is kept with those that had diverged', async () => {
    const { createNetworks, gate } = counting(5, 4, poisonedNetworks);
    const left: KeptTogether[] = [];
    const onCancelled = (kept: KeptTogether) => void left.push(kept);
    const cancelled = together({ createNetworks, onCancelled }, {}, gate);
    await expect(cancelled).rejects.toMatchObject({ code: 'cancelled' });
    const { results } = await together({ createNetworks, resume: left[0] });
    expect(results[1]).toMatchObject({ diverged: expect.stringMatching(/step 2/), history: [] });
    expect(results).toEqual((await together({ createNetworks: poisonedNetworks() })).results);
  });

  test('by another error is not kept', async () => {
    let kept = 0;
    const onCancelled = () => {
      kept += 1;
    };
    const aborted = async () => {
      throw new DOMException('mapping failed', 'AbortError');
    };
    await expect(together({ onCancelled }, {}, aborted)).rejects.toThrow('mapping failed');
    expect(kept).toBe(0);
  });
});
