/** Logs of one kind in memory: for browsers that refuse IndexedDB, and for tests. */
import type { LogEvent, NamedLog } from '../../core/log/kind.ts';
import {
  byRecency,
  extend,
  type LogStore,
  missing,
  type StoredKind,
  type Summary,
  summarise,
} from './logStore.ts';

interface Entry<E, F extends object> {
  readonly log: NamedLog<E>;
  readonly summary: Summary<F>;
}

/** Logs that nothing outlives. */
export function logsInMemory<E extends LogEvent, F extends object, S>(
  kind: StoredKind<E, F, S>,
): LogStore<E, F, S> {
  const entries = new Map<string, Entry<E, F>>();
  const snapshots = new Map<string, S>();

  const change = (id: string, edit: (entry: Entry<E, F>) => Entry<E, F>): Summary<F> => {
    const entry = entries.get(id);
    if (!entry) throw missing(kind.log, id);
    const next = edit(entry);
    entries.set(id, next);
    return next.summary;
  };

  return {
    list: async () => [...entries.values()].map(({ summary }) => summary).sort(byRecency),
    load: async (id) => entries.get(id)?.log ?? null,
    async create(log, at) {
      const summary = summarise(kind, log, at);
      entries.set(log.id, { log, summary });
      snapshots.delete(log.id);
      return summary;
    },
    append: async (id, events, at) =>
      change(id, ({ log, summary }) => ({
        log: { ...log, events: [...log.events, ...events] },
        summary: extend(kind, summary, events, at),
      })),
    truncate: async (id, count, at) =>
      change(id, ({ log: { events, ...name } }) => {
        const log = { ...name, events: events.slice(0, count) };
        return { log, summary: summarise(kind, log, at) };
      }),
    rename: async (id, title, at) =>
      change(id, ({ log, summary }) => ({
        log: { ...log, title },
        summary: { ...summary, title, updatedAt: at },
      })),
    async remove(id) {
      entries.delete(id);
      snapshots.delete(id);
    },
    async saveSnapshot(id, snapshot) {
      snapshots.set(id, snapshot);
    },
    loadSnapshot: async (id) => snapshots.get(id) ?? null,
  };
}
