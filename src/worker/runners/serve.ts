/** What a thread does that was started for the jobs of a study (open.ts). */
import { serveRunner } from '../../engine/study/serveRunner.ts';
import { prepareTask } from '../../engine/task.ts';
import { ownPort } from '../port.ts';
import { createWorkerHost } from '../training/host.ts';
import { yieldToEventLoop } from '../yieldToEventLoop.ts';
import type { RunnerSetup } from './open.ts';

/** Answers to the training thread until it ends this one. */
export function serveStudy(): void {
  serveRunner<RunnerSetup>(ownPort(), {
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
