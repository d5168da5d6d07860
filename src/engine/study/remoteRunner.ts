/** A runner on another thread, seen from the study. */
import { fromErrorRecord, LabError } from '../../core/errors.ts';
import type { Port } from '../../core/rpc/port.ts';
import type { JobResult } from './jobs.ts';
import type { FromRunner, ToRunner } from './runnerProtocol.ts';
import { type OnNews, type Runner, studyCancelled } from './runners.ts';

export interface RemoteRunner extends Runner {
  /** Resolves once the thread has begun. @throws LabError `worker-died` if it cannot. */
  readonly ready: Promise<void>;
}

interface Call {
  readonly onNews: OnNews;
  readonly resolve: (results: readonly JobResult[]) => void;
  readonly reject: (error: LabError) => void;
}

/** Opens the runner behind a port. Its thread is started already; it loads what it needs by `setup`. */
export function remoteRunner<Setup>(
  port: Port<FromRunner, ToRunner<Setup>>,
  setup: Setup,
): RemoteRunner {
  const calls = new Map<number, Call>();
  let dead: LabError | null = null;
  let next = 0;
  let begun: () => void = () => undefined;
  let failed: (error: LabError) => void = () => undefined;
  const ready = new Promise<void>((resolve, reject) => {
    begun = resolve;
    failed = reject;
  });
  // Not everybody waits for it; a dead runner says so in every call.
  ready.catch(() => undefined);

  const settle = (id: number): Call | null => {
    const call = calls.get(id) ?? null;
    calls.delete(id);
    return call;
  };
  const die = (why: string) => {
    dead ??= new LabError('worker-died', `A thread that trained networks has ended: ${why}.`);
    failed(dead);
    for (const id of [...calls.keys()]) settle(id)?.reject(dead);
  };
  port.listen((message) => {
    switch (message.kind) {
      case 'ready':
        begun();
        break;
      case 'news':
        calls.get(message.id)?.onNews(message.news);
        break;
      case 'done':
        settle(message.id)?.resolve(message.results);
        break;
      case 'failed':
        settle(message.id)?.reject(fromErrorRecord(message.error));
        break;
      default:
        message satisfies never;
    }
  }, die);
  port.post({ kind: 'open', setup });

  return {
    capacity: 1,
    ready,
    run(jobs, onNews, signal) {
      const id = next++;
      return new Promise<readonly JobResult[]>((resolve, reject) => {
        if (dead) return reject(dead);
        if (signal.aborted) return reject(studyCancelled());
        const cancel = () => port.post({ kind: 'cancel', id });
        const done = () => signal.removeEventListener('abort', cancel);
        signal.addEventListener('abort', cancel, { once: true });
        calls.set(id, {
          onNews,
          resolve: (results) => {
            done();
            resolve(results);
          },
          reject: (error) => {
            done();
            reject(error);
          },
        });
        port.post({ kind: 'run', id, jobs });
      });
    },
    dispose() {
      die('it was closed');
      port.close();
    },
  };
}
