/** Threads that share the steps of the training thread. */

import type { FromHelper } from '../engine/executors/wasm/teamProtocol.ts';
import {
  openTeam,
  type TeamInfo,
  type TeamPort,
  teamHere,
  threadsFor,
} from '../engine/executors/wasm/threadTeam.ts';
import { fetchSharedKernels } from '../engine/wasmUrls.ts';

/** A small program of its own: helpers need neither tfjs nor data. */
function spawn(): TeamPort {
  const worker = new Worker(new URL('./workerTeamThread.ts', import.meta.url), { type: 'module' });
  return {
    post: (message) => worker.postMessage(message),
    listen(message, died) {
      worker.addEventListener('message', ({ data }: MessageEvent<FromHelper>) => message(data));
      worker.addEventListener('error', (event) => died(event.message || 'it could not be started'));
    },
    close: () => worker.terminate(),
  };
}

/** What to expect of `openWorkerTeam`. */
export const workerTeamHere = (): TeamInfo => teamHere(threadsFor(navigator.hardwareConcurrency));

/** Opens the team of this thread, once; where there can be none, steps are done by this thread alone. */
export const openWorkerTeam = (): Promise<TeamInfo> =>
  openTeam({
    threads: threadsFor(navigator.hardwareConcurrency),
    spawn,
    kernels: fetchSharedKernels,
  });
