/**
 * Logs of one kind in IndexedDB. Events are appended in chunks as they arrive, keyed by [log, position
 * of the first], in one transaction with the log's head, so that a crash in between does no harm. A log
 * of an older version is migrated when it is opened or grows, in one transaction as well. What lies in
 * the database was written by this file and is taken on trust; what is migrated is checked.
 */
import type { IDBPTransaction } from 'idb';
import type { LogEvent, NamedLog } from '../../core/log/kind.ts';
import { upgradeEvents } from '../../core/log/reader.ts';
import { attempt, type Database } from './database.ts';
import {
  byRecency,
  extend,
  type LogStore,
  missing,
  refuseNewer,
  type StoredKind,
  type Summary,
  summarise,
} from './logStore.ts';

type Transaction = IDBPTransaction<unknown, string[], 'readwrite'>;

/**
 * Heads did not name a version before database version 4: such logs have version 1, 2 or 3. To begin
 * with the first is right for all of them, because the migrations to 3 only add what is missing.
 */
const UNNAMED_VERSION = 1;

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

/** Removes everything from `count` on; cuts the chunk that straddles it. */
async function cutChunks(tx: Transaction, store: string, id: string, count: number): Promise<void> {
  let cursor = await tx.objectStore(store).openCursor(chunksOf(id));
  while (cursor) {
    const start = Array.isArray(cursor.key) ? Number(cursor.key[1]) : 0;
    const chunk: readonly unknown[] = cursor.value;
    if (start >= count) await cursor.delete();
    else if (start + chunk.length > count) await cursor.update(chunk.slice(0, count - start));
    cursor = await cursor.continue();
  }
}

