/** Chooses where runs are kept. */
import { toErrorRecord } from '../core/errors.ts';
import type { RunStorage } from './persistence.ts';
import { openIdbStorage } from './persistenceIdb.ts';
import { createMemoryStorage } from './persistenceMemory.ts';

/** IndexedDB, or memory, and then `onFallback` is told why. */
export async function openStorage(
  onFallback: (text: string) => void,
  open: () => Promise<RunStorage> = openIdbStorage,
): Promise<RunStorage> {
  try {
    return await open();
  } catch (thrown) {
    const { message } = toErrorRecord(thrown);
    onFallback(`${message} Runs are kept only until this page is closed.`);
    return createMemoryStorage();
  }
}
