/** Lanes of a study in Node: threads with a backend and a data set of their own. */
import { availableParallelism } from 'node:os';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { BackendInfo } from '../core/run/events.ts';
import type { ExecutorId } from '../core/run/executors.ts';
import type { StudyConfig } from '../core/study/config.ts';
import type { FromLane, LanePort, ToLane } from '../engine/study/laneProtocol.ts';
import type { Lane } from '../engine/study/lanes.ts';
import { remoteLane } from '../engine/study/remoteLane.ts';

/** What a thread needs to begin. */
export interface NodeLaneSetup {
  readonly config: StudyConfig;
  readonly backend: BackendInfo['name'];
  readonly executor: ExecutorId;
  readonly projectRoot: string;
}

/** One core is left to the rest of the machine, if there are more. */
export const defaultWorkers = () => Math.max(1, availableParallelism() - 1);

function portOf(worker: Worker): LanePort<FromLane, ToLane<NodeLaneSetup>> {
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

/** `count` threads that run `program`, each with one core's worth of work. */
export function threadLanes(count: number, program: string, setup: NodeLaneSetup): Lane[] {
  return Array.from({ length: count }, () =>
    remoteLane(portOf(new Worker(pathToFileURL(program))), setup),
  );
}
