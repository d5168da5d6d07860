/** Where networks trained alone live between visits, beside the runs. */
import type { TrainingOutcome } from '../../core/trainedModel.ts';
import { attempt, type Database } from '../database.ts';

/** The oldest are forgotten beyond this number: a network can always be trained again. */
export const MOST_NETWORKS = 40;

export interface StoredNetwork {
  readonly outcome: TrainingOutcome;
  /** ISO date. */
  readonly savedAt: string;
}

export interface NetworkStorage {
  load(key: string): Promise<StoredNetwork | null>;
  save(key: string, network: StoredNetwork): Promise<void>;
}

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

/** Networks that nothing outlives. */
export function createNetworkMemory(): NetworkStorage {
  const networks = new Map<string, StoredNetwork>();
  return {
    load: async (key) => networks.get(key) ?? null,
    async save(key, network) {
      networks.set(key, network);
      const [oldest] = networks.keys();
      if (networks.size > MOST_NETWORKS && oldest !== undefined) networks.delete(oldest);
    },
  };
}
