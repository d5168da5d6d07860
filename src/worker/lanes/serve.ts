/** What a thread does that was started for the jobs of a study (open.ts). */
import type { Port } from '../../core/rpc/port.ts';
import type { FromLane, ToLane } from '../../engine/study/laneProtocol.ts';
import { serveLane } from '../../engine/study/serveLane.ts';
import { prepareTask } from '../../engine/task.ts';
import { createWorkerHost } from '../training/host.ts';
import { yieldToEventLoop } from '../yieldToEventLoop.ts';
import type { LaneSetup } from './open.ts';

const port: Port<ToLane<LaneSetup>, FromLane> = {
  post: (message) => self.postMessage(message),
  listen: (message) =>
    self.addEventListener('message', ({ data }: MessageEvent<ToLane<LaneSetup>>) => message(data)),
  close: () => self.close(),
};

/** Answers to the training thread until it ends this one. */
export function serveStudy(): void {
  serveLane(port, {
    yieldToEventLoop,
    async prepare({ config, backend, executor, baseUrl }) {
      // Notices about loading are the training thread's: it loads the same files.
      const host = createWorkerHost(() => undefined);
      host.configure(baseUrl);
      await host.backend(backend);
      const dataset = await host.dataset(config.run.task, new AbortController().signal);
      return { config, task: prepareTask(dataset, config.run), executor, clock: host.clock };
    },
  });
}