/** The logs of a kind in an open database. */
export function logsIn<E extends LogEvent, F extends object, S>(
  db: Database,
  kind: StoredKind<E, F, S>,
): LogStore<E, F, S> {
  const { log: format, words } = kind;
  const { heads, events: chunks, snapshots } = kind.stores;
  const stores = snapshots === null ? [heads, chunks] : [heads, chunks, snapshots];

  /** One transaction over everything: all of it is done, or nothing. */
  const change = async <T>(work: (tx: Transaction) => Promise<T>): Promise<T> => {
    const tx = db.transaction(stores, 'readwrite');
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
  };

  /** A stored head, which may have no version. */
  const named = (head: Summary<F>): Summary<F> => Object.assign({ version: UNNAMED_VERSION }, head);

  /** The head of a log that may be changed; null if there is none. */
  const findHead = async (tx: Transaction, id: string): Promise<Summary<F> | null> => {
    const stored = await tx.objectStore(heads).get(id);
    if (!stored) return null;
    const head = named(stored);
    refuseNewer(format, head);
    return head;
  };

  const needHead = async (tx: Transaction, id: string): Promise<Summary<F>> => {
    const head = await findHead(tx, id);
    if (!head) throw missing(format, id);
    return head;
  };

  /** Replaces a log and its head. */
  const put = async (tx: Transaction, head: Summary<F>, events: readonly E[]) => {
    await tx.objectStore(chunks).delete(chunksOf(head.id));
    if (events.length > 0) await tx.objectStore(chunks).put(events, [head.id, 0]);
    await tx.objectStore(heads).put(head);
  };

  /** A log in the present version, and stored so. */
  const present = async (tx: Transaction, id: string) => {
    const head = await needHead(tx, id);
    const stored: (readonly E[])[] = await tx.objectStore(chunks).getAll(chunksOf(id));
    const events = stored.flat().slice(0, head.eventCount);
    if (head.version === format.version) return { head, events };
    const migrated = upgradeEvents(format, events, head.version, `“${head.title}”`);
    const { title, createdAt, updatedAt } = head;
    const next = summarise(kind, { id, title, createdAt, events: migrated }, updatedAt);
    await put(tx, next, migrated);
    return { head: next, events: migrated };
  };

  /** Changes the head, in the transaction that does whatever else `edit` does. */
  const changeHead = (
    id: string,
    edit: (tx: Transaction, head: Summary<F>) => Promise<Summary<F>>,
  ): Promise<Summary<F>> =>
    change(async (tx) => {
      const next = await edit(tx, await needHead(tx, id));
      await tx.objectStore(heads).put(next);
      return next;
    });

  const loadPresent = async (id: string) => {
    const tx = db.transaction([heads, chunks]);
    const head: Summary<F> | undefined = await tx.objectStore(heads).get(id);
    const stored: (readonly E[])[] = await tx.objectStore(chunks).getAll(chunksOf(id));
    return head ? { head, events: stored.flat().slice(0, head.eventCount) } : null;
  };

  const load = async (id: string): Promise<NamedLog<E> | null> => {
    const seen: Summary<F> | undefined = await db.get(heads, id);
    if (!seen) return null;
    const isPresent = named(seen).version === format.version;
    const found = isPresent ? await loadPresent(id) : await change((tx) => present(tx, id));
    if (!found) return null;
    const { title, createdAt } = found.head;
    return { id, title, createdAt, events: found.events };
  };

  const removeSnapshot = async (tx: Transaction, id: string) => {
    if (snapshots !== null) await tx.objectStore(snapshots).delete(id);
  };

  const create = (log: NamedLog<E>, at: string) =>
    change(async (tx) => {
      await findHead(tx, log.id);
      const head = summarise(kind, log, at);
      await put(tx, head, log.events);
      await removeSnapshot(tx, log.id);
      return head;
    });

  const append = (id: string, events: readonly E[], at: string) =>
    changeHead(id, async (tx, seen) => {
      const head = seen.version === format.version ? seen : (await present(tx, id)).head;
      await tx.objectStore(chunks).put(events, [id, head.eventCount]);
      return extend(kind, head, events, at);
    });

  const truncate = (id: string, count: number, at: string) =>
    changeHead(id, async (tx) => {
      const { head, events } = await present(tx, id);
      await cutChunks(tx, chunks, id, count);
      const { title, createdAt } = head;
      return summarise(kind, { id, title, createdAt, events: events.slice(0, count) }, at);
    });

  const remove = (id: string) =>
    change(async (tx) => {
      await findHead(tx, id);
      await tx.objectStore(heads).delete(id);
      await tx.objectStore(chunks).delete(chunksOf(id));
      await removeSnapshot(tx, id);
    });

  const saveSnapshot = (id: string, snapshot: S) =>
    change(async (tx) => {
      await findHead(tx, id);
      if (snapshots !== null) await tx.objectStore(snapshots).put(snapshot, id);
    });

  const loadSnapshot = async (id: string): Promise<S | null> => {
    const stored: unknown = snapshots === null ? undefined : await db.get(snapshots, id);
    return kind.isSnapshot(stored) ? stored : null;
  };

  const { noun } = format;
  return {
    list: () =>
      attempt(`list the ${words.many}`, async () => {
        const stored: Summary<F>[] = await db.getAll(heads);
        return stored.map(named).sort(byRecency);
      }),
    load: (id) => attempt(`open the ${noun}`, () => load(id)),
    create: (log, at) => attempt(`store the ${noun}`, () => create(log, at)),
    append: (id, events, at) =>
      attempt(`store new ${words.events} of the ${noun}`, () => append(id, events, at)),
    truncate: (id, count, at) => attempt(`shorten the ${noun}`, () => truncate(id, count, at)),
    rename: (id, title, at) =>
      attempt(`rename the ${noun}`, () =>
        changeHead(id, async (_, head) => ({ ...head, title, updatedAt: at })),
      ),
    remove: (id) => attempt(`delete the ${noun}`, () => remove(id)),
    saveSnapshot: (id, snapshot) =>
      attempt(`store a ${words.snapshot}`, () => saveSnapshot(id, snapshot)),
    loadSnapshot: (id) => attempt(`read the ${words.snapshot}`, () => loadSnapshot(id)),
  };
}
