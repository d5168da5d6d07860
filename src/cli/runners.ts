/** Runners of a study in Node: threads with a backend and a data set of their own. */
import { availableParallelism } from 'node:os';
import type { BackendInfo } from '../core/run/events.ts';
import type { ExecutorId } from '../core/run/executors.ts';
import type { StudyConfig } from '../core/study/config.ts';
import { remoteRunner } from '../engine/study/remoteRunner.ts';
import type { Runner } from '../engine/study/runners.ts';
import { startThread } from './threads.ts';

/** What a thread needs to begin. */
export interface NodeRunnerSetup {
  readonly config: StudyConfig;
  readonly backend: BackendInfo['name'];
  readonly executor: ExecutorId;
  readonly projectRoot: string;
}

/** One core is left to the rest of the machine, if there are more. */
export const defaultWorkers = () => Math.max(1, availableParallelism() - 1);

/** `count` threads that run `program`, each with one core's worth of work. */
export function threadRunners(count: number, program: string, setup: NodeRunnerSetup): Runner[] {
  return Array.from({ length: count }, () => remoteRunner(startThread(program), setup));
}
