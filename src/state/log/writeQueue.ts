/**
 * Writes to storage one after another, behind the screen's back. A failing storage is reported once;
 * what is recorded goes on.
 */
import { toErrorRecord } from '../../core/errors.ts';
import { type LabStore, notify } from '../store.ts';

export interface WriteQueue<Storage, Summary> {
  /** Does `work` after everything before it; a summary it gives is shown. */
  add(work: (open: Storage) => Promise<Summary | null>): Promise<void>;
  /**
   * Adds a chunk to a log. Once a chunk of it could not be stored, no later one is: nothing may
   * stand after a gap.
   */
  append(log: string, work: (open: Storage) => Promise<Summary>): Promise<void>;
  /** The gap of a log, if it had one, is gone. */
  mend(log: string): void;
  /** Resolves when everything so far is written, or has failed. */
  settled(): Promise<void>;
}

export function createWriteQueue<Storage, Summary>(
  store: LabStore,
  storage: () => Promise<Storage>,
  show: (summary: Summary) => void,
): WriteQueue<Storage, Summary> {
  let queue: Promise<void> = Promise.resolve();
  let reported = false;
  /** Logs with a chunk missing. */
  const broken = new Set<string>();

  const report = (thrown: unknown) => {
    const error = toErrorRecord(thrown);
    // A log of a newer lab is no failure of the storage: whoever asked is told each time.
    if (reported && error.code !== 'log-unsupported') return;
    reported ||= error.code !== 'log-unsupported';
    notify(store, 'error', error.message, error);
  };

  const add: WriteQueue<Storage, Summary>['add'] = (work) => {
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

  return {
    add,
    append: (log, work) =>
      add(async (open) => {
        if (broken.has(log)) return null;
        broken.add(log);
        const summary = await work(open);
        broken.delete(log);
        return summary;
      }),
    mend: (log) => void broken.delete(log),
    settled: () => queue,
  };
}
