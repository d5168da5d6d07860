/** What is stored of trainings alone: finds it again, and keeps its number within bounds. */
import type { NamedLog } from '../../core/log/kind.ts';
import { isNewer } from '../../core/log/reader.ts';
import {
  NETWORK_VERSION,
  type NetworkEvent,
  type NetworkStarted,
} from '../../core/network/events.ts';
import { NETWORK_LOG } from '../../core/network/log.ts';
import {
  EMPTY_NETWORK,
  finishedEvent,
  type NetworkView,
  outcomeOf,
  progressAfter,
  reduceNetwork,
} from '../../core/network/reducer.ts';
import type { TrainingOutcome, TrainingRequest } from '../../core/trainedModel.ts';
import { createRecorder, type Recorder } from '../log/recorder.ts';
import type { EarlierNetwork } from '../storage/earlierNetworks.ts';
import type { NetworkFacts, Trained } from '../storage/networks.ts';
import type { NetworksOptions } from './types.ts';

/** The oldest are forgotten beyond this number: a network can always be trained again. */
export const MOST_NETWORKS = 40;

/** How a stored training stands. */
export interface Found extends Pick<NetworkView, 'points' | 'error'> {
  /** Null if it is not over. */
  readonly outcome: TrainingOutcome | null;
}

export interface Archive {
  readonly recorder: Recorder<NetworkEvent, NetworkFacts, Trained>;
  /** What is stored of a training; null if nothing is, or if it cannot be read. */
  find(key: string, request: TrainingRequest): Promise<Found | null>;
  /** The log of a training that begins, in place of what was stored of it. */
  begin(key: string, request: TrainingRequest): NetworkStarted;
  /** Forgets the oldest beyond the bound. */
  tidy(): Promise<void>;
}

const startedEvent = (request: TrainingRequest): NetworkStarted => ({
  type: 'network/started',
  at: 0,
  wall: 0,
  version: NETWORK_VERSION,
  request,
});

const logOf = (
  id: string,
  request: TrainingRequest,
  createdAt: string,
  events: readonly NetworkEvent[],
): NamedLog<NetworkEvent> => {
  const { architecture, seed, steps } = request;
  return { id, title: `${architecture}, no. ${seed + 1}, ${steps} steps`, createdAt, events };
};

/** The log of a network that was kept without one. */
function logOfEarlier(
  key: string,
  request: TrainingRequest,
  { outcome, savedAt }: EarlierNetwork,
): NamedLog<NetworkEvent> {
  const progress = progressAfter(EMPTY_NETWORK, outcome.history, 0);
  const events = [startedEvent(request), ...progress, finishedEvent(outcome, 0)];
  return logOf(key, request, savedAt, events);
}

/** The archive; `isBusy` says which trainings are under way. */
export function createArchive(
  { store, openStorage, now, delayMs = 400 }: NetworksOptions,
  isBusy: (key: string) => boolean,
): Archive {
  const recorder = createRecorder<NetworkEvent, NetworkFacts, Trained>({
    store,
    kind: NETWORK_LOG,
    openLogs: async () => (await openStorage()).networks,
    show: () => undefined, // No screen lists them: they are found by what was trained.
    now,
    delayMs,
  });

  const findLog = (key: string): Promise<Found | null> =>
    recorder.read(async (logs) => {
      const log = await logs.load(key);
      if (!log) return null;
      const view = reduceNetwork(log.events);
      const { points, error } = view;
      const trained = view.finished ? await logs.loadSnapshot(key) : null;
      return { points, error, outcome: outcomeOf(view, trained) };
    });

  /** Gives a network that was kept without a log one, and takes it out of where it was. */
  const adopt = async (key: string, request: TrainingRequest): Promise<Found | null> => {
    const { networks, earlierNetworks } = await openStorage();
    const earlier = await earlierNetworks.load(key);
    if (!earlier) return null;
    const { outcome, savedAt } = earlier;
    try {
      await networks.create(logOfEarlier(key, request, earlier), savedAt);
      if (outcome.trained) await networks.saveSnapshot(key, outcome.trained);
      await earlierNetworks.remove(key);
    } catch {
      // It stays where it was, and is found there the next time.
    }
    return { points: outcome.history, error: null, outcome };
  };

  return {
    recorder,
    async find(key, request) {
      try {
        const found = await findLog(key);
        return found?.outcome ? found : ((await adopt(key, request)) ?? found);
      } catch {
        return null; // It can be trained again.
      }
    },
    begin(key, request) {
      const started = startedEvent(request);
      void recorder.create(logOf(key, request, now(), [started]));
      return started;
    },
    async tidy() {
      const stored = await recorder.read((logs) => logs.list()).catch(() => []);
      for (const { id, version } of stored.slice(MOST_NETWORKS)) {
        if (!isBusy(id) && !isNewer(NETWORK_LOG, version)) await recorder.remove(id);
      }
    },
  };
}
