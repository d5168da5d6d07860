/** What a thread does that was started for the jobs of a study (open.ts). */
import type { Port } from '../../core/rpc/port.ts';
import type { FromRunner, ToRunner } from '../../engine/study/runnerProtocol.ts';
import { serveRunner } from '../../engine/study/serveRunner.ts';
import { prepareTask } from '../../engine/task.ts';
import { createWorkerHost } from '../training/host.ts';
import { yieldToEventLoop } from '../yieldToEventLoop.ts';
import type { RunnerSetup } from './open.ts';

const port: Port<ToRunner<RunnerSetup>, FromRunner> = {
  post: (message) => self.postMessage(message),
  listen: (message) =>
    self.addEventListener('message', ({ data }: MessageEvent<ToRunner<RunnerSetup>>) =>
      message(data),
    ),
  close: () => self.close(),
};

/** Answers to the training thread until it ends this one. */
export function serveStudy(): void {
  serveRunner(port, {
    yieldToEventLoop,
    async prepare({ config, backend, executor, baseUrl }) {
      // Notices about loading are the training thread's: it loads the same files.
      const host = createWorkerHost({ baseUrl, push: () => undefined });
      await host.backend(backend);
      const dataset = await host.dataset(config.run.task, new AbortController().signal);
      return { config, task: prepareTask(dataset, config.run), executor, clock: host.clock };
    },
  });
}
