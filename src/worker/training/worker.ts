/**
 * The training thread: which requests it answers, and who does. What it answers with is made in the
 * files beside. For a study it starts further threads of the same program, by another name, which do
 * jobs for it.
 */
import { type Handlers, type Push, serve } from '../../core/rpc/server.ts';
import { memory } from '../../engine/memory.ts';
import { checkEveryGradient } from '../../engine/selfTest.ts';
import { ownPort } from '../port.ts';
import type { TrainingProtocol } from '../protocol/training.ts';
import { RUNNER_NAME } from '../runners/open.ts';
import { serveStudy } from '../runners/serve.ts';
import { createArchitectureHandlers } from './architecture.ts';
import { createBenchHandlers } from './bench.ts';
import { createWorkerHost } from './host.ts';
import { createRunHandlers } from './run.ts';
import { createStudyHandlers } from './study.ts';

function open(
  { baseUrl }: TrainingProtocol['setup'],
  push: Push<TrainingProtocol>,
): Handlers<TrainingProtocol> {
  const host = createWorkerHost({ baseUrl, push });
  return {
    backend: ({ prefer }) => host.backend(prefer),
    ...createRunHandlers(host),
    ...createStudyHandlers(host),
    ...createArchitectureHandlers(host),
    ...createBenchHandlers(host),
    async gradients() {
      await host.backend();
      return checkEveryGradient();
    },
    memory: async () => memory(),
  };
}

if (self.name === RUNNER_NAME) serveStudy();
else serve<TrainingProtocol>(ownPort(), open);
