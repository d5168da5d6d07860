/** Lanes of a study in Node: threads with a backend and a data set of their own. */
import { availableParallelism } from 'node:os';
import type { BackendInfo } from '../core/run/events.ts';
import type { ExecutorId } from '../core/run/executors.ts';
import type { StudyConfig } from '../core/study/config.ts';
import type { FromLane, ToLane } from '../engine/study/laneProtocol.ts';
import type { Lane } from '../engine/study/lanes.ts';
import { remoteLane } from '../engine/study/remoteLane.ts';
import { startThread } from './threads.ts';

/** What a thread needs to begin. */
export interface NodeLaneSetup {
  readonly config: StudyConfig;
  readonly backend: BackendInfo['name'];
  readonly executor: ExecutorId;
  readonly projectRoot: string;
}

/** One core is left to the rest of the machine, if there are more. */
export const defaultWorkers = () => Math.max(1, availableParallelism() - 1);

/** `count` threads that run `program`, each with one core's worth of work. */
export function threadLanes(count: number, program: string, setup: NodeLaneSetup): Lane[] {
  return Array.from({ length: count }, () =>
    remoteLane(startThread<FromLane, ToLane<NodeLaneSetup>>(program), setup),
  );
}
