/**
 * Writes studies behind the screen's back, one write after another. Results arrive seconds apart, so
 * each is stored at once. A failing storage is reported once; the study itself goes on.
 */
import type { StudyEvent, StudyLog } from '../../core/study/events.ts';
import type { RunStorage } from '../persistence.ts';
import type { LabStore } from '../store.ts';
import { createWriteQueue } from '../writeQueue.ts';
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

  const queue = createWriteQueue(store, storage, show);

  return {
    create: (log) => queue.add((open) => open.create(log, now())),
    append(study, events) {
      queue.append(study, (open) => open.append(study, events, now()));
    },
    rename: (study, title) => queue.add((open) => open.rename(study, title, now())),
    remove: (study) =>
      queue.add(async (open) => {
        await open.remove(study);
        store.setState(({ study: slice }) => ({
          study: { ...slice, studies: slice.studies.filter((one) => one.id !== study) },
        }));
        return null;
      }),
    async read(work) {
      await queue.settled();
      return work(await storage());
    },
    flush: () => queue.settled(),
  };
}
