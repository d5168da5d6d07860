/**
 * What lies in the browsers of today: a database of version 3, written by the release before logs named
 * their version in storage, dumped whole. It holds a run in the middle of training with its checkpoint,
 * a finished run, a finished study, and a network trained alone.
 */
import 'fake-indexeddb/auto';
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { openDB } from 'idb';
import { describe, expect, it, vi } from 'vitest';
import { upgradeEvents } from '../../core/log/reader.ts';
import { isRecord } from '../../core/paths.ts';
import { RUN_LOG } from '../../core/run/log.ts';
import { syntheticConfig } from '../../core/run/testing.ts';
import { STUDY_LOG } from '../../core/study/log.ts';
import { createTestLab } from '../testing.ts';
import { openIdbStorage } from './open.ts';

interface Dump {
  readonly stores: readonly {
    readonly name: string;
    readonly keyPath: string | null;
    readonly indexes: readonly { readonly name: string; readonly keyPath: string }[];
    readonly rows: readonly { readonly key: IDBValidKey; readonly value: unknown }[];
  }[];
}

const TYPED = { Float32Array, Uint8Array, Int32Array };
const isTyped = (name: unknown): name is keyof typeof TYPED =>
  typeof name === 'string' && name in TYPED;

/** Typed arrays are written as the base64 of their bytes. */
function revived(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(revived);
  if (!isRecord(value)) return value;
  if (isTyped(value.$typed)) {
    const bytes = new Uint8Array(Buffer.from(String(value.base64), 'base64'));
    return new TYPED[value.$typed](bytes.buffer);
  }
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, revived(one)]));
}

const file = readFileSync(new URL('./fixtures/database3.json.gz', import.meta.url));
const dump: Dump = JSON.parse(gunzipSync(file).toString('utf8'));
const MIDDLE = '48a8288b-67e5-44d8-b8ed-8f5605fe0719';
const FINISHED = 'e1d856c9-c021-437a-a55c-385ccec543bb';
const STUDY = '4732beef-b078-4ff9-af58-e01ea95cd8d4';
let fresh = 0;

/** A database as the release wrote it. */
async function install(): Promise<string> {
  const name = `present-${fresh++}`;
  const db = await openDB(name, 3, {
    upgrade(made) {
      for (const { name: store, keyPath, indexes } of dump.stores) {
        const one = made.createObjectStore(store, keyPath === null ? {} : { keyPath });
        for (const index of indexes) one.createIndex(index.name, index.keyPath);
      }
    },
  });
  for (const { name: store, keyPath, rows } of dump.stores) {
    for (const { key, value } of rows) {
      await db.put(store, revived(value), keyPath === null ? key : undefined);
    }
  }
  db.close();
  return name;
}

const eventsIn = (store: string, id: string) =>
  (dump.stores.find(({ name }) => name === store)?.rows ?? [])
    .filter(({ key }) => Array.isArray(key) && key[0] === id)
    .flatMap(({ value }) => revived(value));

describe('the database of the release before', () => {
  it('lists everything, the latest first', async () => {
    const { runs, studies } = await openIdbStorage(await install());
    expect((await runs.list()).map(({ id }) => id)).toEqual([MIDDLE, FINISHED]);
    expect((await runs.list())[1]).toMatchObject({ eventCount: 16, config: { preset: 'smoke' } });
    expect(await studies.list()).toMatchObject([{ id: STUDY, finished: true, evaluations: 3 }]);
  });

  it('opens every log in the present version, and keeps it so', async () => {
    const { runs, studies } = await openIdbStorage(await install());
    for (const id of [MIDDLE, FINISHED]) {
      const { events = [] } = (await runs.load(id)) ?? {};
      expect(events).toEqual(upgradeEvents(RUN_LOG, eventsIn('events', id), 1, id));
      expect(events.length).toBeGreaterThanOrEqual(16);
    }
    const study = await studies.load(STUDY);
    expect(study?.events).toEqual(
      upgradeEvents(STUDY_LOG, eventsIn('studyEvents', STUDY), 1, STUDY),
    );
    expect(await runs.list()).toMatchObject(
      [MIDDLE, FINISHED].map((id) => ({ id, version: RUN_LOG.version })),
    );
  });

  it('has the trained network, ready to be asked', async () => {
    const storage = await openIdbStorage(await install());
    const row = dump.stores.find(({ name }) => name === 'networks')?.rows[0];
    const key = String(row?.key);
    const { outcome } = (await storage.earlierNetworks.load(key)) ?? {};
    const model = outcome?.trained?.model;
    if (!model) throw new Error('no model in the dump');
    const { architecture, training } = model;
    const request = { architecture, ...training };
    // Twice: out of where it was kept, and then out of the log it has got.
    for (let visit = 0; visit < 2; visit++) {
      const lab = createTestLab(storage, syntheticConfig());
      expect(await lab.networks.recall(request)).toBe(true);
      expect(lab.networks.store.getState().outcomes).toEqual({ [key]: outcome });
      expect(lab.scripts).toHaveLength(0);
    }
    expect(await storage.earlierNetworks.load(key)).toBeNull();
    expect(await storage.networks.list()).toMatchObject([{ id: key, finished: true }]);
    expect(model.parameters).toBeInstanceOf(Float32Array);
    expect(outcome?.history.at(-1)?.step).toBe(12);
  });

  it('goes on with the run from its checkpoint, with nothing lost', async () => {
    const storage = await openIdbStorage(await install());
    const lab = createTestLab(storage, syntheticConfig());
    expect(await lab.session.restore()).toBe(true);
    expect(lab.store.getState()).toMatchObject({ status: 'paused', run: { id: MIDDLE } });
    const before = lab.store.getState().run?.events ?? [];
    void lab.session.play();
    await vi.waitFor(() => expect(lab.scripts[0]?.starts).toHaveLength(1));
    const [body] = lab.script().starts;
    expect(body?.checkpoint).toMatchObject({ round: 1, supernet: 0, step: 1566 });
    expect(body?.checkpoint?.buffers.weights).toBeInstanceOf(Float32Array);
    // Up to the last report before the checkpoint; a report every 200 steps.
    expect(body?.events.at(-1)).toMatchObject({ round: 1, step: 1400 });
    expect(body?.events).toEqual(before.slice(0, body?.events.length));
    await lab.session.flush();
  });

  it('goes on with the study from its results', async () => {
    const lab = createTestLab(await openIdbStorage(await install()), syntheticConfig());
    expect(await lab.studies.openLast()).toBe(true);
    expect(lab.store.getState().study).toMatchObject({ status: 'finished', log: { id: STUDY } });
    void lab.studies.extend({ amount: { seeds: 2 } });
    await vi.waitFor(() => expect(lab.scripts[0]?.study.asked).toHaveLength(1));
    const [body] = lab.script().study.asked;
    expect(body?.events).toEqual(lab.store.getState().study.log?.events);
    expect(body?.amount).toMatchObject({ seeds: 2 });
  });
});
