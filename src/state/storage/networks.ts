/** How trainings of networks alone are kept: their logs, and the trained network beside each. */
import type { NetworkEvent } from '../../core/network/events.ts';
import { NETWORK_LOG } from '../../core/network/log.ts';
import { isRecord } from '../../core/paths.ts';
import type { TrainingOutcome } from '../../core/trainedModel.ts';
import type { LogStore, StoredKind } from './logStore.ts';

/** A model and what it says of the test images. */
export type Trained = NonNullable<TrainingOutcome['trained']>;

export interface NetworkFacts {
  readonly finished: boolean;
}

export type NetworkLogs = LogStore<NetworkEvent, NetworkFacts, Trained>;

/** True for what this lab, or one before it, kept of a trained network. */
export function isTrained(value: unknown): value is Trained {
  if (!isRecord(value) || !isRecord(value.model) || !isRecord(value.test)) return false;
  const { model, test } = value;
  return (
    typeof model.architecture === 'string' &&
    model.parameters instanceof Float32Array &&
    isRecord(model.training) &&
    test.labels instanceof Uint8Array &&
    test.images instanceof Uint8Array &&
    test.probabilities instanceof Float32Array
  );
}

export const STORED_NETWORKS: StoredKind<NetworkEvent, NetworkFacts, Trained> = {
  log: NETWORK_LOG,
  stores: { heads: 'networkLogs', events: 'networkEvents', snapshots: 'networkModels' },
  words: { many: 'networks', events: 'events', snapshot: 'trained network' },
  noFacts: { finished: false },
  addFacts: ({ finished }, events) => ({
    finished: finished || events.some(({ type }) => type === 'network/finished'),
  }),
  readSnapshot: (value) => (isTrained(value) ? value : null),
};
