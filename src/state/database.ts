/** The database of the lab: its object stores, its versions, and how its failures are told. */
import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import { LabError } from '../core/errors.ts';
import type { RunEvent } from '../core/run/events.ts';
import type { StudyEvent } from '../core/study/events.ts';
import type { Checkpoint } from '../worker/protocol/training.ts';
import type { StoredNetwork } from './networks/storage.ts';
import type { RunSummary } from './persistence.ts';
import type { StudySummary } from './study/storage.ts';

export const DATABASE = 'fade-lab';

/** 1: runs. 2: studies beside them. 3: networks trained alone. */
const VERSION = 3;

export interface LabSchema extends DBSchema {
  runs: { key: string; value: RunSummary };
  /** Chunks, keyed by run and the position of their first event. */
  events: { key: [string, number]; value: readonly RunEvent[] };
  checkpoints: { key: string; value: Checkpoint };
  studies: { key: string; value: StudySummary };
  /** Chunks, keyed by study and the position of their first event. */
  studyEvents: { key: [string, number]; value: readonly StudyEvent[] };
  /** Keyed by what was trained. */
  networks: { key: string; value: StoredNetwork; indexes: { savedAt: string } };
}

export type Database = IDBPDatabase<LabSchema>;

/** The chunks of a log. */
export const chunksOf = (id: string) => IDBKeyRange.bound([id, 0], [id, Number.MAX_SAFE_INTEGER]);

function failure(doing: string, thrown: unknown): LabError {
  if (thrown instanceof LabError) return thrown;
  const name = thrown instanceof Error ? thrown.name : 'Error';
  const quota = name === 'QuotaExceededError';
  const reason = quota
    ? 'this browser has no room left for it. Delete old runs, or export this one'
    : `the browser's storage failed (${name}). Export the run to keep it`;
  return new LabError('storage-failed', `Could not ${doing}: ${reason}.`, { doing, name, quota });
}

/** Does `work`; what it throws comes out as `storage-failed`, with what was being done. */
export async function attempt<T>(doing: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (thrown) {
    throw failure(doing, thrown);
  }
}

/** Opens the database, bringing one of an older version up to date without touching what it holds. */
export async function openDatabase(name: string): Promise<Database> {
  if (typeof indexedDB === 'undefined') throw new Error('no IndexedDB');
  return openDB<LabSchema>(name, VERSION, {
    upgrade(db, from) {
      if (from < 1) {
        db.createObjectStore('runs', { keyPath: 'id' });
        db.createObjectStore('events');
        db.createObjectStore('checkpoints');
      }
      if (from < 2) {
        db.createObjectStore('studies', { keyPath: 'id' });
        db.createObjectStore('studyEvents');
      }
      if (from < 3) db.createObjectStore('networks').createIndex('savedAt', 'savedAt');
    },
    blocking: (_current, _blocked, event) => {
      if (event.target instanceof IDBDatabase) event.target.close();
    },
  });
}
