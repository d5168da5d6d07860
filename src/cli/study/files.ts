/** Saving a study while it grows. */
import { rename, writeFile } from 'node:fs/promises';
import { packLog } from '../../core/log/file.ts';
import type { StudyConfig } from '../../core/study/config.ts';
import type { StudyEvent, StudyLog } from '../../core/study/events.ts';
import { STUDY_LOG } from '../../core/study/log.ts';

/** Milliseconds between two savings of a growing study. */
const SAVE_EVERY = 30_000;

const titleOf = ({ run }: StudyConfig) =>
  `Correlation, ${run.preset}, ${run.task.dataset}, seed ${run.search.seed}`;

/** Writes the log of a study; a crash costs the last half minute at most. */
export class StudyFile {
  private savedAt: number;
  private readonly path: string | null;
  private readonly head: Omit<StudyLog, 'events'>;
  private readonly clock: () => number;

  /** `path` null: nothing is written. `before`: the log that goes on, with its name. */
  constructor(
    path: string | null,
    config: StudyConfig,
    before: StudyLog | null,
    clock: () => number,
  ) {
    this.path = path;
    this.clock = clock;
    this.savedAt = clock();
    this.head = before ?? {
      id: crypto.randomUUID(),
      title: titleOf(config),
      createdAt: new Date().toISOString(),
    };
  }

  /** Saves if it is time. */
  async grow(events: readonly StudyEvent[]): Promise<void> {
    if (this.clock() - this.savedAt > SAVE_EVERY) await this.save(events);
  }

  /** Saves; the file is never half written. Returns its path. */
  async save(events: readonly StudyEvent[]): Promise<string | null> {
    this.savedAt = this.clock();
    if (this.path === null || events.length === 0) return null;
    const { id, title, createdAt } = this.head;
    const partial = `${this.path}.partial`;
    await writeFile(partial, await packLog(STUDY_LOG, { id, title, createdAt, events }));
    await rename(partial, this.path);
    return this.path;
  }
}
