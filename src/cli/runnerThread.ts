/** The program of a thread that does jobs of a study; see runners.ts. */
import { parentPort } from 'node:worker_threads';
import { LabError } from '../core/errors.ts';
import type { Port } from '../core/rpc/port.ts';
import type { FromRunner, ToRunner } from '../engine/study/runnerProtocol.ts';
import { serveRunner } from '../engine/study/serveRunner.ts';
import { openHost, yieldToEventLoop } from './host.ts';
import type { NodeRunnerSetup } from './runners.ts';

const port = parentPort;
if (!port) throw new LabError('internal', 'runnerThread.ts runs in a thread only.');

const way: Port<ToRunner<NodeRunnerSetup>, FromRunner> = {
  post: (message) => port.postMessage(message),
  listen: (message) => void port.on('message', message),
  close: () => port.close(),
};

serveRunner(way, {
  yieldToEventLoop,
  async prepare({ config, backend, executor, projectRoot }) {
    const { task } = await openHost(config.run, backend, projectRoot);
    return { config, task, executor, clock: () => performance.now() };
  },
});
