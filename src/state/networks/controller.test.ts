/** Trainings of networks alone: what is stored of them, and what is left after a reload. */
import 'fake-indexeddb/auto';
import { describe, expect, it, vi } from 'vitest';
import { syntheticConfig } from '../../core/run/testing.ts';
import type { CurvePoint } from '../../core/study/events.ts';
import type { TrainingOutcome, TrainingRequest } from '../../core/trainedModel.ts';
import type { PostedRequest } from '../../worker/client/training.testing.ts';
import { createMemoryStorage, type LabStorage, openIdbStorage } from '../storage/open.ts';
import { createTestLab, type TestLab } from '../testing.ts';
import { MOST_NETWORKS } from './archive.ts';
import { trainingKey } from './key.ts';

const config = syntheticConfig(4);
const requestOf = (seed: number): TrainingRequest => ({
  config,
  architecture: '3:0.5',
  seed,
  steps: 4,
});
const request = requestOf(0);
const key = trainingKey(request);

const curve = (steps: number): CurvePoint[] =>
  Array.from({ length: steps }, (_, i) => ({ step: i + 1, loss: 2 / (i + 1), accuracy: i / 10 }));

/** A model that was never trained. */
const OUTCOME: TrainingOutcome = {
  history: curve(4),
  diverged: null,
  trained: {
    model: {
      architecture: '3:0.5',
      plan: {
        version: 1,
        input: { height: 2, width: 2, channels: 1 },
        classes: 10,
        operation: { kind: 'linear', kernel: 1 },
        normalisation: 'none',
        weightInit: config.supernet.weightInit,
        stages: [],
        classifier: { weight: 0, bias: 0, features: 4 },
        slots: [],
        parameterCount: 3,
      },
      parameters: new Float32Array([1, 2, 3]),
      calibration: null,
      recipe: {
        dataset: 'mnist',
        name: 'MNIST',
        classes: ['0'],
        imagePooling: 1,
        mean: [0],
        std: [1],
      },
      training: { config, seed: 0, steps: 4, accuracy: 0.5, loss: 1.5 },
    },
    test: {
      labels: new Uint8Array([1]),
      probabilities: new Float32Array(10),
      images: new Uint8Array(4),
      calibratedAccuracy: null,
    },
  },
};
const DIVERGED: TrainingOutcome = { history: curve(2), diverged: 'No number.', trained: null };

let fresh = 0;
const newDatabase = () => openIdbStorage(`networks-${fresh++}`);
const newLab = (storage: LabStorage) => createTestLab(storage, config);
const stateOf = (lab: TestLab) => lab.networks.store.getState();
const asked = (lab: TestLab): readonly PostedRequest[] =>
  lab.scripts.at(-1)?.worker.requests('train') ?? [];

/** Begins a training; resolves with what it comes to, once the worker was asked. */
async function begin(lab: TestLab, one = request): Promise<{ readonly over: Promise<void> }> {
  const before = asked(lab).length;
  const over = lab.networks.train(one);
  await vi.waitFor(() => expect(asked(lab)).toHaveLength(before + 1));
  return { over };
}

const tell = (lab: TestLab, points: readonly CurvePoint[], of = key) =>
  lab.script().worker.say({ kind: 'push', type: 'curve', body: { key: of, points } });

function reply(lab: TestLab, outcome: TrainingOutcome): void {
  const last = asked(lab).at(-1);
  if (!last) throw new Error('nothing was asked');
  lab.script().worker.reply(last.id, outcome);
}

const eventsIn = async (storage: LabStorage, id = key) =>
  (await storage.networks.load(id))?.events ?? [];
const typesIn = async (storage: LabStorage) =>
  (await eventsIn(storage)).map(({ type, at }) => `${type} ${at}`);

