/**
 * Logs of one kind in IndexedDB. Events are appended in chunks as they arrive, keyed by [log, position
 * of the first], in one transaction with the log's head, so that a crash in between does no harm. A log
 * of an older version is migrated when it is opened or grows, in one transaction as well.
 */
import type { LogEvent, NamedLog } from '../../core/log/kind.ts';
import { attempt, type Database } from './database.ts';
import {
  byRecency,
  extend,
  type LogStore,
  type StoredKind,
  type Summary,
  summarise,
} from './logStore.ts';
import {
  change,
  changeHead,
  cut,
  erase,
  findHead,
  migrated,
  type Place,
  readStored,
  replace,
  versioned,
} from './logTables.ts';

async function load<E extends LogEvent, F extends object, S>(
  place: Place<E, F, S>,
  id: string,
): Promise<NamedLog<E> | null> {
  const { db, kind } = place;
  const seen: Summary<F> | undefined = await db.get(kind.stores.heads, id);
  if (!seen) return null;
  const isPresent = versioned(seen).version === kind.log.version;
  const found = isPresent
    ? await readStored(place, id)
    : await change(place, (tx) => migrated(place, tx, id));
  if (!found) return null;
  const { title, createdAt } = found.head;
  return { id, title, createdAt, events: found.events };
}

function create<E extends LogEvent, F extends object, S>(
  place: Place<E, F, S>,
  log: NamedLog<E>,
  at: string,
): Promise<Summary<F>> {
  return change(place, async (tx) => {
    await findHead(place, tx, log.id); // One of a newer lab is not replaced.
    await erase(place, tx, log.id);
    const head = summarise(place.kind, log, at);
    await replace(place, tx, { head, events: log.events });
    return head;
  });
}

function append<E extends LogEvent, F extends object, S>(
  place: Place<E, F, S>,
  id: string,
  events: readonly E[],
  at: string,
): Promise<Summary<F>> {
  const { log, stores } = place.kind;
  return changeHead(place, id, async (tx, seen) => {
    const head = seen.version === log.version ? seen : (await migrated(place, tx, id)).head;
    await tx.objectStore(stores.events).put(events, [id, head.eventCount]);
    return extend(place.kind, head, events, at);
  });
}

function truncate<E extends LogEvent, F extends object, S>(
  place: Place<E, F, S>,
  id: string,
  count: number,
  at: string,
): Promise<Summary<F>> {
  return changeHead(place, id, async (tx) => {
    const { head, events } = await migrated(place, tx, id);
    await cut(place, tx, id, count);
    const { title, createdAt } = head;
    const kept = { id, title, createdAt, events: events.slice(0, count) };
    return summarise(place.kind, kept, at);
  });
}

function saveSnapshot<E extends LogEvent, F extends object, S>(
  place: Place<E, F, S>,
  id: string,
  snapshot: S,
): Promise<void> {
  const { snapshots } = place.kind.stores;
  return change(place, async (tx) => {
    await findHead(place, tx, id); // That of a newer lab is not replaced.
    if (snapshots !== null) await tx.objectStore(snapshots).put(snapshot, id);
  });
}

async function loadSnapshot<E extends LogEvent, F extends object, S>(
  { db, kind }: Place<E, F, S>,
  id: string,
): Promise<S | null> {
  const { snapshots } = kind.stores;
  const stored: unknown = snapshots === null ? undefined : await db.get(snapshots, id);
  return kind.readSnapshot(stored);
}

/** The logs of a kind in an open database. */
export function logsIn<E extends LogEvent, F extends object, S>(
  db: Database,
  kind: StoredKind<E, F, S>,
): LogStore<E, F, S> {
  const place: Place<E, F, S> = { db, kind };
  const { words } = kind;
  const { noun } = kind.log;
  const list = async () => {
    const stored: Summary<F>[] = await db.getAll(kind.stores.heads);
    return stored.map(versioned).sort(byRecency);
  };
  const remove = (id: string) =>
    change(place, async (tx) => {
      await findHead(place, tx, id); // One of a newer lab is not deleted.
      await erase(place, tx, id);
    });
  return {
    list: () => attempt(`list the ${words.many}`, list),
    load: (id) => attempt(`open the ${noun}`, () => load(place, id)),
    create: (log, at) => attempt(`store the ${noun}`, () => create(place, log, at)),
    append: (id, events, at) =>
      attempt(`store new ${words.events} of the ${noun}`, () => append(place, id, events, at)),
    truncate: (id, count, at) =>
      attempt(`shorten the ${noun}`, () => truncate(place, id, count, at)),
    rename: (id, title, at) =>
      attempt(`rename the ${noun}`, () =>
        changeHead(place, id, async (_, head) => ({ ...head, title, updatedAt: at })),
      ),
    remove: (id) => attempt(`delete the ${noun}`, () => remove(id)),
    saveSnapshot: (id, snapshot) =>
      attempt(`store a ${words.snapshot}`, () => saveSnapshot(place, id, snapshot)),
    loadSnapshot: (id) => attempt(`read the ${words.snapshot}`, () => loadSnapshot(place, id)),
  };
}
