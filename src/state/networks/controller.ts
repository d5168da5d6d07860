/**
 * Networks trained alone: trains them in the worker, keeps a log of each by what was trained, and asks
 * them. It has a store of its own, because none of it belongs to a run or a study.
 */
import { createStore } from 'zustand/vanilla';
import type { TrainingRequest } from '../../core/trainedModel.ts';
import { createArchive } from './archive.ts';
import { trainingKey } from './key.ts';
import { createTrainingDriver, type TrainingDriver } from './trainingDriver.ts';
import type { Networks, NetworksOptions, NetworksState, NetworksStore } from './types.ts';

/** The record without one key. */
function without<T>(record: { readonly [key: string]: T }, key: string) {
  const { [key]: _, ...others } = record;
  return others;
}

/** The controller; no worker is started before the first training. */
export function createNetworks(options: NetworksOptions): Networks {
  const { makeRoom } = options;
  const store: NetworksStore = createStore<NetworksState>()(() => ({
    outcomes: {},
    training: [],
    reached: {},
    failures: {},
  }));
  const drivers = new Map<string, TrainingDriver>();
  const archive = createArchive(options, (key) => drivers.has(key));
  const client = options.connect('networks', {
    curve: ({ key, points }) => drivers.get(key)?.onCurve(points),
  });

  /** Shows what is stored of a training, unless another has `taken` it up meanwhile. */
  const recall = async (request: TrainingRequest, taken: () => boolean): Promise<boolean> => {
    const key = trainingKey(request);
    if (store.getState().outcomes[key]) return true;
    const found = await archive.find(key, request);
    if (!found || taken()) return false;
    const { outcome, points, error } = found;
    store.setState(({ outcomes, reached, failures }) => ({
      ...(outcome ? { outcomes: { ...outcomes, [key]: outcome } } : {}),
      ...(!outcome && points.length > 0 ? { reached: { ...reached, [key]: points } } : {}),
      ...(error ? { failures: { ...failures, [key]: error } } : {}),
    }));
    return outcome !== null;
  };

  const begin = async (key: string, request: TrainingRequest) => {
    const driver = createTrainingDriver({ options, store, archive, client, key, request });
    drivers.set(key, driver);
    try {
      if (await recall(request, () => false)) return;
      makeRoom();
      store.setState(({ training, reached, failures }) => ({
        training: [...training, { key, request, points: [] }],
        reached: without(reached, key),
        failures: without(failures, key),
      }));
      await driver.go();
    } finally {
      drivers.delete(key);
    }
  };

  return {
    store,
    async recall(request) {
      const taken = () => drivers.has(trainingKey(request));
      return taken() ? false : recall(request, taken);
    },
    async train(request) {
      const key = trainingKey(request);
      if (!drivers.has(key)) await begin(key, request);
    },
    cancel: (key) => drivers.get(key)?.cancel(),
    predict: (model, images) => client.request('predict', { model, images }),
    exportModel: (model, format) => client.request('exportModel', { model, format }),
    flush: () => archive.recorder.flush(),
  };
}
