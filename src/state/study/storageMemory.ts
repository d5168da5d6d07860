/** Studies kept in memory, as long as the page. */
import { LabError } from '../../core/errors.ts';
import type { StudyLog } from '../../core/study/events.ts';
import {
  extendStudy,
  type StudyStorage,
  type StudySummary,
  studiesByRecency,
  summariseStudy,
} from './storage.ts';

interface Entry {
  readonly log: StudyLog;
  readonly summary: StudySummary;
}

/** Studies that nothing outlives. */
export function createStudyMemory(): StudyStorage {
  const studies = new Map<string, Entry>();

  const change = (id: string, edit: (entry: Entry) => Entry): StudySummary => {
    const entry = studies.get(id);
    if (!entry) {
      throw new LabError('storage-failed', `There is no stored study “${id}”.`, { study: id });
    }
    const next = edit(entry);
    studies.set(id, next);
    return next.summary;
  };

  return {
    list: async () => [...studies.values()].map((one) => one.summary).sort(studiesByRecency),
    load: async (id) => studies.get(id)?.log ?? null,
    async create(log, at) {
      const summary = summariseStudy(log, at);
      studies.set(log.id, { log, summary });
      return summary;
    },
    append: async (id, events, at) =>
      change(id, ({ log, summary }) => ({
        log: { ...log, events: [...log.events, ...events] },
        summary: extendStudy(summary, events, at),
      })),
    rename: async (id, title, at) =>
      change(id, ({ log, summary }) => ({
        log: { ...log, title },
        summary: { ...summary, title, updatedAt: at },
      })),
    async remove(id) {
      studies.delete(id);
    },
  };
}
