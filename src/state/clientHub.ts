/**
 * One training thread for everybody: each part of the page shares the client, and hears what is meant
 * for it. `HeardBy` says what that is; a push that nobody hears does not compile, nor does a part that
 * leaves out what it is to hear.
 */
import type { ErrorRecord } from '../core/errors.ts';
import type { PushHandlers } from '../core/rpc/client.ts';
import type { PushType } from '../core/rpc/protocol.ts';
import {
  createWorkerClient,
  type TrainingWorker,
  type WorkerClient,
} from '../worker/client/training.ts';
import type { TrainingProtocol } from '../worker/protocol/training.ts';

/** Which part of the page hears what the training thread says of its own accord. */
interface HeardBy {
  events: 'run';
  checkpoint: 'run';
  notice: 'run';
  warning: 'run';
  team: 'run';
  studyEvents: 'study';
  studyProgress: 'study';
  curve: 'networks';
  /** Of the page at `?bench`, whose thread is its own. */
  benchLine: 'benchmarks';
}

type Pushed = PushType<TrainingProtocol>;
type Handlers = PushHandlers<TrainingProtocol>;
export type Part = Exclude<HeardBy[Pushed], 'benchmarks'>;

/** A handler for each push that `P` hears. */
export type HandlersOf<P extends Part> = {
  readonly [T in Pushed as HeardBy[T] extends P ? T : never]: Handlers[T];
};

/** Makes the client of a part; all clients of a hub are the same thread. */
export type ConnectClient = <P extends Part>(
  part: P,
  handlers: HandlersOf<P>,
  onDied?: (error: ErrorRecord) => void,
) => WorkerClient;

/** A hub; no worker is started before the first request. */
export function createClientHub(spawn: () => TrainingWorker, baseUrl: string): ConnectClient {
  const listeners: Partial<Handlers>[] = [];
  const deaths: ((error: ErrorRecord) => void)[] = [];
  const toAll =
    <T extends Pushed>(type: T) =>
    (body: TrainingProtocol['pushes'][T]) => {
      for (const one of listeners) one[type]?.(body);
    };
  const client = createWorkerClient(spawn, {
    baseUrl,
    pushes: {
      events: toAll('events'),
      checkpoint: toAll('checkpoint'),
      notice: toAll('notice'),
      warning: toAll('warning'),
      team: toAll('team'),
      studyEvents: toAll('studyEvents'),
      studyProgress: toAll('studyProgress'),
      curve: toAll('curve'),
      benchLine: toAll('benchLine'),
    },
    onDied: (error) => {
      for (const one of deaths) one(error);
    },
  });
  return (_part, handlers, onDied) => {
    listeners.push(handlers);
    if (onDied) deaths.push(onDied);
    return client;
  };
}
