/** The program of a thread that does jobs of a study; see lanes.ts. */
import { parentPort } from 'node:worker_threads';
import { LabError } from '../core/errors.ts';
import type { Port } from '../core/rpc/port.ts';
import type { FromLane, ToLane } from '../engine/study/laneProtocol.ts';
import { serveLane } from '../engine/study/serveLane.ts';
import { openHost, yieldToEventLoop } from './host.ts';
import type { NodeLaneSetup } from './lanes.ts';

const port = parentPort;
if (!port) throw new LabError('internal', 'laneThread.ts runs in a thread only.');

const way: Port<ToLane<NodeLaneSetup>, FromLane> = {
  post: (message) => port.postMessage(message),
  listen: (message) => void port.on('message', message),
  close: () => port.close(),
};

serveLane(way, {
  yieldToEventLoop,
  async prepare({ config, backend, executor, projectRoot }) {
    const { task } = await openHost(config.run, backend, projectRoot);
    return { config, task, executor, clock: () => performance.now() };
  },
});
