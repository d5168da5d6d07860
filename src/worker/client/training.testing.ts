/** A worker that is not one: tests see what is posted to it and speak for it. */

import type { PushType } from '../../core/rpc/protocol.ts';
import type {
  FromWorker,
  RequestResult,
  RequestType,
  ToWorker,
  TrainingProtocol,
} from '../protocol/training.ts';
import type { TrainingWorker } from './training.ts';

type Listener = (event: { readonly data: unknown; readonly message?: string }) => void;
export type PostedRequest = Extract<ToWorker, { kind: 'request' }>;

export interface FakeWorker extends TrainingWorker {
  readonly posted: ToWorker[];
  readonly terminated: () => boolean;
  /** The requests of a type, in order. */
  requests(type: RequestType): readonly PostedRequest[];
  say(message: FromWorker): void;
  push<T extends PushType<TrainingProtocol>>(type: T, body: TrainingProtocol['pushes'][T]): void;
  reply(id: number, result: RequestResult<RequestType>): void;
  /** Ends as a crashing thread does. */
  crash(message: string): void;
  garble(): void;
}

/** A fake worker; `onPost` can answer by itself. */
export function createFakeWorker(
  onPost: (message: ToWorker, worker: FakeWorker) => void = () => {},
): FakeWorker {
  const listeners = new Map<string, Listener[]>();
  const emit = (type: string, event: { data: unknown; message?: string }) => {
    for (const listener of listeners.get(type) ?? []) listener(event);
  };
  let terminated = false;
  const posted: ToWorker[] = [];
  const worker: FakeWorker = {
    posted,
    terminated: () => terminated,
    postMessage(message) {
      posted.push(message);
      onPost(message, worker);
    },
    terminate() {
      terminated = true;
    },
    addEventListener(type: string, listener: Listener) {
      listeners.set(type, [...(listeners.get(type) ?? []), listener]);
    },
    requests: (type) =>
      posted.filter((one) => one.kind === 'request').filter((one) => one.type === type),
    say: (message) => emit('message', { data: message }),
    push: (type, body) => emit('message', { data: { kind: 'push', type, body } }),
    reply: (id, result) => emit('message', { data: { kind: 'reply', id, ok: true, result } }),
    crash: (message) => emit('error', { data: null, message }),
    garble: () => emit('messageerror', { data: null }),
  };
  return worker;
}
