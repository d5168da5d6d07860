/** The program of a thread that does a part of every training step; see team.ts. */
import { parentPort } from 'node:worker_threads';
import { LabError } from '../core/errors.ts';
import { serveTeam } from '../engine/executors/wasm/helper.ts';

const port = parentPort;
if (!port) throw new LabError('internal', 'teamThread.ts runs in a thread only.');

serveTeam({
  post: (message) => port.postMessage(message),
  listen: (message) => void port.on('message', message),
  close: () => port.close(),
});
