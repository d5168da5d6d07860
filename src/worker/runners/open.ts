/** Runners of a study in the browser: threads started by the training thread, or this thread alone. */

import type { Port } from '../../core/rpc/port.ts';
import type { ToServer } from '../../core/rpc/protocol.ts';
import type { BackendInfo } from '../../core/run/events.ts';
import type { ExecutorId } from '../../core/run/executors.ts';
import type { StudyConfig } from '../../core/study/config.ts';
import type { JobContext } from '../../engine/study/jobs.ts';
import { type RemoteRunner, remoteRunner } from '../../engine/study/remoteRunner.ts';
import type { RunnerProtocol } from '../../engine/study/runnerProtocol.ts';
import { inlineRunner, type Runner } from '../../engine/study/runners.ts';
import { portTo } from '../port.ts';

/** What a thread needs to begin. */
export interface RunnerSetup {
  readonly config: StudyConfig;
  readonly backend: BackendInfo['name'];
  readonly executor: ExecutorId;
  /** Where data sets and WASM binaries are served from. */
  readonly baseUrl: string;
}

/** Name of a thread that does jobs of a study instead of answering a page. */
export const RUNNER_NAME = 'runner';

/** More threads than this cost memory rather than save time. */
const MOST_RUNNERS = 8;

/** One core is left to the page. */
const runnerCount = () => Math.min(MOST_RUNNERS, Math.max(1, navigator.hardwareConcurrency - 1));

/** Another thread of this program: the browser has it already. */
function spawn(): Port<unknown, ToServer<RunnerProtocol<RunnerSetup>>> {
  const worker = new Worker(self.location.href, { type: 'module', name: RUNNER_NAME });
  return portTo(worker, 'it could not be started');
}

/** Threads, as soon as the first of them has begun; none where threads cannot start threads. */
export async function threads(count: number, setup: RunnerSetup): Promise<readonly Runner[]> {
  const opened: RemoteRunner[] = [];
  try {
    const first = remoteRunner(spawn(), setup);
    opened.push(first);
    await first.ready;
    while (opened.length < count) opened.push(remoteRunner(spawn(), setup));
    return opened;
  } catch {
    for (const runner of opened) runner.dispose();
    return [];
  }
}

/**
 * The runners for a study: one thread a spare core with WASM; this thread on a GPU, which all threads
 * would share, and where nothing else is possible. The caller disposes them.
 */
export async function openRunners(
  context: JobContext,
  setup: RunnerSetup,
): Promise<readonly Runner[]> {
  const count = setup.backend === 'webgpu' ? 1 : runnerCount();
  const runners = count > 1 ? await threads(count, setup) : [];
  return runners.length > 0 ? runners : [inlineRunner(context)];
}
