/** Threads that share the steps of the training thread. */

import {
  openTeam,
  type TeamInfo,
  type TeamPort,
  teamHere,
  threadsFor,
} from '../../engine/executors/wasm/threadTeam.ts';
import { fetchSharedKernels } from '../../engine/wasmUrls.ts';
import { portTo } from '../port.ts';

/** A small program of its own: helpers need neither tfjs nor data. */
function spawn(): TeamPort {
  const worker = new Worker(new URL('./helper.ts', import.meta.url), { type: 'module' });
  return portTo(worker, 'it could not be started');
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
