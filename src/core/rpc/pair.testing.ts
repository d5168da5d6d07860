/**
 * For tests: two ends of a way on one thread. Messages are copied, and arrive a moment later and in
 * order, as between two threads.
 */
import type { Port } from './port.ts';

export interface PortPair {
  readonly client: Port<unknown, unknown>;
  readonly server: Port<unknown, unknown>;
  /** The other side dies, as the client sees it. */
  die(why: string): void;
  /** All that the client has posted. */
  readonly posted: readonly unknown[];
  readonly closed: () => boolean;
}

/** A pair; what is posted after `close` goes nowhere. */
export function createPortPair(): PortPair {
  const posted: unknown[] = [];
  let closed = false;
  let toClient: (message: unknown) => void = () => undefined;
  let toServer: (message: unknown) => void = () => undefined;
  let died: (why: string) => void = () => undefined;
  const carry = (message: unknown, deliver: (copy: unknown) => void) => {
    const copy: unknown = structuredClone(message);
    queueMicrotask(() => {
      if (!closed) deliver(copy);
    });
  };
  const close = () => {
    closed = true;
  };
  return {
    posted,
    closed: () => closed,
    die: (why) => died(why),
    client: {
      post(message) {
        carry(message, (copy) => toServer(copy));
        posted.push(message);
      },
      listen(message, whenDied) {
        toClient = message;
        died = whenDied;
      },
      close,
    },
    server: {
      post: (message) => carry(message, (copy) => toClient(copy)),
      listen(message) {
        toServer = message;
      },
      close,
    },
  };
}
