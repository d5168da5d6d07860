/**
 * Trained networks as database version 3 kept them: outcomes by key, without a log. Nothing is added to
 * them any more. One that is asked for gets a log and is taken out; until then it stays as it is,
 * because of one that diverged only the asker knows the whole request.
 */
import { isRecord } from '../../core/paths.ts';
import type { TrainingOutcome } from '../../core/trainedModel.ts';
import { attempt, type Database } from './database.ts';
import { isTrained } from './networks.ts';

export interface EarlierNetwork {
  readonly outcome: TrainingOutcome;
  /** ISO date. */
  readonly savedAt: string;
}

export interface EarlierNetworks {
  load(key: string): Promise<EarlierNetwork | null>;
  remove(key: string): Promise<void>;
}

/** Its object store. */
const STORE = 'networks';

function isEarlier(value: unknown): value is EarlierNetwork {
  if (!isRecord(value) || typeof value.savedAt !== 'string' || !isRecord(value.outcome))
    return false;
  const { history, diverged, trained } = value.outcome;
  return (
    Array.isArray(history) && (trained === null ? typeof diverged === 'string' : isTrained(trained))
  );
}

/** Those of an open database. */
export const earlierNetworksIn = (db: Database): EarlierNetworks => ({
  load: (key) =>
    attempt('read the network', async () => {
      const stored: unknown = await db.get(STORE, key);
      return isEarlier(stored) ? stored : null;
    }),
  remove: (key) => attempt('delete the network', () => db.delete(STORE, key)),
});

/** Memory holds nothing from before. */
export const NO_EARLIER_NETWORKS: EarlierNetworks = {
  load: async () => null,
  async remove() {},
};
