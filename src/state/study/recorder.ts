/**
 * Writes studies behind the screen's back, one write after another. Results arrive seconds apart, so
 * each is stored at once. A failing storage is reported once; the study itself goes on.
 */
import { toErrorRecord } from '../../core/errors.ts';
import type { StudyEvent, StudyLog } from '../../core/study/events.ts';
import type { RunStorage } from '../persistence.ts';
import { type LabStore, notify } from '../store.ts';
import { type StudyStorage, type StudySummary, studiesByRecency } from './storage.ts';

export interface StudyRecorder {
  create(log: StudyLog): Promise<void>;
  append(study: string, events: readonly StudyEvent[]): void;
  rename(study: string, title: string): Promise<void>;
  remove(study: string): Promise<void>;
  /** Reads, after everything given so far is written. */
  read<T>(work: (storage: StudyStorage) => Promise<T>): Promise<T>;
  flush(): Promise<void>;
}

export interface StudyRecorderOptions {
  readonly store: LabStore;
  readonly openStorage: () => Promise<RunStorage>;
  /** The present as an ISO date. */
  readonly now: () => string;
}

/** A recorder; the storage is opened with the first use. */
export function createStudyRecorder(options: StudyRecorderOptions): StudyRecorder {
  const { store, openStorage, now } = options;
  let queue: Promise<void> = Promise.resolve();
  let reported = false;
  /** Studies with a chunk missing: nothing may be stored after the gap. */
  const broken = new Set<string>();

  const storage = async () => (await openStorage()).studies;

  const show = (summary: StudySummary) =>
    store.setState(({ study }) => ({
      study: {
        ...study,
        studies: [summary, ...study.studies.filter((one) => one.id !== summary.id)].sort(
          studiesByRecency,
        ),
      },
    }));

  const report = (thrown: unknown) => {
    if (reported) return;
    reported = true;
    const error = toErrorRecord(thrown);
    notify(store, 'error', error.message, error);
  };

  const enqueue = (work: (open: StudyStorage) => Promise<StudySummary | null>): Promise<void> => {
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
    create: (log) => enqueue((open) => open.create(log, now())),
    append(study, events) {
      enqueue(async (open) => {
        if (broken.has(study)) return null;
        broken.add(study);
        const summary = await open.append(study, events, now());
        broken.delete(study);
        return summary;
      });
    },
    rename: (study, title) => enqueue((open) => open.rename(study, title, now())),
    remove: (study) =>
      enqueue(async (open) => {
        await open.remove(study);
        store.setState(({ study: slice }) => ({
          study: { ...slice, studies: slice.studies.filter((one) => one.id !== study) },
        }));
        return null;
      }),
    async read(work) {
      await queue;
      return work(await storage());
    },
    flush: () => queue,
  };
}
