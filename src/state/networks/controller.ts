/**
 * Networks trained alone: trains them in the worker, keeps them by what was trained, and asks them.
 * It has a store of its own, because none of it belongs to a run or a study.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { type ErrorRecord, LabError, toErrorRecord } from '../../core/errors.ts';
import type { CurvePoint } from '../../core/study/events.ts';
import type {
  ExportFile,
  ExportFormat,
  TrainedModel,
  TrainingOutcome,
  TrainingRequest,
} from '../../core/trainedModel.ts';
import type { ConnectClient } from '../clientHub.ts';
import type { RunStorage } from '../persistence.ts';
import { trainingKey } from './key.ts';

export interface NetworkTraining {
  readonly key: string;
  readonly request: TrainingRequest;
  /** The curve so far. */
  readonly points: readonly CurvePoint[];
}

export interface NetworksState {
  /** Finished trainings by key. */
  readonly outcomes: { readonly [key: string]: TrainingOutcome };
  /** What trains now, in order: the first trains, the others wait. */
  readonly training: readonly NetworkTraining[];
  /** Why a training ended without an outcome, by key. */
  readonly failures: { readonly [key: string]: ErrorRecord };
}

export interface Networks {
  readonly store: StoreApi<NetworksState>;
  /** Trains unless it is known or under way already; resolves when that is over, however it ends. */
  train(request: TrainingRequest): Promise<void>;
  /** Ends a training; its curve is forgotten. */
  cancel(key: string): void;
  /** Looks for a stored outcome; true if there is one. */
  recall(request: TrainingRequest): Promise<boolean>;
  /** Class probabilities of one normalised image. */
  predict(model: TrainedModel, image: Float32Array): Promise<Float32Array>;
  /** One file. @throws LabError as the engine's exports do. */
  exportModel(model: TrainedModel, format: ExportFormat): Promise<ExportFile>;
}

export interface NetworksOptions {
  readonly connect: ConnectClient;
  readonly openStorage: () => Promise<RunStorage>;
  /** The present as an ISO date. */
  readonly now: () => string;
  /** Called before a training starts: pauses what else trains. */
  readonly makeRoom: () => void;
}

/** The controller; no worker is started before the first training. */
export function createNetworks(options: NetworksOptions): Networks {
  const { openStorage, now, makeRoom } = options;
  const store = createStore<NetworksState>()(() => ({ outcomes: {}, training: [], failures: {} }));
  const aborts = new Map<string, AbortController>();
  const client = options.connect('networks', {
    curve: ({ key, points }) =>
      store.setState(({ training }) => ({
        training: training.map((one) => (one.key === key ? { ...one, points } : one)),
      })),
  });

  const keep = (key: string, outcome: TrainingOutcome) =>
    store.setState(({ outcomes }) => ({ outcomes: { ...outcomes, [key]: outcome } }));

  const finish = (key: string, failure: ErrorRecord | null) =>
    store.setState(({ training, failures }) => ({
      training: training.filter((one) => one.key !== key),
      failures: failure ? { ...failures, [key]: failure } : failures,
    }));

  const persist = async (key: string, outcome: TrainingOutcome) => {
    try {
      const { networks } = await openStorage();
      await networks.save(key, { outcome, savedAt: now() });
    } catch {
      // The network stays as long as the page; it can be trained again after that.
    }
  };

  const recall = async (request: TrainingRequest): Promise<boolean> => {
    const key = trainingKey(request);
    if (store.getState().outcomes[key]) return true;
    try {
      const { networks } = await openStorage();
      const stored = await networks.load(key);
      if (stored) keep(key, stored.outcome);
      return stored !== null;
    } catch {
      return false;
    }
  };

  const run = async (key: string, request: TrainingRequest, signal: AbortSignal) => {
    try {
      const outcome = await client.request('train', { key, request }, { signal });
      keep(key, outcome);
      finish(key, null);
      await persist(key, outcome);
    } catch (thrown) {
      const cancelled = thrown instanceof LabError && thrown.code === 'cancelled';
      finish(key, cancelled ? null : toErrorRecord(thrown));
    } finally {
      aborts.delete(key);
    }
  };

  return {
    store,
    recall,
    async train(request) {
      const key = trainingKey(request);
      if (aborts.has(key)) return;
      const abort = new AbortController();
      aborts.set(key, abort);
      if (await recall(request)) {
        aborts.delete(key);
        return;
      }
      makeRoom();
      store.setState(({ training, failures }) => {
        const { [key]: _, ...others } = failures;
        return { training: [...training, { key, request, points: [] }], failures: others };
      });
      await run(key, request, abort.signal);
    },
    cancel: (key) => aborts.get(key)?.abort(),
    predict: (model, images) => client.request('predict', { model, images }),
    exportModel: (model, format) => client.request('exportModel', { model, format }),
  };
}
