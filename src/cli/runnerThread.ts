/** The program of a thread that does jobs of a study; see runners.ts. */
import { serveRunner } from '../engine/study/serveRunner.ts';
import { openHost, yieldToEventLoop } from './host.ts';
import type { NodeRunnerSetup } from './runners.ts';
import { ownPort } from './threads.ts';

serveRunner<NodeRunnerSetup>(ownPort(), {
  yieldToEventLoop,
  async prepare({ config, backend, executor, projectRoot }) {
    const { task } = await openHost(config.run, backend, projectRoot);
    return { config, task, executor, clock: () => performance.now() };
  },
});
