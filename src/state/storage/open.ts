/** The storage of the lab: the logs of every kind in one place, IndexedDB or else memory. */
import { toErrorRecord } from '../../core/errors.ts';
import { attempt, DATABASE, openDatabase } from './database.ts';
import { type EarlierNetworks, earlierNetworksIn, NO_EARLIER_NETWORKS } from './earlierNetworks.ts';
import { logsIn } from './logsIdb.ts';
import { logsInMemory } from './logsMemory.ts';
import { type NetworkLogs, STORED_NETWORKS } from './networks.ts';
import { type RunLogs, STORED_RUNS } from './runs.ts';
import { STORED_STUDIES, type StudyLogs } from './studies.ts';

export interface LabStorage {
  readonly kind: 'indexeddb' | 'memory';
  readonly runs: RunLogs;
  readonly studies: StudyLogs;
  /** Networks trained alone; the id of a log is the key of its training. */
  readonly networks: NetworkLogs;
  readonly earlierNetworks: EarlierNetworks;
  close(): void;
}

/** Opens the database; `storage-failed` if the browser has none or refuses. */
export function openIdbStorage(name: string = DATABASE): Promise<LabStorage> {
  return attempt('open the storage of this browser', async () => {
    const db = await openDatabase(name);
    return {
      kind: 'indexeddb',
      runs: logsIn(db, STORED_RUNS),
      studies: logsIn(db, STORED_STUDIES),
      networks: logsIn(db, STORED_NETWORKS),
      earlierNetworks: earlierNetworksIn(db),
      close: () => db.close(),
    };
  });
}

/** Storage that lasts as long as the page. */
export function createMemoryStorage(): LabStorage {
  return {
    kind: 'memory',
    runs: logsInMemory(STORED_RUNS),
    studies: logsInMemory(STORED_STUDIES),
    networks: logsInMemory(STORED_NETWORKS),
    earlierNetworks: NO_EARLIER_NETWORKS,
    close() {},
  };
}

/** IndexedDB, or memory, and then `onFallback` is told why. */
export async function openStorage(
  onFallback: (text: string) => void,
  open: () => Promise<LabStorage> = openIdbStorage,
): Promise<LabStorage> {
  try {
    return await open();
  } catch (thrown) {
    const { message } = toErrorRecord(thrown);
    onFallback(`${message} Runs are kept only until this page is closed.`);
    return createMemoryStorage();
  }
}
