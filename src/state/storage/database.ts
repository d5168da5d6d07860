/** The database of the lab: its object stores, its versions, and how its failures are told. */
import { type IDBPDatabase, openDB } from 'idb';
import { LabError } from '../../core/errors.ts';

export const DATABASE = 'fade-lab';

/**
 * 1: runs. 2: studies beside them. 3: networks trained alone, without logs. 4: logs of networks; heads
 * of every kind name the version of their events.
 */
const VERSION = 4;

export type Database = IDBPDatabase;

/** What the browser's own error means, and what to do about it. */
function reasonOf(name: string): string {
  if (name === 'QuotaExceededError') {
    return 'this browser has no room left for it. Delete old runs, or export this one';
  }
  if (name === 'VersionError') {
    return 'a newer lab has written it, and it is left as it is. Reload the page to get the newest lab';
  }
  return `the browser's storage failed (${name}). Export the run to keep it`;
}

function failure(doing: string, thrown: unknown): LabError {
  if (thrown instanceof LabError) return thrown;
  const name = thrown instanceof Error ? thrown.name : 'Error';
  const quota = name === 'QuotaExceededError';
  const message = `Could not ${doing}: ${reasonOf(name)}.`;
  return new LabError('storage-failed', message, { doing, name, quota });
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
  return openDB(name, VERSION, {
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
      if (from < 4) {
        db.createObjectStore('networkLogs', { keyPath: 'id' });
        db.createObjectStore('networkEvents');
        db.createObjectStore('networkModels');
      }
    },
    blocking: (_current, _blocked, event) => {
      if (event.target instanceof IDBDatabase) event.target.close();
    },
  });
}
