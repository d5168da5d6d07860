/** Threads of Node behind the port that the engine and the kit in core/rpc know. */
import { pathToFileURL } from 'node:url';
import { parentPort, Worker } from 'node:worker_threads';
import { LabError } from '../core/errors.ts';
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

/** The way from this thread to the one that started it. @throws LabError `internal` in the first. */
export function ownPort<In, Out>(): Port<In, Out> {
  const port = parentPort;
  if (!port) throw new LabError('internal', 'This program runs in a thread only.');
  return {
    post: (message) => port.postMessage(message),
    listen: (message) => void port.on('message', message),
    close: () => port.close(),
  };
}
