/** A runner on another thread, seen from the study. */
import { LabError } from '../../core/errors.ts';
import { connect } from '../../core/rpc/client.ts';
import type { Port } from '../../core/rpc/port.ts';
import type { ToServer } from '../../core/rpc/protocol.ts';
import type { JobResult } from './jobs.ts';
import type { RunnerProtocol } from './runnerProtocol.ts';
import { type Runner, studyCancelled } from './runners.ts';

export interface RemoteRunner extends Runner {
  /** Resolves once the thread has begun. @throws LabError `worker-died` if it cannot. */
  readonly ready: Promise<void>;
}

/** Opens the runner behind a port. Its thread is started already; it loads what it needs by `setup`. */
export function remoteRunner<Setup>(
  port: Port<unknown, ToServer<RunnerProtocol<Setup>>>,
  setup: Setup,
): RemoteRunner {
  const thread = connect<RunnerProtocol<Setup>>(port, {
    setup,
    // Both ends are of one program: what matters of a result is checked by whoever takes it.
    checks: { run: (value): value is readonly JobResult[] => Array.isArray(value) },
    pushes: {},
    name: 'thread that trains networks',
    died: (why) => new LabError('worker-died', `A thread that trained networks has ended: ${why}.`),
    cancelled: studyCancelled,
  });
  return {
    capacity: 1,
    ready: thread.ready,
    run: (jobs, onNews, signal) => thread.follow('run', jobs, onNews, { signal }),
    dispose: () => thread.close('it was closed'),
  };
}
