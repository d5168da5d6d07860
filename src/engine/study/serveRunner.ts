/** The thread's side of a runner: does what it is told, one call at a time. */
import { toErrorRecord } from '../../core/errors.ts';
import type { Port } from '../../core/rpc/port.ts';
import type { StudyJob } from '../../core/study/events.ts';
import type { JobContext } from './jobs.ts';
import type { FromRunner, ToRunner } from './runnerProtocol.ts';
import { inlineRunner, type OnNews } from './runners.ts';

export interface RunnerService<Setup> {
  /** Chooses the backend and loads the data set. Called once. */
  prepare(setup: Setup): Promise<Omit<JobContext, 'gate'>>;
  /** Lets waiting messages in. */
  readonly yieldToEventLoop: () => Promise<void>;
}

/** Answers until the thread ends. A thread that cannot be prepared fails every call. */
export function serveRunner<Setup>(
  port: Port<ToRunner<Setup>, FromRunner>,
  { prepare, yieldToEventLoop }: RunnerService<Setup>,
): void {
  const running = new Map<number, AbortController>();
  let context: Promise<Omit<JobContext, 'gate'>> | null = null;

  const answer = async (id: number, jobs: readonly StudyJob[]): Promise<void> => {
    const abort = new AbortController();
    running.set(id, abort);
    try {
      if (!context) throw new Error('The runner has not been opened.');
      const runner = inlineRunner({ ...(await context), gate: yieldToEventLoop });
      const onNews: OnNews = (news) => port.post({ kind: 'news', id, news });
      const results = await runner.run(jobs, onNews, abort.signal);
      port.post({ kind: 'done', id, results });
    } catch (thrown) {
      port.post({ kind: 'failed', id, error: toErrorRecord(thrown) });
    } finally {
      running.delete(id);
    }
  };

  port.listen(
    (message) => {
      switch (message.kind) {
        case 'open':
          context = prepare(message.setup);
          // Told by every call that needs it.
          context.catch(() => undefined);
          break;
        case 'run':
          void answer(message.id, message.jobs);
          break;
        case 'cancel':
          running.get(message.id)?.abort();
          break;
        default:
          message satisfies never;
      }
    },
    () => undefined,
  );
  port.post({ kind: 'ready' });
}
