/** Runs kept in IndexedDB. Errors come out as `storage-failed`, with what to do. */
import type { IDBPTransaction } from 'idb';
import { LabError } from '../core/errors.ts';
import { upgradeEvents } from '../core/log/reader.ts';
import type { RunEvent, RunLog } from '../core/run/events.ts';
import { RUN_LOG } from '../core/run/log.ts';
import {
  attempt,
  chunksOf,
  DATABASE,
  type Database,
  type LabSchema,
  openDatabase,
} from './database.ts';
import { networksOver } from './networks/storageIdb.ts';
import { byRecency, extend, type RunStorage, type RunSummary, summarise } from './persistence.ts';
import { studiesOver } from './study/storageIdb.ts';

type Transaction = IDBPTransaction<LabSchema, ('runs' | 'events' | 'checkpoints')[], 'readwrite'>;

/** All events of a run up to its count; chunks are contiguous. */
async function readEvents(
  source: { getAll(query: IDBKeyRange): Promise<(readonly RunEvent[])[]> },
  summary: RunSummary,
): Promise<readonly RunEvent[]> {
  const chunks = await source.getAll(chunksOf(summary.id));
  return upgradeEvents(RUN_LOG, chunks.flat().slice(0, summary.eventCount), 1, summary.title);
}

/** Removes everything from `count` on; cuts the chunk that straddles it. */
async function cutEvents(tx: Transaction, id: string, count: number): Promise<void> {
  const store = tx.objectStore('events');
  let cursor = await store.openCursor(chunksOf(id));
  while (cursor) {
    const start = cursor.key[1];
    if (start >= count) await cursor.delete();
    else if (start + cursor.value.length > count) {
      await cursor.update(cursor.value.slice(0, count - start));
    }
    cursor = await cursor.continue();
  }
}

/** A transaction over everything. Its failure is reported by the request that caused it. */
function begin(db: Database): Transaction {
  const tx = db.transaction(['runs', 'events', 'checkpoints'], 'readwrite');
  tx.done.catch(() => undefined);
  return tx;
}

/** One transaction that changes a run's summary, and whatever else `edit` does. */
async function change(
  db: Database,
  id: string,
  edit: (tx: Transaction, summary: RunSummary) => Promise<RunSummary>,
): Promise<RunSummary> {
  const tx = begin(db);
  const summary = await tx.objectStore('runs').get(id);
  if (!summary) {
    tx.abort();
    throw new LabError('storage-failed', `There is no stored run “${id}”.`, { run: id });
  }
  const next = await edit(tx, summary);
  await tx.objectStore('runs').put(next);
  await tx.done;
  return next;
}

async function create(db: Database, log: RunLog, at: string): Promise<RunSummary> {
  const tx = begin(db);
  const summary = summarise(log, at);
  await tx.objectStore('events').delete(chunksOf(log.id));
  await tx.objectStore('checkpoints').delete(log.id);
  if (log.events.length > 0) await tx.objectStore('events').put(log.events, [log.id, 0]);
  await tx.objectStore('runs').put(summary);
  await tx.done;
  return summary;
}

async function load(db: Database, id: string): Promise<RunLog | null> {
  const tx = db.transaction(['runs', 'events']);
  const summary = await tx.objectStore('runs').get(id);
  if (!summary) return null;
  const events = await readEvents(tx.objectStore('events'), summary);
  return { id, title: summary.title, createdAt: summary.createdAt, events };
}

async function remove(db: Database, id: string): Promise<void> {
  const tx = begin(db);
  await tx.objectStore('runs').delete(id);
  await tx.objectStore('events').delete(chunksOf(id));
  await tx.objectStore('checkpoints').delete(id);
  await tx.done;
}

const storageOver = (db: Database): RunStorage => ({
  kind: 'indexeddb',
  list: () => attempt('list the runs', async () => (await db.getAll('runs')).sort(byRecency)),
  load: (id) => attempt('open the run', () => load(db, id)),
  create: (log, at) => attempt('store the run', () => create(db, log, at)),
  append: (id, events, at) =>
    attempt('store new events of the run', () =>
      change(db, id, async (tx, summary) => {
        await tx.objectStore('events').put(events, [id, summary.eventCount]);
        return extend(summary, events, at);
      }),
    ),
  truncate: (id, count, at) =>
    attempt('shorten the run', () =>
      change(db, id, async (tx, summary) => {
        await cutEvents(tx, id, count);
        const eventCount = Math.min(count, summary.eventCount);
        return { ...summary, eventCount, updatedAt: at };
      }),
    ),
  rename: (id, title, at) =>
    attempt('rename the run', () =>
      change(db, id, async (_, summary) => ({ ...summary, title, updatedAt: at })),
    ),
  remove: (id) => attempt('delete the run', () => remove(db, id)),
  saveCheckpoint: (id, checkpoint) =>
    attempt('store a checkpoint', async () => {
      await db.put('checkpoints', checkpoint, id);
    }),
  loadCheckpoint: (id) =>
    attempt('read the checkpoint', async () => (await db.get('checkpoints', id)) ?? null),
  removeCheckpoint: (id) => attempt('delete the checkpoint', () => db.delete('checkpoints', id)),
  studies: studiesOver(db),
  networks: networksOver(db),
  close: () => db.close(),
});

/** Opens the database; `storage-failed` if the browser has none or refuses. */
export function openIdbStorage(name: string = DATABASE): Promise<RunStorage> {
  return attempt('open the storage of this browser', async () =>
    storageOver(await openDatabase(name)),
  );
}
