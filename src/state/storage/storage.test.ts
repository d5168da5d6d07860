import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { describe, expect, it } from 'vitest';
import { LabError } from '../../core/errors.ts';
import type { Migrations } from '../../core/log/kind.ts';
import { getPath } from '../../core/paths.ts';
import type { RunEvent } from '../../core/run/events.ts';
import { RUN_LOG } from '../../core/run/log.ts';
import { syntheticConfig, syntheticLog } from '../../core/run/testing.ts';
import { syntheticStudyLog } from '../../core/study/testing.ts';
import { createTestLab } from '../testing.ts';
import { openDatabase } from './database.ts';
import { logsIn } from './logsIdb.ts';
import { createMemoryStorage, type LabStorage, openIdbStorage, openStorage } from './open.ts';
import { STORED_RUNS } from './runs.ts';

const log = syntheticLog({ generations: 2, partialSteps: 2 });
const AT = '2026-01-01T00:00:00.000Z';
const CHECKPOINT = { round: 2, job: 0, supernet: 0, step: 2, buffers: { w: new Float32Array(3) } };
let fresh = 0;

const kinds: readonly [string, () => Promise<LabStorage>][] = [
  ['IndexedDB', () => openIdbStorage(`test-${fresh++}`)],
  ['memory', async () => createMemoryStorage()],
];

