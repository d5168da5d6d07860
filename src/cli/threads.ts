/** Threads of Node behind the port that the engine knows. */
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { Port } from '../core/rpc/port.ts';

/** Starts a thread that runs `program`, the path of a module. */
export function startThread<In, Out>(program: string): Port<In, Out> {
  const worker = new Worker(pathToFileURL(program));
  return {
    post: (message) => worker.postMessage(message),
    listen(message, died) {
      worker.on('message', message);
      worker.on('error', (error) => died(error.message));
      worker.on('exit', (code) => died(`exit code ${code}`));
    },
    close: () => void worker.terminate(),
  };
}
