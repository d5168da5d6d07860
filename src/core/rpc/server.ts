/**
 * The answering end of a protocol. It knows how requests, cancels and errors travel, and nothing of
 * what is asked: that is in the handlers, one for each request.
 */
import { LabError, toErrorRecord } from '../errors.ts';
import type { Port } from './port.ts';
import {
  type BodyOf,
  isToServer,
  type NewsMessage,
  type NewsOf,
  type Protocol,
  type PushMessage,
  type PushType,
  type RequestType,
  type ResultOf,
  type ToClient,
} from './protocol.ts';

/**
 * Answers one type of request. `signal` aborts when the client cancels; what is thrown reaches the
 * client as a `LabError`. `tell` posts news of this request, before its reply.
 */
export type Handler<P extends Protocol, T extends RequestType<P>> = (
  body: BodyOf<P, T>,
  signal: AbortSignal,
  tell: (news: NewsOf<P, T>) => void,
) => Promise<ResultOf<P, T>>;

/** A handler for each request of a protocol, or for some of them. */
export type Handlers<P extends Protocol, T extends RequestType<P> = RequestType<P>> = {
  readonly [K in T]: Handler<P, K>;
};

/** Says something of the server's own accord. */
export type Push<P extends Protocol> = <T extends PushType<P>>(
  type: T,
  body: P['pushes'][T],
) => void;

/** Answers through `port` as long as the thread lives; `open` makes the handlers from the setup. */
export function serve<P extends Protocol>(
  port: Port<unknown, ToClient<P>>,
  open: (setup: P['setup'], push: Push<P>) => Handlers<P>,
): void {
  const running = new Map<number, AbortController>();
  let handlers: Handlers<P> | null = null;
  const push = <T extends PushType<P>>(type: T, body: P['pushes'][T]) => {
    const message: PushMessage<P, T> = { kind: 'push', type, body };
    port.post(message);
  };

  const handlerOf = <T extends RequestType<P>>(type: T): Handler<P, T> => {
    if (!handlers) throw new LabError('internal', `“${type}” was asked before the opening.`);
    if (!Object.hasOwn(handlers, type)) {
      throw new LabError('internal', `Nobody answers “${type}” here.`);
    }
    return handlers[type];
  };

  const answer = async <T extends RequestType<P>>(
    id: number,
    type: T,
    body: BodyOf<P, T>,
  ): Promise<void> => {
    const abort = new AbortController();
    running.set(id, abort);
    try {
      const tell = (news: NewsOf<P, T>) => {
        const message: NewsMessage<P, T> = { kind: 'news', id, type, news };
        port.post(message);
      };
      const result = await handlerOf(type)(body, abort.signal, tell);
      port.post({ kind: 'reply', id, ok: true, result });
    } catch (thrown) {
      port.post({ kind: 'reply', id, ok: false, error: toErrorRecord(thrown) });
    } finally {
      running.delete(id);
    }
  };

  port.listen(
    (message) => {
      if (!isToServer<P>(message)) return;
      switch (message.kind) {
        case 'open':
          handlers = open(message.setup, push);
          break;
        case 'request':
          void answer(message.id, message.type, message.body);
          break;
        case 'cancel':
          running.get(message.id)?.abort();
          break;
        default:
          message satisfies never;
      }
    },
    // Who opened a thread ends it, too.
    () => undefined,
  );
  port.post({ kind: 'ready' });
}
