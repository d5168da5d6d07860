/**
 * The asking end of a protocol: one connection over one port. It settles every call exactly once: by
 * the server's reply, by a cancel, or by the death of the other side. restarting.ts makes connections
 * anew when one has died.
 */
import { fromErrorRecord, LabError } from '../errors.ts';
import type { Port } from './port.ts';
import {
  type BodyOf,
  isToClient,
  type NewsMessage,
  type NewsOf,
  type Protocol,
  type PushMessage,
  type PushType,
  type ReplyMessage,
  type RequestMessage,
  type RequestType,
  type ResultOf,
  type TellingType,
  type ToClient,
  type ToServer,
} from './protocol.ts';

/** Who hears what the server says of its own accord: one handler for each push. */
export type PushHandlers<P extends Protocol> = {
  readonly [T in PushType<P>]: (body: P['pushes'][T]) => void;
};

/**
 * Whether a reply is what its request promises has to be asked: the other side may be another build
 * than this one.
 */
export type ResultChecks<P extends Protocol> = {
  readonly [T in RequestType<P>]: (value: unknown) => value is ResultOf<P, T>;
};

export interface ClientOptions<P extends Protocol> {
  readonly setup: P['setup'];
  readonly checks: ResultChecks<P>;
  readonly pushes: PushHandlers<P>;
  /** The other side in a sentence: “training thread”. */
  readonly name: string;
  /** What calls are rejected with when the other side has died of `why`. */
  readonly died: (why: string) => LabError;
  /** What calls are rejected with that were cancelled before they were posted, or in vain. */
  readonly cancelled: () => LabError;
  /** Milliseconds that a cancelled call waits for the server's own answer; for ever unless given. */
  readonly grace?: number;
  /** Called once a death, after the pending calls are rejected; not for a `close`. */
  readonly onDied?: (error: LabError) => void;
}

export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
}

export interface RpcClient<P extends Protocol> {
  /** Asks. @throws LabError of the server; that of `died` or `cancelled`. */
  request<T extends Exclude<RequestType<P>, TellingType<P>>>(
    type: T,
    body: BodyOf<P, T>,
    options?: CallOptions,
  ): Promise<ResultOf<P, T>>;
  /** Asks what tells something before it is answered. */
  follow<T extends RequestType<P> & TellingType<P>>(
    type: T,
    body: BodyOf<P, T>,
    onNews: (news: NewsOf<P, T>) => void,
    options?: CallOptions,
  ): Promise<ResultOf<P, T>>;
  /** True while the other side is there. */
  readonly alive: () => boolean;
  /** Ends the other side; pending calls are rejected. */
  close(why: string): void;
}

export interface Connection<P extends Protocol> extends RpcClient<P> {
  /** Resolves once the server listens. @throws LabError of `died` if it never does. */
  readonly ready: Promise<void>;
}

interface Pending<P extends Protocol> {
  tell(message: NewsMessage<P>): void;
  settle(reply: ReplyMessage<P>): void;
  fail(error: LabError): void;
}

interface Link<P extends Protocol> {
  readonly port: Port<unknown, ToServer<P>>;
  readonly pending: Map<number, Pending<P>>;
  readonly options: ClientOptions<P>;
}

interface Asked<P extends Protocol, T extends RequestType<P>> {
  readonly type: T;
  readonly body: BodyOf<P, T>;
  readonly onNews: (news: NewsOf<P, T>) => void;
}

const isNewsOf = <P extends Protocol, T extends RequestType<P>>(
  message: NewsMessage<P>,
  type: T,
): message is NewsMessage<P, T> => message.type === type;

/** Opens the conversation over a port, whose other side serves the protocol. */
export function connect<P extends Protocol>(
  port: Port<unknown, ToServer<P>>,
  options: ClientOptions<P>,
): Connection<P> {
  const { setup, pushes, died, onDied } = options;
  const pending = new Map<number, Pending<P>>();
  let nextId = 1;
  let dead: LabError | null = null;
  let begun: () => void = () => undefined;
  let vain: (error: LabError) => void = () => undefined;
  const ready = new Promise<void>((resolve, reject) => {
    begun = resolve;
    vain = reject;
  });
  // Not everybody waits for it; a dead side says so in every call.
  ready.catch(() => undefined);

  const end = (why: string): LabError | null => {
    if (dead) return null;
    dead = died(why);
    port.close();
    vain(dead);
    for (const call of [...pending.values()]) call.fail(dead);
    return dead;
  };

  const hear = <T extends PushType<P>>({ type, body }: PushMessage<P, T>) => {
    if (Object.hasOwn(pushes, type)) pushes[type](body);
  };

  const receive = (message: ToClient<P>) => {
    switch (message.kind) {
      case 'ready':
        begun();
        break;
      case 'reply':
        pending.get(message.id)?.settle(message);
        break;
      case 'news':
        pending.get(message.id)?.tell(message);
        break;
      case 'push':
        hear(message);
        break;
      default:
        message satisfies never;
    }
  };

  const call = <T extends RequestType<P>>(
    asked: Asked<P, T>,
    signal: AbortSignal | undefined,
  ): Promise<ResultOf<P, T>> => {
    if (dead) return Promise.reject(dead);
    if (signal?.aborted) return Promise.reject(options.cancelled());
    return ask({ port, pending, options }, nextId++, asked, signal);
  };

  port.listen(
    (message) => {
      if (!dead && isToClient<P>(message)) receive(message);
    },
    (why) => {
      const error = end(why);
      if (error) onDied?.(error);
    },
  );
  port.post({ kind: 'open', setup });

  return {
    ready,
    alive: () => dead === null,
    close: (why) => void end(why),
    request: (type, body, { signal } = {}) => call({ type, body, onNews: () => undefined }, signal),
    follow: (type, body, onNews, { signal } = {}) => call({ type, body, onNews }, signal),
  };
}

/** One call: posts the request and settles once, whatever comes first. */
function ask<P extends Protocol, T extends RequestType<P>>(
  { port, pending, options }: Link<P>,
  id: number,
  { type, body, onNews }: Asked<P, T>,
  signal: AbortSignal | undefined,
): Promise<ResultOf<P, T>> {
  const { name, grace, cancelled } = options;
  const check: (value: unknown) => value is ResultOf<P, T> = options.checks[type];
  return new Promise((resolve, reject) => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const abort = () => {
      port.post({ kind: 'cancel', id });
      if (grace !== undefined) timer = setTimeout(() => fail(cancelled()), grace);
    };
    const over = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
      pending.delete(id);
    };
    const fail = (error: LabError) => {
      over();
      reject(error);
    };
    pending.set(id, {
      fail,
      tell(message) {
        if (isNewsOf(message, type)) onNews(message.news);
      },
      settle(reply) {
        if (!reply.ok) return fail(fromErrorRecord(reply.error));
        const result: unknown = reply.result;
        if (!check(result)) return fail(malformed(name, type));
        over();
        resolve(result);
      },
    });
    signal?.addEventListener('abort', abort, { once: true });
    try {
      const message: RequestMessage<P, T> = { kind: 'request', id, type, body };
      port.post(message);
    } catch (thrown) {
      fail(unsendable(name, type, thrown));
    }
  });
}

const malformed = (name: string, type: string) =>
  new LabError('internal', `The ${name} answered “${type}” in a form this page cannot read.`, {
    type,
  });

const unsendable = (name: string, type: string, thrown: unknown) => {
  const why = thrown instanceof Error ? thrown.message : String(thrown);
  return new LabError('internal', `“${type}” could not be sent to the ${name}: ${why}`);
};
