/** Runs kept in memory: for browsers that refuse IndexedDB, and for tests. */
import { LabError } from '../core/errors.ts';
import type { RunLog } from '../core/run/events.ts';
import type { Checkpoint } from '../worker/protocol/training.ts';
import { createNetworkMemory } from './networks/storage.ts';
import { byRecency, type RunStorage, type RunSummary, summarise } from './persistence.ts';
import { createStudyMemory } from './study/storageMemory.ts';

interface Entry {
  readonly log: RunLog;
  readonly summary: RunSummary;
}

/** Storage that lasts as long as the page. */
export function createMemoryStorage(): RunStorage {
  const runs = new Map<string, Entry>();
  const checkpoints = new Map<string, Checkpoint>();

  const change = (id: string, at: string, edit: (log: RunLog) => RunLog): RunSummary => {
    const entry = runs.get(id);
    if (!entry)
      throw new LabError('storage-failed', `There is no stored run “${id}”.`, { run: id });
    const log = edit(entry.log);
    const summary = summarise(log, at);
    runs.set(id, { log, summary });
    return summary;
  };

  return {
    kind: 'memory',
    list: async () => [...runs.values()].map((entry) => entry.summary).sort(byRecency),
    load: async (id) => runs.get(id)?.log ?? null,
    async create(log, at) {
      runs.set(log.id, { log, summary: summarise(log, at) });
      checkpoints.delete(log.id);
      return summarise(log, at);
    },
    append: async (id, events, at) =>
      change(id, at, (log) => ({ ...log, events: [...log.events, ...events] })),
    truncate: async (id, count, at) =>
      change(id, at, (log) => ({ ...log, events: log.events.slice(0, count) })),
    rename: async (id, title, at) => change(id, at, (log) => ({ ...log, title })),
    async remove(id) {
      runs.delete(id);
      checkpoints.delete(id);
    },
    async saveCheckpoint(id, checkpoint) {
      checkpoints.set(id, checkpoint);
    },
    loadCheckpoint: async (id) => checkpoints.get(id) ?? null,
    async removeCheckpoint(id) {
      checkpoints.delete(id);
    },
    studies: createStudyMemory(),
    networks: createNetworkMemory(),
    close() {},
  };
}