describe('a training alone', () => {
  it('grows a log, keeps the model beside it, and is there after a reload', async () => {
    const storage = await newDatabase();
    const lab = newLab(storage);
    const { over } = await begin(lab);
    tell(lab, curve(1));
    tell(lab, curve(3));
    expect(stateOf(lab).training).toMatchObject([{ key, points: curve(3) }]);
    reply(lab, OUTCOME);
    await over;
    expect(stateOf(lab)).toMatchObject({ training: [], outcomes: { [key]: OUTCOME } });
    const progress = [1, 2, 3, 4].map((step) => `network/progress ${step}`);
    expect(await typesIn(storage)).toEqual([
      'network/started 0',
      ...progress,
      'network/finished 4',
    ]);
    const [started] = await eventsIn(storage);
    expect(started).toMatchObject({ request });

    const later = newLab(storage);
    expect(await later.networks.recall(request)).toBe(true);
    expect(stateOf(later).outcomes[key]).toEqual(OUTCOME);
    await later.networks.train(request);
    expect(later.scripts).toHaveLength(0);
  });

  it('shows after a reload how far it came, and begins again from its start', async () => {
    const storage = await newDatabase();
    const first = newLab(storage);
    await begin(first);
    tell(first, curve(3));
    await first.networks.flush();

    const second = newLab(storage);
    expect(await second.networks.recall(request)).toBe(false);
    expect(stateOf(second)).toMatchObject({ reached: { [key]: curve(3) }, failures: {} });
    const { over } = await begin(second);
    expect(stateOf(second).reached).toEqual({});
    expect(asked(second)[0]?.body).toEqual({ key, request });
    tell(second, curve(2));
    expect(stateOf(second).training[0]?.points).toEqual(curve(2));
    reply(second, OUTCOME);
    await over;
    expect(await eventsIn(storage)).toHaveLength(6);
    expect(stateOf(second).outcomes[key]).toEqual(OUTCOME);
  });

  it('that fails says so after a reload as well', async () => {
    const storage = await newDatabase();
    const lab = newLab(storage);
    const { over } = await begin(lab);
    tell(lab, curve(2));
    lab.script().worker.crash('out of memory');
    await over;
    const later = newLab(storage);
    expect(await later.networks.recall(request)).toBe(false);
    for (const one of [lab, later]) {
      expect(stateOf(one).failures[key]?.code).toBe('worker-died');
      expect(stateOf(one)).toMatchObject({ training: [], reached: { [key]: curve(2) } });
    }
  });

  it('that diverges is known without a model', async () => {
    const storage = await newDatabase();
    const lab = newLab(storage);
    const { over } = await begin(lab);
    reply(lab, DIVERGED);
    await over;
    const later = newLab(storage);
    expect(await later.networks.recall(request)).toBe(true);
    expect(stateOf(later).outcomes[key]).toEqual(DIVERGED);
  });

  it('is forgotten when it is stopped', async () => {
    const storage = await newDatabase();
    const lab = newLab(storage);
    const { over } = await begin(lab);
    tell(lab, curve(2));
    lab.networks.cancel(key);
    await over;
    expect(stateOf(lab)).toMatchObject({ training: [], reached: {}, failures: {} });
    expect(await storage.networks.list()).toEqual([]);
  });

  it('tells no step twice after the GPU was lost', async () => {
    const storage = createMemoryStorage();
    const lab = newLab(storage);
    const { over } = await begin(lab);
    tell(lab, curve(3));
    tell(lab, curve(1));
    tell(lab, curve(4));
    reply(lab, OUTCOME);
    await over;
    expect((await typesIn(storage)).slice(3)).toEqual([
      'network/progress 3',
      'device/lost 3',
      'network/progress 4',
      'network/finished 4',
    ]);
  });

  it('whose model was lost is not taken for finished', async () => {
    const storage = await newDatabase();
    const lab = newLab(storage);
    const { over } = await begin(lab);
    reply(lab, OUTCOME);
    await over;
    const lost = { ...storage.networks, loadSnapshot: async () => null };
    const later = newLab({ ...storage, networks: lost });
    expect(await later.networks.recall(request)).toBe(false);
    expect(stateOf(later).reached[key]).toEqual(curve(4));
  });

  it('is one of a bounded number: the oldest are forgotten', async () => {
    const storage = createMemoryStorage();
    for (let seed = 1; seed <= MOST_NETWORKS; seed++) {
      const id = trainingKey(requestOf(seed));
      const at = new Date(Date.UTC(2025, 0, seed)).toISOString();
      await storage.networks.create({ id, title: '', createdAt: at, events: [] }, at);
    }
    const lab = newLab(storage);
    const { over } = await begin(lab);
    reply(lab, DIVERGED);
    await over;
    const ids = (await storage.networks.list()).map(({ id }) => id);
    expect(ids).toHaveLength(MOST_NETWORKS);
    expect(ids[0]).toBe(key);
    expect(ids).not.toContain(trainingKey(requestOf(1)));
  });
});
