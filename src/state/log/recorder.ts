/**
 * Writes logs of one kind behind the screen's back: events are gathered for a moment, then stored in
 * order, one write after another. A failing storage is reported once; what is recorded goes on.
 */
import type { LogEvent, LogKind, NamedLog } from '../../core/log/kind.ts';
import { isNewer } from '../../core/log/reader.ts';
import { byRecency, type LogStore, type Summary } from '../storage/logStore.ts';
import type { LabStore } from '../store.ts';
import { createWriteQueue } from './writeQueue.ts';

export interface Recorder<E extends LogEvent, F extends object, S> {
  create(log: NamedLog<E>): Promise<void>;
  append(id: string, events: readonly E[]): void;
  truncate(id: string, count: number): void;
  rename(id: string, title: string): Promise<void>;
  remove(id: string): Promise<void>;
  /** Stored after the events before it, so that it never runs ahead of its log. */
  snapshot(id: string, snapshot: S): void;
  /** Reads, after everything given so far is written. */
  read<T>(work: (logs: LogStore<E, F, S>) => Promise<T>): Promise<T>;
  /**
   * All stored logs, latest first, from then on shown in the list. Those that ended before their first
   * event are deleted.
   */
  list(): Promise<readonly Summary<F>[]>;
  flush(): Promise<void>;
}

export interface RecorderOptions<E extends LogEvent, F extends object, S> {
  /** Where a failing storage is reported. */
  readonly store: LabStore;
  readonly kind: LogKind<E>;
  readonly openLogs: () => Promise<LogStore<E, F, S>>;
  /** Changes the list of logs on the screen. */
  readonly show: (change: (list: readonly Summary<F>[]) => readonly Summary<F>[]) => void;
  /** The present as an ISO date. */
  readonly now: () => string;
  /** How long events are gathered, in milliseconds; 0: each is stored at once. */
  readonly delayMs: number;
}

/** A recorder; the storage is opened with the first use. */
export function createRecorder<E extends LogEvent, F extends object, S>(
  options: RecorderOptions<E, F, S>,
): Recorder<E, F, S> {
  const { store, kind, openLogs, show, now, delayMs } = options;
  let gathered: { readonly id: string; readonly events: E[] } | null = null;
  let timer: ReturnType<typeof setTimeout> | null = null;

  const queue = createWriteQueue<LogStore<E, F, S>, Summary<F>>(store, openLogs, (summary) =>
    show((list) => [summary, ...list.filter(({ id }) => id !== summary.id)].sort(byRecency)),
  );

  const write = (): Promise<void> => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    const batch = gathered;
    gathered = null;
    if (!batch) return queue.settled();
    return queue.append(batch.id, (logs) => logs.append(batch.id, batch.events, now()));
  };

  /** Does `work` after everything given so far. */
  const next = (work: (logs: LogStore<E, F, S>) => Promise<Summary<F> | null>): Promise<void> => {
    write();
    return queue.add(work);
  };

  const remove = (id: string) =>
    next(async (logs) => {
      await logs.remove(id);
      show((list) => list.filter((one) => one.id !== id));
      return null;
    });

  const read = async <T>(work: (logs: LogStore<E, F, S>) => Promise<T>): Promise<T> => {
    await write();
    return work(await openLogs());
  };

  return {
    create: (log) => next((logs) => logs.create(log, now())),
    append(id, events) {
      if (gathered && gathered.id !== id) write();
      gathered ??= { id, events: [] };
      gathered.events.push(...events);
      if (delayMs === 0) write();
      else timer ??= setTimeout(write, delayMs);
    },
    truncate(id, count) {
      next(async (logs) => {
        const stored = await logs.truncate(id, count, now());
        if (stored.eventCount === count) queue.mend(id); // The gap, if any, is cut off.
        return stored;
      });
    },
    rename: (id, title) => next((logs) => logs.rename(id, title, now())),
    remove,
    snapshot(id, snapshot) {
      next(async (logs) => {
        await logs.saveSnapshot(id, snapshot);
        return null;
      });
    },
    read,
    async list() {
      const all = await read((logs) => logs.list());
      const isEmpty = ({ eventCount, version }: Summary<F>) =>
        eventCount === 0 && !isNewer(kind, version);
      const kept = all.filter((one) => !isEmpty(one));
      show(() => kept);
      await Promise.all(all.filter(isEmpty).map(({ id }) => remove(id)));
      return kept;
    },
    flush: () => write(),
  };
}
