/**
 * Trained networks as database version 3 kept them: outcomes by key, without a log. Nothing is added to
 * them any more. One that is asked for gets a log and is taken out; until then it stays as it is,
 * because of one that diverged only the asker knows the whole request.
 */
import { orderedCellId } from '../../core/cellId.ts';
import { getPath, isRecord } from '../../core/paths.ts';
import { isRunConfig } from '../../core/run/validate.ts';
import { configFromVersion3 } from '../../core/run/version3.ts';
import type { TrainingOutcome } from '../../core/trainedModel.ts';
import { attempt, type Database } from './database.ts';
import { isTrained, type Trained } from './networks.ts';

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

/** Its settings and its plan as they were before cells had ids. */
function inPresentForm(trained: Trained): Trained {
  const { model } = trained;
  const config = configFromVersion3(model.training.config);
  if (!isRunConfig(config)) return trained;
  const stages = model.plan.stages.map((stage) => ({
    ...stage,
    candidates: stage.candidates.map((candidate) => {
      const { vertices } = candidate;
      const mask = getPath(candidate, 'mask');
      return typeof mask === 'number'
        ? { ...candidate, cell: orderedCellId(vertices, mask) }
        : candidate;
    }),
  }));
  const training = { ...model.training, config };
  return { ...trained, model: { ...model, plan: { ...model.plan, stages }, training } };
}

/** Those of an open database. */
export const earlierNetworksIn = (db: Database): EarlierNetworks => ({
  load: (key) =>
    attempt('read the network', async () => {
      const stored: unknown = await db.get(STORE, key);
      if (!isEarlier(stored)) return null;
      const { outcome, savedAt } = stored;
      const trained = outcome.trained && inPresentForm(outcome.trained);
      return { outcome: { ...outcome, trained }, savedAt };
    }),
  remove: (key) => attempt('delete the network', () => db.delete(STORE, key)),
});

/** Memory holds nothing from before. */
export const NO_EARLIER_NETWORKS: EarlierNetworks = {
  load: async () => null,
  async remove() {},
};
