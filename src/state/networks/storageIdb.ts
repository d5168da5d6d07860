/** Networks in IndexedDB. */
import { attempt, type Database } from '../storage/database.ts';
import { MOST_NETWORKS, type NetworkStorage } from './storage.ts';

/** The networks of an open database. */
export const networksOver = (db: Database): NetworkStorage => ({
  load: (key) => attempt('read the network', async () => (await db.get('networks', key)) ?? null),
  save: (key, network) =>
    attempt('store the network', async () => {
      const tx = db.transaction('networks', 'readwrite');
      tx.done.catch(() => undefined);
      await tx.store.put(network, key);
      const excess = (await tx.store.count()) - MOST_NETWORKS;
      const oldest = tx.store.index('savedAt').iterate();
      let removed = 0;
      for await (const cursor of oldest) {
        if (removed >= excess) break;
        await cursor.delete();
        removed += 1;
      }
      await tx.done;
    }),
});
