/**
 * The object stores of one kind of log in IndexedDB: heads, chunks of events, snapshots, and what is one
 * transaction. What lies in the database was written by this lab or one before it and is taken on trust;
 * what is migrated is checked.
 */
import type { IDBPTransaction } from 'idb';
import type { LogEvent } from '../../core/log/kind.ts';
import { upgradeEvents } from '../../core/log/reader.ts';
import type { Database } from './database.ts';
import { missing, refuseNewer, type StoredKind, type Summary, summarise } from './logStore.ts';

export type Transaction = IDBPTransaction<unknown, string[], 'readwrite'>;

/** Where the logs of a kind are. */
export interface Place<E extends LogEvent, F extends object, S> {
  readonly db: Database;
  readonly kind: StoredKind<E, F, S>;
}

export interface StoredLog<E, F extends object> {
  readonly head: Summary<F>;
  readonly events: readonly E[];
}

/**
 * Heads did not name a version before database version 4: such logs have version 1, 2 or 3. To begin
 * with the first is right for all of them, because the migrations to 3 only add what is missing.
 */
const UNNAMED_VERSION = 1;

/** A stored head, which may have no version, with one. */
export const versioned = <F extends object>(head: Summary<F>): Summary<F> =>
  Object.assign({ version: UNNAMED_VERSION }, head);

/** The chunks of a log. */
const chunksOf = (id: string) => IDBKeyRange.bound([id, 0], [id, Number.MAX_SAFE_INTEGER]);

/** Undoes a transaction, unless its own failure has done so. */
function undo(tx: Transaction): void {
  try {
    tx.abort();
  } catch {
    // It is over.
  }
}

/** One transaction over everything of a kind: all that `work` does is done, or nothing of it. */
export async function change<E extends LogEvent, F extends object, S, T>(
  { db, kind: { stores } }: Place<E, F, S>,
  work: (tx: Transaction) => Promise<T>,
): Promise<T> {
  const { heads, events, snapshots } = stores;
  const names = snapshots === null ? [heads, events] : [heads, events, snapshots];
  const tx = db.transaction(names, 'readwrite');
  // Its failure is reported by the request that caused it.
  tx.done.catch(() => undefined);
  try {
    const result = await work(tx);
    await tx.done;
    return result;
  } catch (thrown) {
    undo(tx);
    throw thrown;
  }
}

/** The head of a log that may be changed; null if there is none. @throws LabError `log-unsupported`. */
export async function findHead<E extends LogEvent, F extends object, S>(
  { kind }: Place<E, F, S>,
  tx: Transaction,
  id: string,
): Promise<Summary<F> | null> {
  const stored: Summary<F> | undefined = await tx.objectStore(kind.stores.heads).get(id);
  if (!stored) return null;
  const head = versioned(stored);
  refuseNewer(kind.log, head);
  return head;
}

/** The same of a log that must be there. @throws LabError `storage-failed`. */
export async function needHead<E extends LogEvent, F extends object, S>(
  place: Place<E, F, S>,
  tx: Transaction,
  id: string,
): Promise<Summary<F>> {
  const head = await findHead(place, tx, id);
  if (!head) throw missing(place.kind.log, id);
  return head;
}

/** Changes the head of a log, in the transaction that does whatever else `edit` does. */
export function changeHead<E extends LogEvent, F extends object, S>(
  place: Place<E, F, S>,
  id: string,
  edit: (tx: Transaction, head: Summary<F>) => Promise<Summary<F>>,
): Promise<Summary<F>> {
  return change(place, async (tx) => {
    const next = await edit(tx, await needHead(place, tx, id));
    await tx.objectStore(place.kind.stores.heads).put(next);
    return next;
  });
}

/** Puts a log in the place of what is stored of it. */
export async function replace<E extends LogEvent, F extends object, S>(
  { kind: { stores } }: Place<E, F, S>,
  tx: Transaction,
  { head, events }: StoredLog<E, F>,
): Promise<void> {
  await tx.objectStore(stores.events).delete(chunksOf(head.id));
  if (events.length > 0) await tx.objectStore(stores.events).put(events, [head.id, 0]);
  await tx.objectStore(stores.heads).put(head);
}

/** Deletes a log with its snapshot. */
export async function erase<E extends LogEvent, F extends object, S>(
  { kind: { stores } }: Place<E, F, S>,
  tx: Transaction,
  id: string,
): Promise<void> {
  await tx.objectStore(stores.heads).delete(id);
  await tx.objectStore(stores.events).delete(chunksOf(id));
  if (stores.snapshots !== null) await tx.objectStore(stores.snapshots).delete(id);
}

/** A log as it is stored, which is in the present version; null if it is gone. */
export async function readStored<E extends LogEvent, F extends object, S>(
  { db, kind: { stores } }: Place<E, F, S>,
  id: string,
): Promise<StoredLog<E, F> | null> {
  const tx = db.transaction([stores.heads, stores.events]);
  const head: Summary<F> | undefined = await tx.objectStore(stores.heads).get(id);
  const chunks: (readonly E[])[] = await tx.objectStore(stores.events).getAll(chunksOf(id));
  return head ? { head, events: chunks.flat().slice(0, head.eventCount) } : null;
}

/** A log in the present version, and from then on stored so. @throws LabError `log-damaged`. */
export async function migrated<E extends LogEvent, F extends object, S>(
  place: Place<E, F, S>,
  tx: Transaction,
  id: string,
): Promise<StoredLog<E, F>> {
  const { kind } = place;
  const head = await needHead(place, tx, id);
  const chunks: (readonly E[])[] = await tx.objectStore(kind.stores.events).getAll(chunksOf(id));
  const stored = chunks.flat().slice(0, head.eventCount);
  if (head.version === kind.log.version) return { head, events: stored };
  const events = upgradeEvents(kind.log, stored, head.version, `“${head.title}”`);
  const { title, createdAt, updatedAt } = head;
  const next = { head: summarise(kind, { id, title, createdAt, events }, updatedAt), events };
  await replace(place, tx, next);
  return next;
}

/** Removes the events from `count` on; cuts the chunk that straddles it. */
export async function cut<E extends LogEvent, F extends object, S>(
  { kind: { stores } }: Place<E, F, S>,
  tx: Transaction,
  id: string,
  count: number,
): Promise<void> {
  let cursor = await tx.objectStore(stores.events).openCursor(chunksOf(id));
  while (cursor) {
    const start = Array.isArray(cursor.key) ? Number(cursor.key[1]) : 0;
    const chunk: readonly E[] = cursor.value;
    if (start >= count) await cursor.delete();
    else if (start + chunk.length > count) await cursor.update(chunk.slice(0, count - start));
    cursor = await cursor.continue();
  }
}
