/** Lanes of a study in the browser: threads started by the training thread, or this thread alone. */

import type { Port } from '../../core/rpc/port.ts';
import type { BackendInfo } from '../../core/run/events.ts';
import type { ExecutorId } from '../../core/run/executors.ts';
import type { StudyConfig } from '../../core/study/config.ts';
import type { JobContext } from '../../engine/study/jobs.ts';
import type { FromLane, ToLane } from '../../engine/study/laneProtocol.ts';
import { inlineLane, type Lane } from '../../engine/study/lanes.ts';
import { type RemoteLane, remoteLane } from '../../engine/study/remoteLane.ts';

/** What a thread needs to begin. */
export interface LaneSetup {
  readonly config: StudyConfig;
  readonly backend: BackendInfo['name'];
  readonly executor: ExecutorId;
  /** Where data sets and WASM binaries are served from. */
  readonly baseUrl: string;
}

/** Name of a thread that does jobs of a study instead of answering a page. */
export const LANE_NAME = 'lane';

/** More threads than this cost memory rather than save time. */
const MOST_LANES = 8;

/** One core is left to the page. */
const laneCount = () => Math.min(MOST_LANES, Math.max(1, navigator.hardwareConcurrency - 1));

/** Another thread of this program: the browser has it already. */
function spawn(): Port<FromLane, ToLane<LaneSetup>> {
  const worker = new Worker(self.location.href, { type: 'module', name: LANE_NAME });
  return {
    post: (message) => worker.postMessage(message),
    listen(message, died) {
      worker.addEventListener('message', ({ data }: MessageEvent<FromLane>) => message(data));
      worker.addEventListener('error', (event) => died(event.message || 'it could not be started'));
    },
    close: () => worker.terminate(),
  };
}

/** Threads, as soon as the first of them has begun; none where threads cannot start threads. */
export async function threads(count: number, setup: LaneSetup): Promise<readonly Lane[]> {
  const opened: RemoteLane[] = [];
  try {
    const first = remoteLane(spawn(), setup);
    opened.push(first);
    await first.ready;
    while (opened.length < count) opened.push(remoteLane(spawn(), setup));
    return opened;
  } catch {
    for (const lane of opened) lane.dispose();
    return [];
  }
}

/**
 * The lanes for a study: one thread a spare core with WASM; this thread on a GPU, which all threads
 * would share, and where nothing else is possible. The caller disposes them.
 */
export async function openLanes(context: JobContext, setup: LaneSetup): Promise<readonly Lane[]> {
  const count = setup.backend === 'webgpu' ? 1 : laneCount();
  const lanes = count > 1 ? await threads(count, setup) : [];
  return lanes.length > 0 ? lanes : [inlineLane(context)];
}
