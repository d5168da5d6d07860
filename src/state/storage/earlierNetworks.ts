/** Where networks trained alone live between visits, beside the runs. */
import type { TrainingOutcome } from '../../core/trainedModel.ts';

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
