/**
 * A client whose other side comes and goes: none is started before the first request, and after a
 * death the next request starts another.
 */
import { type ClientOptions, type Connection, connect, type RpcClient } from './client.ts';
import type { Port } from './port.ts';
import type { Protocol, ToServer } from './protocol.ts';

/** A client over ports made by `spawn`; none is made yet. */
export function createRestartingClient<P extends Protocol>(
  spawn: () => Port<unknown, ToServer<P>>,
  options: ClientOptions<P>,
): RpcClient<P> {
  let connection: Connection<P> | null = null;
  const current = () => {
    if (!connection?.alive()) connection = connect(spawn(), options);
    return connection;
  };
  // What is cancelled beforehand is no reason to start a thread.
  const isVain = (signal: AbortSignal | undefined) => signal?.aborted === true;
  return {
    alive: () => connection?.alive() ?? false,
    close: (why) => connection?.close(why),
    request: (type, body, call) =>
      isVain(call?.signal)
        ? Promise.reject(options.cancelled())
        : current().request(type, body, call),
    follow: (type, body, onNews, call) =>
      isVain(call?.signal)
        ? Promise.reject(options.cancelled())
        : current().follow(type, body, onNews, call),
  };
}
