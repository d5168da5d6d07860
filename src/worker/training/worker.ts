/**
 * The training thread: answers requests. What it answers with is made in the files beside. For a
 * study it starts further threads of the same program, by another name, which do jobs for it.
 */
import { toErrorRecord } from '../../core/errors.ts';
import { memory } from '../../engine/memory.ts';
import { checkEveryGradient } from '../../engine/selfTest.ts';
import type { RequestBody, RequestResult, RequestType, ToWorker } from '../protocol/training.ts';
import { RUNNER_NAME } from '../runners/open.ts';
import { serveStudy } from '../runners/serve.ts';
import { createArchitectureHandlers } from './architecture.ts';
import { createBenchHandlers } from './bench.ts';
import { createWorkerHost } from './host.ts';
import { createRunHandlers } from './run.ts';
import { createStudyHandlers } from './study.ts';

type Handlers = {
  [T in RequestType]: (body: RequestBody<T>, signal: AbortSignal) => Promise<RequestResult<T>>;
};

const host = createWorkerHost((message) => self.postMessage(message));
const cancels = new Map<number, AbortController>();

const handlers: Handlers = {
  backend: ({ prefer }) => host.backend(prefer),
  ...createRunHandlers(host),
  ...createStudyHandlers(host),
  ...createArchitectureHandlers(host),
  ...createBenchHandlers(host),
  gradients: async () => {
    await host.backend();
    return checkEveryGradient();
  },
  memory: async () => memory(),
};

async function answer<T extends RequestType>(id: number, type: T, body: RequestBody<T>) {
  const controller = new AbortController();
  cancels.set(id, controller);
  try {
    const result = await handlers[type](body, controller.signal);
    host.send({ kind: 'reply', id, ok: true, result });
  } catch (thrown) {
    host.send({ kind: 'reply', id, ok: false, error: toErrorRecord(thrown) });
  } finally {
    cancels.delete(id);
  }
}

function servePage(): void {
  self.addEventListener('message', ({ data }: MessageEvent<ToWorker>) => {
    switch (data.kind) {
      case 'configure':
        host.configure(data.baseUrl);
        break;
      case 'cancel':
        cancels.get(data.id)?.abort();
        break;
      case 'request':
        void answer(data.id, data.type, data.body);
        break;
      default:
        data satisfies never;
    }
  });
  host.send({ kind: 'ready' });
}

if (self.name === RUNNER_NAME) serveStudy();
else servePage();
