/** Threads of the browser behind the port that the engine and the kit in core/rpc know. */
import type { Port } from '../core/rpc/port.ts';

/** What a port needs of a `Worker`. */
export interface WorkerLike<In, Out> {
  postMessage(message: Out): void;
  terminate(): void;
  addEventListener(type: 'message', listener: (event: { readonly data: In }) => void): void;
  addEventListener(
    type: 'error' | 'messageerror',
    listener: (event: { readonly message?: string }) => void,
  ): void;
}

/** The way to a thread that was started here. `unstarted`: why it died if the browser does not say. */
export function portTo<In, Out>(worker: WorkerLike<In, Out>, unstarted: string): Port<In, Out> {
  return {
    post: (message) => worker.postMessage(message),
    listen(message, died) {
      worker.addEventListener('message', ({ data }) => message(data));
      worker.addEventListener('error', (event) => died(event.message || unstarted));
      worker.addEventListener('messageerror', () => died('a message could not be read'));
    },
    close: () => worker.terminate(),
  };
}

/** The way from this thread to the one that started it. */
export function ownPort<In, Out>(): Port<In, Out> {
  return {
    post: (message) => self.postMessage(message),
    listen: (message) =>
      self.addEventListener('message', ({ data }: MessageEvent<In>) => message(data)),
    close: () => self.close(),
  };
}
