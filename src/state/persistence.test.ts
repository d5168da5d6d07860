import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { describe, expect, it } from 'vitest';
import { LabError } from '../core/errors.ts';
import { syntheticLog } from '../core/run/testing.ts';
import { syntheticStudyLog } from '../core/study/testing.ts';
import type { RunStorage } from './persistence.ts';
import { openIdbStorage } from './persistenceIdb.ts';
import { createMemoryStorage } from './persistenceMemory.ts';
import { openStorage } from './persistenceOpen.ts';

const log = syntheticLog({ generations: 2, partialSteps: 2 });
const AT = '2026-01-01T00:00:00.000Z';
let fresh = 0;

const kinds: readonly [string, () => Promise<RunStorage>][] = [
  ['IndexedDB', () => openIdbStorage(`test-${fresh++}`)],
  ['memory', async () => createMemoryStorage()],
];

describe.each(kinds)('runs in %s', (_, open) => {
  it('keeps a log that arrives in chunks', async () => {
    const storage = await open();
    await storage.create({ ...log, events: [] }, AT);
    for (let at = 0; at < log.events.length; at += 4) {
      await storage.append(log.id, log.events.slice(at, at + 4), AT);
    }
    expect(await storage.load(log.id)).toEqual(log);
    expect(await storage.list()).toMatchObject([
      { id: log.id, eventCount: log.events.length, config: { preset: 'smoke', seed: 1 } },
    ]);
    expect(await storage.load('another')).toBeNull();
  });

  it('cuts a log in the middle of a chunk and goes on', async () => {
    const storage = await open();
    await storage.create(log, AT);
    await storage.append(log.id, log.events.slice(0, 3), AT);
    await storage.truncate(log.id, 5, AT);
    const summary = await storage.append(log.id, log.events.slice(5), AT);
    expect(summary.eventCount).toBe(log.events.length);
    expect(await storage.load(log.id)).toEqual(log);
  });

  it('renames, lists the latest first, and deletes everything of a run', async () => {
    const storage = await open();
    await storage.create(log, AT);
    await storage.create({ ...log, id: 'run-2' }, AT);
    await storage.rename(log.id, 'Named', '2026-02-01T00:00:00.000Z');
    expect((await storage.list()).map((run) => run.title)).toEqual(['Named', log.title]);
    const checkpoint = { generation: 2, supernet: 0, step: 2, buffers: { w: new Float32Array(3) } };
    await storage.saveCheckpoint(log.id, checkpoint);
    expect(await storage.loadCheckpoint(log.id)).toEqual(checkpoint);
    await storage.remove(log.id);
    expect(await storage.loadCheckpoint(log.id)).toBeNull();
    expect(await storage.load(log.id)).toBeNull();
    expect(await storage.list()).toHaveLength(1);
  });

  it('names a run that is not there', async () => {
    const storage = await open();
    await expect(storage.append('ghost', [], AT)).rejects.toMatchObject({ code: 'storage-failed' });
  });
});

describe.each(kinds)('studies in %s', (_, open) => {
  const study = syntheticStudyLog({ jobs: 6 });

  it('keep a log that grows', async () => {
    const { studies } = await open();
    await studies.create({ ...study, events: [] }, AT);
    for (const event of study.events) await studies.append(study.id, [event], AT);
    expect(await studies.load(study.id)).toEqual(study);
    expect(await studies.list()).toMatchObject([
      { eventCount: study.events.length, finished: false, facts: { preset: 'smoke' } },
    ]);
    expect(await studies.load('another')).toBeNull();
  });

  it('are renamed, listed by recency, and deleted apart from runs', async () => {
    const storage = await open();
    await storage.create(log, AT);
    await storage.studies.create(study, AT);
    await storage.studies.create({ ...study, id: 'study-2' }, AT);
    await storage.studies.rename(study.id, 'Named', '2026-02-01T00:00:00.000Z');
    expect((await storage.studies.list()).map(({ title }) => title)).toEqual([
      'Named',
      study.title,
    ]);
    await storage.studies.remove(study.id);
    expect(await storage.studies.load(study.id)).toBeNull();
    expect(await storage.studies.list()).toHaveLength(1);
    expect(await storage.load(log.id)).toEqual(log);
  });

  it('name one that is not there', async () => {
    const { studies } = await open();
    await expect(studies.append('ghost', [], AT)).rejects.toMatchObject({
      code: 'storage-failed',
    });
  });
});

describe('a database of the version before studies', () => {
  it('keeps its runs', async () => {
    const name = `old-${fresh++}`;
    const old = await openDB(name, 1, {
      upgrade(db) {
        db.createObjectStore('runs', { keyPath: 'id' });
        db.createObjectStore('events');
        db.createObjectStore('checkpoints');
      },
    });
    const summary = { id: log.id, title: log.title, createdAt: log.createdAt };
    const rest = { updatedAt: AT, eventCount: log.events.length, config: null, parent: null };
    await old.put('runs', { ...summary, ...rest });
    await old.put('events', log.events, [log.id, 0]);
    old.close();
    const storage = await openIdbStorage(name);
    expect(await storage.load(log.id)).toEqual(log);
    expect(await storage.studies.list()).toEqual([]);
  });
});

describe('openStorage', () => {
  it('falls back to memory, and says so', async () => {
    const told: string[] = [];
    const refuse = () => Promise.reject(new LabError('storage-failed', 'Refused.'));
    const storage = await openStorage((text) => told.push(text), refuse);
    expect(storage.kind).toBe('memory');
    expect(told).toEqual(['Refused. Runs are kept only until this page is closed.']);
  });

  it('prefers IndexedDB', async () => {
    const storage = await openStorage(
      () => undefined,
      () => openIdbStorage('preferred'),
    );
    expect(storage.kind).toBe('indexeddb');
  });
});
