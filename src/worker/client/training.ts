/**
 * The page's end of the training thread. There is no thread until the first request; if it dies, every
 * pending call is rejected with `worker-died` and the next request starts another.
 */
import { type ErrorRecord, LabError, toErrorRecord } from '../../core/errors.ts';
import type { PushHandlers, RpcClient } from '../../core/rpc/client.ts';
import { createRestartingClient } from '../../core/rpc/restarting.ts';
import { portTo, type WorkerLike } from '../port.ts';
import { type ToWorker, TRAINING_CHECKS, type TrainingProtocol } from '../protocol/training.ts';

/** What the client needs of the thread. */
export type TrainingWorker = WorkerLike<unknown, ToWorker>;

export interface ClientOptions {
  readonly baseUrl: string;
  readonly pushes: PushHandlers<TrainingProtocol>;
  /** Called once a death, after the pending calls are rejected. */
  readonly onDied?: (error: ErrorRecord) => void;
}

export interface WorkerClient extends Pick<RpcClient<TrainingProtocol>, 'request' | 'alive'> {
  /** Ends the worker; pending calls are rejected. The next request starts another. */
  terminate(): void;
}

const ignore = () => undefined;

/** For a page that hears little: to be spread before the handlers that it has. */
export const NOTHING_HEARD: PushHandlers<TrainingProtocol> = {
  events: ignore,
  checkpoint: ignore,
  studyEvents: ignore,
  studyProgress: ignore,
  curve: ignore,
  benchLine: ignore,
  warning: ignore,
  team: ignore,
  notice: ignore,
};

/** How long a cancelled call waits for the worker's own answer. */
const CANCEL_GRACE_MS = 300;

const died = (why: string) =>
  new LabError(
    'worker-died',
    `The training thread stopped: ${why}. What was logged is kept; play goes on from there.`,
    { why },
  );

/** Makes a client; no worker is started yet. */
export function createWorkerClient(
  factory: () => TrainingWorker,
  { baseUrl, pushes, onDied }: ClientOptions,
): WorkerClient {
  const client = createRestartingClient<TrainingProtocol>(
    () => portTo(factory(), 'it could not be loaded'),
    {
      setup: { baseUrl },
      checks: TRAINING_CHECKS,
      pushes,
      name: 'training thread',
      died,
      cancelled: () => new LabError('cancelled', 'The work was cancelled.'),
      grace: CANCEL_GRACE_MS,
      onDied: (error) => onDied?.(toErrorRecord(error)),
    },
  );
  return {
    request: client.request,
    alive: client.alive,
    terminate: () => client.close('it was ended'),
  };
}