describe.each(kinds)('runs in %s', (_, open) => {
  it('keeps a log that arrives in chunks', async () => {
    const storage = await open();
    await storage.runs.create({ ...log, events: [] }, AT);
    for (let at = 0; at < log.events.length; at += 4) {
      await storage.runs.append(log.id, log.events.slice(at, at + 4), AT);
    }
    expect(await storage.runs.load(log.id)).toEqual(log);
    expect(await storage.runs.list()).toMatchObject([
      { id: log.id, eventCount: log.events.length, config: { preset: 'smoke', seed: 1 } },
    ]);
    expect(await storage.runs.load('another')).toBeNull();
  });

  it('cuts a log in the middle of a chunk and goes on', async () => {
    const storage = await open();
    await storage.runs.create(log, AT);
    await storage.runs.append(log.id, log.events.slice(0, 3), AT);
    await storage.runs.truncate(log.id, 5, AT);
    const summary = await storage.runs.append(log.id, log.events.slice(5), AT);
    expect(summary.eventCount).toBe(log.events.length);
    expect(await storage.runs.load(log.id)).toEqual(log);
  });

  it('renames, lists the latest first, and deletes everything of a run', async () => {
    const storage = await open();
    await storage.runs.create(log, AT);
    await storage.runs.create({ ...log, id: 'run-2' }, AT);
    await storage.runs.rename(log.id, 'Named', '2026-02-01T00:00:00.000Z');
    expect((await storage.runs.list()).map((run) => run.title)).toEqual(['Named', log.title]);
    await storage.runs.saveSnapshot(log.id, CHECKPOINT);
    expect(await storage.runs.loadSnapshot(log.id)).toEqual(CHECKPOINT);
    await storage.runs.remove(log.id);
    expect(await storage.runs.loadSnapshot(log.id)).toBeNull();
    expect(await storage.runs.load(log.id)).toBeNull();
    expect(await storage.runs.list()).toHaveLength(1);
  });

  it('names a run that is not there', async () => {
    const storage = await open();
    await expect(storage.runs.append('ghost', [], AT)).rejects.toMatchObject({
      code: 'storage-failed',
    });
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
    await storage.runs.create(log, AT);
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
    expect(await storage.runs.load(log.id)).toEqual(log);
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
    expect(await storage.runs.load(log.id)).toEqual(log);
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

describe('stored logs of other versions', () => {
  const idle = { at: 9, wall: 9 };
  /** The runs of a database as a lab would keep them that has one version more, or the present one. */
  const logsOf = async (name: string, change: Partial<typeof RUN_LOG>) =>
    logsIn(await openDatabase(name), { ...STORED_RUNS, log: { ...RUN_LOG, ...change } });
  /** Version n + 1 tells every pause twice, and with the seed of the header. */
  const migrations: Migrations = {
    ...RUN_LOG.migrations,
    [RUN_LOG.version]: () => {
      let seed = 0;
      return (event) => {
        if (event.type === 'run/started') seed = Number(getPath(event, 'config.search.seed'));
        return event.type === 'run/paused' ? [event, { ...event, step: seed }] : [event];
      };
    },
  };
  const next = { version: RUN_LOG.version + 1, migrations };
  const pause: RunEvent = { ...idle, type: 'run/paused', round: 0, step: 5 };
  const paused = { ...log, events: [...log.events.slice(0, 4), pause] };
  const migrated = [...paused.events, { ...pause, step: 1 }];

  it('are migrated once, in place, and grow from there', async () => {
    const name = `older-${fresh++}`;
    const { runs, close } = await openIdbStorage(name);
    const stored = await runs.create(paused, AT);
    await runs.saveSnapshot(log.id, CHECKPOINT);
    close();
    const newer = await logsOf(name, next);
    expect((await newer.load(log.id))?.events).toEqual(migrated);
    expect(await newer.list()).toEqual([{ ...stored, version: next.version, eventCount: 6 }]);
    expect(await newer.loadSnapshot(log.id)).toEqual(CHECKPOINT);
    await newer.append(log.id, [pause], AT);
    expect((await newer.load(log.id))?.events).toEqual([...migrated, pause]);
  });

  it('are migrated before they grow or shrink unopened', async () => {
    const name = `older-${fresh++}`;
    const { runs, close } = await openIdbStorage(name);
    await runs.create(paused, AT);
    await runs.create({ ...paused, id: 'run-2' }, AT);
    close();
    const newer = await logsOf(name, next);
    expect(await newer.append(log.id, [pause], AT)).toMatchObject({ eventCount: 7 });
    expect((await newer.load(log.id))?.events).toEqual([...migrated, pause]);
    expect(await newer.truncate('run-2', 6, AT)).toMatchObject({ eventCount: 6 });
    expect((await newer.load('run-2'))?.events).toEqual(migrated);
  });

  it('stay as they are if they cannot be migrated', async () => {
    const name = `older-${fresh++}`;
    const { runs, close } = await openIdbStorage(name);
    await runs.create(paused, AT);
    const wrong = {
      version: next.version,
      migrations: { ...migrations, [RUN_LOG.version]: () => () => [{}] },
    };
    const newer = await logsOf(name, wrong);
    await expect(newer.load(log.id)).rejects.toMatchObject({
      code: 'log-damaged',
      details: { event: 1 },
    });
    await expect(newer.append(log.id, [pause], AT)).rejects.toMatchObject({ code: 'log-damaged' });
    expect(await runs.load(log.id)).toEqual(paused);
    close();
  });

  it('are listed and left untouched if a newer lab wrote them', async () => {
    const name = `newer-${fresh++}`;
    const future = await logsOf(name, next);
    await future.create(log, AT);
    await future.create({ ...log, id: 'empty', events: [] }, AT);
    await future.saveSnapshot(log.id, CHECKPOINT);
    const storage = await openIdbStorage(name);
    const { runs } = storage;
    expect(await runs.list()).toHaveLength(2);
    const attempts = [
      () => runs.load(log.id),
      () => runs.create(log, AT),
      () => runs.append(log.id, [pause], AT),
      () => runs.truncate(log.id, 1, AT),
      () => runs.rename(log.id, 'Other', AT),
      () => runs.remove(log.id),
      () => runs.saveSnapshot(log.id, { ...CHECKPOINT, step: 0 }),
    ];
    for (const one of attempts) {
      await expect(one()).rejects.toMatchObject({
        code: 'log-unsupported',
        details: { version: next.version, supported: RUN_LOG.version },
      });
    }
    const lab = createTestLab(storage, syntheticConfig());
    expect(await lab.session.restore()).toBe(false);
    expect(lab.store.getState()).toMatchObject({ run: null, notices: [] });
    expect(lab.store.getState().runs).toHaveLength(2);
    await expect(lab.session.open(log.id)).rejects.toThrow(/reload the page to get the newest lab/);
    await lab.session.remove(log.id);
    await lab.session.rename('empty', 'Other');
    expect(lab.store.getState().notices).toHaveLength(2);
    expect(lab.store.getState().runs).toHaveLength(2);
    expect(await future.load(log.id)).toEqual(log);
    expect(await future.loadSnapshot(log.id)).toEqual(CHECKPOINT);
  });

  it('do not keep the latest one that can be read from being opened', async () => {
    const name = `mixed-${fresh++}`;
    await (await logsOf(name, next)).create({ ...log, id: 'later' }, '2027-01-01T00:00:00.000Z');
    const storage = await openIdbStorage(name);
    await storage.runs.create(log, AT);
    const lab = createTestLab(storage, syntheticConfig());
    expect(await lab.session.restore()).toBe(true);
    expect(lab.store.getState().run?.id).toBe(log.id);
  });

  it('lie in a database that may be newer as a whole, which is said', async () => {
    const name = `far-${fresh++}`;
    (await openDB(name, 99)).close();
    await expect(openIdbStorage(name)).rejects.toMatchObject({
      code: 'storage-failed',
      message: expect.stringMatching(/newer lab .* Reload the page/),
    });
  });
});
