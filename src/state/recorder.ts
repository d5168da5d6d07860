/**
 * Writes runs behind the screen's back: events are gathered for a moment, then stored in order, one
 * write after another. A failing storage is reported once; the run itself goes on.
 */
import { toErrorRecord } from '../core/errors.ts';
import type { RunEvent, RunLog } from '../core/run/events.ts';
import type { Checkpoint } from '../worker/protocol.ts';
import { byRecency, type RunStorage, type RunSummary } from './persistence.ts';
import { type LabStore, notify } from './store.ts';

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
  let queue: Promise<void> = Promise.resolve();
  let gathered: { readonly run: string; readonly events: RunEvent[] } | null = null;
  let timer: ReturnType<typeof setTimeout> | null = null;
  let reported = false;
  /** Runs with a chunk missing: nothing may be stored after the gap. */
  const broken = new Set<string>();

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

  const report = (thrown: unknown) => {
    if (reported) return;
    reported = true;
    const error = toErrorRecord(thrown);
    notify(store, 'error', error.message, error);
  };

  const enqueue = (work: (open: RunStorage) => Promise<RunSummary | undefined>): Promise<void> => {
    queue = queue.then(async () => {
      try {
        const summary = await work(await storage());
        if (summary) show(summary);
      } catch (thrown) {
        report(thrown);
      }
    });
    return queue;
  };

  const write = (): Promise<void> => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    const batch = gathered;
    gathered = null;
    if (!batch) return queue;
    return enqueue(async (open) => {
      if (broken.has(batch.run)) return undefined;
      broken.add(batch.run);
      const summary = await open.append(batch.run, batch.events, now());
      broken.delete(batch.run);
      return summary;
    });
  };

  return {
    create(log) {
      write();
      return enqueue((open) => open.create(log, now()));
    },
    append(run, events) {
      if (gathered && gathered.run !== run) write();
      gathered ??= { run, events: [] };
      gathered.events.push(...events);
      timer ??= setTimeout(write, delayMs);
    },
    truncate(run, count) {
      write();
      enqueue(async (open) => {
        const stored = await open.truncate(run, count, now());
        if (stored.eventCount === count) broken.delete(run); // The gap, if any, is cut off.
        return stored;
      });
    },
    rename(run, title) {
      write();
      return enqueue((open) => open.rename(run, title, now()));
    },
    remove(run) {
      write();
      return enqueue(async (open) => {
        await open.remove(run);
        store.setState(({ runs }) => ({ runs: runs.filter((one) => one.id !== run) }));
        return undefined;
      });
    },
    checkpoint(run, checkpoint) {
      write();
      enqueue(async (open) => {
        await open.saveCheckpoint(run, checkpoint);
        return undefined;
      });
    },
    async read(work) {
      await write();
      return work(await storage());
    },
    flush: () => write(),
  };
}
