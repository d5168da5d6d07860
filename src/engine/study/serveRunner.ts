/** The thread's side of a runner: does the jobs it is given. */
import type { Port } from '../../core/rpc/port.ts';
import type { ToClient } from '../../core/rpc/protocol.ts';
import { serve } from '../../core/rpc/server.ts';
import type { JobContext } from './jobs.ts';
import type { RunnerProtocol } from './runnerProtocol.ts';
import { inlineRunner } from './runners.ts';

export interface RunnerService<Setup> {
  /** Chooses the backend and loads the data set. Called once. */
  prepare(setup: Setup): Promise<Omit<JobContext, 'gate'>>;
  /** Lets waiting messages in. */
  readonly yieldToEventLoop: () => Promise<void>;
}

/** Answers until the thread ends. A thread that cannot be prepared fails every call. */
export function serveRunner<Setup>(
  port: Port<unknown, ToClient<RunnerProtocol<Setup>>>,
  { prepare, yieldToEventLoop }: RunnerService<Setup>,
): void {
  serve<RunnerProtocol<Setup>>(port, (setup) => {
    const context = prepare(setup);
    // Told by every call that needs it.
    context.catch(() => undefined);
    return {
      async run(jobs, signal, tell) {
        const runner = inlineRunner({ ...(await context), gate: yieldToEventLoop });
        return runner.run(jobs, tell, signal);
      },
    };
  });
}
