/**
 * What every handler of the training thread shares: the backend, the data sets, the way to the page,
 * and the turn to train. No requests are answered here.
 */
import { LabError } from '../../core/errors.ts';
import type { Push } from '../../core/rpc/server.ts';
import type { BackendInfo, BackendProbe } from '../../core/run/events.ts';
import { chooseVariant, type DatasetDescriptor, FULL_MANIFEST_PATH } from '../../data/catalogue.ts';
import { createDatasetCache, type Dataset, type DatasetCache } from '../../data/load.ts';
import { browserSource } from '../../data/source.ts';
import { type BackendPreference, chooseBackend } from '../../engine/backend.ts';
import {
  currentLoss,
  lossBehind,
  renewDevice,
  TOLD_WITHIN,
  watchDevice,
} from '../../engine/device.ts';
import { tryExecutor } from '../../engine/executors/webgpu/trust.ts';
import { fetchKernels, WASM_URLS } from '../../engine/wasmUrls.ts';
import type { TrainingProtocol } from '../protocol/training.ts';
import { openWorkerTeam, workerTeamHere } from '../team/open.ts';
import { createTurn, type Turn } from './turn.ts';

export interface WorkerHost {
  /** Where data sets and WASM binaries are served from. */
  readonly baseUrl: string;
  /** Tells the page something that it did not ask for. */
  readonly push: Push<TrainingProtocol>;
  /** Shows a sentence that the user should read; nothing if it is empty. */
  warn(text: string): void;
  /** Milliseconds, monotonic. */
  readonly clock: () => number;
  /** One thing trains at a time; the others wait for their turn. */
  readonly turn: Turn;
  /** The backend that the user prefers, or the one named, tested; the same until it is lost. */
  backend(prefer?: BackendPreference): Promise<BackendProbe>;
  /** The data set of a task, in full if this host has it in full. */
  dataset(task: Parameters<typeof chooseVariant>[0], signal: AbortSignal): Promise<Dataset>;
  /** Opens the threads that share the steps of this one, where there can be some, after `backend`. */
  team(): Promise<void>;
  /** Tells `listener` when the device is lost or refuses; returns the way to stop listening. */
  onLost(listener: (error: LabError) => void): () => void;
  /** The loss of the device behind an error; null if that has another cause. */
  lossBehind(thrown: unknown): Promise<LabError | null>;
  /**
   * Brings the GPU back after a loss, tested as before. Executors of the old device are gone.
   * @throws LabError `backend-unavailable` if it does not come back.
   */
  renew(): Promise<void>;
}

/** The host of this thread. */
export function createWorkerHost({
  baseUrl,
  push,
}: Pick<WorkerHost, 'baseUrl' | 'push'>): WorkerHost {
  const listeners = new Set<(error: LabError) => void>();
  let datasets: DatasetCache | null = null;
  let probe: BackendProbe | null = null;
  let preference: BackendPreference = 'auto';

  const fullManifest = async (): Promise<unknown> => {
    try {
      const response = await fetch(`${baseUrl}${FULL_MANIFEST_PATH}`);
      const isJson = response.headers.get('content-type')?.includes('json') ?? false;
      return response.ok && isJson ? await response.json() : null;
    } catch {
      return null;
    }
  };

  const load = (dataset: string | DatasetDescriptor, signal: AbortSignal): Promise<Dataset> => {
    datasets ??= createDatasetCache(browserSource(baseUrl));
    return datasets.load(
      dataset,
      ({ file, loadedBytes, totalBytes }) =>
        push('notice', { topic: 'dataset', text: file, done: loadedBytes, total: totalBytes }),
      signal,
    );
  };

  /** What was known before the device was lost. */
  let before: BackendProbe | null = null;
  const onTrouble = (error: LabError) => {
    if (error.code === 'device-lost') before = probe ?? before;
    probe = null;
    for (const listener of [...listeners]) listener(error);
  };

  const choosing = createTurn();
  const choose = async (prefer: BackendPreference = preference): Promise<BackendProbe> => {
    if (probe && (prefer === preference || prefer === probe.chosen.name)) return probe;
    push('notice', { topic: 'backend', text: 'Testing the gradients', done: 0, total: 1 });
    // A device that was lost while nobody trained would fail its test.
    if (await currentLoss()) await renewDevice().catch(() => undefined);
    probe = await chooseBackend(prefer, { wasmPaths: WASM_URLS, kernels: fetchKernels });
    preference = prefer;
    watchDevice(onTrouble);
    if (probe.chosen.name === 'wasm') push('team', workerTeamHere());
    push('notice', { topic: 'backend', text: 'Ready', done: 1, total: 1 });
    return probe;
  };

  return {
    baseUrl,
    push,
    warn(text) {
      if (text) push('warning', text);
    },
    clock: () => performance.now(),
    turn: createTurn(),
    // One choice at a time: a backend that is being started cannot be started twice.
    backend: (prefer) => choosing.take(new AbortController().signal, () => choose(prefer)),
    dataset: async (task, signal) => load(await chooseVariant(task, fullManifest), signal),
    async team() {
      if (probe?.chosen.name !== 'wasm') return;
      push('team', await openWorkerTeam());
    },
    onLost(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    lossBehind,
    renew: () =>
      choosing.take(new AbortController().signal, async () => {
        if (await currentLoss(TOLD_WITHIN)) await renewDevice();
        await tryExecutor();
        probe ??= before;
      }),
  };
}

/** The facts of a header that decide where and on what a log can go on. */
interface Origin {
  readonly backend: BackendInfo;
  readonly datasetDigest: string;
}

/** A log goes on where it began: on its own backend, if this machine has it. */
export function backendOf(header: Origin | null): BackendPreference | undefined {
  return header?.backend.name;
}

/** @throws LabError `dataset-unavailable` if the images here are not those of the log. */
export function checkSameData(what: string, header: Origin | null, digest: string): void {
  if (!header || header.datasetDigest === digest) return;
  throw new LabError(
    'dataset-unavailable',
    `This ${what} was made on other images (${header.datasetDigest.slice(0, 12)}…) than those here (${digest.slice(0, 12)}…). Start a new ${what}, or restore the data set.`,
    { expected: header.datasetDigest, found: digest },
  );
}
