/**
 * Writes runs behind the screen's back: events are gathered for a moment, then stored in order, one
 * write after another. A failing storage is reported once; the run itself goes on.
 */
import type { RunEvent, RunLog } from '../core/run/events.ts';
import type { Checkpoint } from '../worker/protocol/training.ts';
import { byRecency, type RunStorage, type RunSummary } from './persistence.ts';
import type { LabStore } from './store.ts';
import { createWriteQueue } from './writeQueue.ts';

export interface Recorder {
  create(log: RunLog): Promise<void>;
  append(run: string, events: readonly RunEvent[]): void;
  truncate(run: string, count: number): void;
  rename(run: string, title: string): Promise<void>;
  remove(run: string): Promise<void>;
  /** Stored after the events before it, so that it never runs ahead of its log. */
  checkpoint(run: string, checkpoint: Checkpoint): void;
  /** Reads, after everything given so far is written. */
  read<T>(work: (storage: RunStorage) => Promise<T>): Promise<T>;
  flush(): Promise<void>;
}

export interface RecorderOptions {
  readonly store: LabStore;
  readonly openStorage: () => Promise<RunStorage>;
  /** The present as an ISO date. */
  readonly now: () => string;
  /** How long events are gathered. */
  readonly delayMs?: number;
}

/** A recorder; the storage is opened with the first use. */
export function createRecorder(options: RecorderOptions): Recorder {
  const { store, now, delayMs = 400 } = options;
  let opened: Promise<RunStorage> | null = null;
  let gathered: { readonly run: string; readonly events: RunEvent[] } | null = null;
  let timer: ReturnType<typeof setTimeout> | null = null;

  const storage = () => {
    opened ??= options.openStorage().then((open) => {
      store.setState({ storage: open.kind });
      return open;
    });
    return opened;
  };

  const show = (summary: RunSummary) =>
    store.setState(({ runs }) => ({
      runs: [summary, ...runs.filter((run) => run.id !== summary.id)].sort(byRecency),
    }));

  const queue = createWriteQueue(store, storage, show);

  const write = (): Promise<void> => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    const batch = gathered;
    gathered = null;
    if (!batch) return queue.settled();
    return queue.append(batch.run, (open) => open.append(batch.run, batch.events, now()));
  };

  return {
    create(log) {
      write();
      return queue.add((open) => open.create(log, now()));
    },
    append(run, events) {
      if (gathered && gathered.run !== run) write();
      gathered ??= { run, events: [] };
      gathered.events.push(...events);
      timer ??= setTimeout(write, delayMs);
    },
    truncate(run, count) {
      write();
      queue.add(async (open) => {
        const stored = await open.truncate(run, count, now());
        if (stored.eventCount === count) queue.mend(run); // The gap, if any, is cut off.
        return stored;
      });
    },
    rename(run, title) {
      write();
      return queue.add((open) => open.rename(run, title, now()));
    },
    remove(run) {
      write();
      return queue.add(async (open) => {
        await open.remove(run);
        store.setState(({ runs }) => ({ runs: runs.filter((one) => one.id !== run) }));
        return null;
      });
    },
    checkpoint(run, checkpoint) {
      write();
      queue.add(async (open) => {
        await open.saveCheckpoint(run, checkpoint);
        return null;
      });
    },
    async read(work) {
      await write();
      return work(await storage());
    },
    flush: () => write(),
  };
}
