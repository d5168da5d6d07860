/**
 * The kit over a pair of ports: replies, errors, cancels, order and death, and what must not compile.
 * A line under `@ts-expect-error` is a type test: the type check fails if the compiler accepts it.
 */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { LabError } from '../errors.ts';
import { type ClientOptions, connect } from './client.ts';
import { createPortPair } from './pair.testing.ts';
import type { Call } from './protocol.ts';
import { createRestartingClient } from './restarting.ts';
import { type Handlers, type Push, serve } from './server.ts';

type Requests = {
  double: Call<number, number>;
  refuse: Call<string, null>;
  hang: Call<unknown, string>;
  count: Call<number, number, string>;
};

interface Example {
  readonly setup: { readonly factor: number };
  readonly requests: Requests;
  readonly pushes: { said: string; done: { readonly of: number } };
}

const isNumber = (value: unknown): value is number => typeof value === 'number';

const handlersOf = (factor: number, push: Push<Example>): Handlers<Example> => ({
  async double(value) {
    push('said', `doubling ${value}`);
    return factor * value;
  },
  async refuse(why) {
    throw new LabError('usage', why, { why });
  },
  hang: (_, signal) =>
    new Promise((resolve) => {
      signal.addEventListener('abort', () => resolve('let go'), { once: true });
    }),
  async count(to, _, tell) {
    for (let i = 1; i <= to; i++) tell(`${i} of ${to}`);
    push('done', { of: to });
    return to;
  },
});

const optionsOf = (heard: unknown[]): ClientOptions<Example> => ({
  setup: { factor: 2 },
  checks: {
    double: isNumber,
    refuse: (value) => value === null,
    hang: (value) => typeof value === 'string',
    count: isNumber,
  },
  pushes: {
    said: (text) => heard.push(text),
    done: ({ of }) => heard.push(of),
  },
  name: 'helper',
  died: (why) => new LabError('worker-died', `The helper stopped: ${why}.`),
  cancelled: () => new LabError('cancelled', 'Cancelled.'),
});

function setUp(more: Partial<ClientOptions<Example>> = {}) {
  const pair = createPortPair();
  const heard: unknown[] = [];
  serve<Example>(pair.server, ({ factor }, push) => handlersOf(factor, push));
  const client = connect<Example>(pair.client, { ...optionsOf(heard), ...more });
  return { ...pair, client, heard };
}

afterEach(() => void vi.useRealTimers());

describe('a call', () => {
  it('opens first, and gets its own reply', async () => {
    const { client, posted } = setUp();
    await client.ready;
    const both = [client.request('double', 4), client.request('double', 5)];
    await expect(Promise.all(both)).resolves.toEqual([8, 10]);
    expect(posted).toEqual([
      { kind: 'open', setup: { factor: 2 } },
      { kind: 'request', id: 1, type: 'double', body: 4 },
      { kind: 'request', id: 2, type: 'double', body: 5 },
    ]);
  });

  it('gets the typed error of the handler', async () => {
    const { client } = setUp();
    const refused = client.request('refuse', 'no such thing');
    await expect(refused).rejects.toBeInstanceOf(LabError);
    await expect(refused).rejects.toMatchObject({
      code: 'usage',
      message: 'no such thing',
      details: { why: 'no such thing' },
    });
  });

  it('is refused if its reply is not what was promised', async () => {
    const { client } = setUp({
      checks: { ...optionsOf([]).checks, double: (value): value is number => value === 1 },
    });
    await expect(client.request('double', 4)).rejects.toMatchObject({
      code: 'internal',
      details: { type: 'double' },
    });
  });

  it('fails by itself if it cannot be sent', async () => {
    const { client } = setUp();
    const call = client.request('hang', () => 'no plain data');
    await expect(call).rejects.toThrow(/“hang” could not be sent to the helper/);
    await expect(client.request('double', 1)).resolves.toBe(2);
  });

  it('hears pushes and its own news in order, and before its reply', async () => {
    const { client, heard } = setUp();
    const first = client.follow('count', 2, (news) => heard.push(news));
    const second = client.follow('count', 1, (news) => heard.push(`second: ${news}`));
    await first.then((result) => heard.push({ result }));
    await second;
    await client.request('double', 1);
    expect(heard).toEqual([
      '1 of 2',
      '2 of 2',
      2,
      'second: 1 of 1',
      1,
      { result: 2 },
      'doubling 1',
    ]);
  });
});

describe('a cancel', () => {
  it('reaches the handler, whose reply counts', async () => {
    const { client } = setUp();
    const abort = new AbortController();
    const call = client.request('hang', null, { signal: abort.signal });
    abort.abort();
    await expect(call).resolves.toBe('let go');
  });

  it('rejects at the end of its grace, and ignores the late reply', async () => {
    vi.useFakeTimers();
    const pair = createPortPair();
    const client = connect<Example>(pair.client, { ...optionsOf([]), grace: 50 });
    const abort = new AbortController();
    const call = client.request('hang', null, { signal: abort.signal });
    abort.abort();
    const rejected = expect(call).rejects.toMatchObject({ code: 'cancelled' });
    await vi.advanceTimersByTimeAsync(50);
    await rejected;
    pair.server.post({ kind: 'reply', id: 1, ok: true, result: 'late' });
    await vi.advanceTimersByTimeAsync(0);
    expect(client.alive()).toBe(true);
  });

  it('beforehand posts nothing', async () => {
    const { client, posted } = setUp();
    const call = client.request('hang', null, { signal: AbortSignal.abort() });
    await expect(call).rejects.toMatchObject({ code: 'cancelled' });
    expect(posted).toHaveLength(1);
  });

  it('after the reply is nothing', async () => {
    const { client, posted } = setUp();
    const abort = new AbortController();
    await client.request('double', 1, { signal: abort.signal });
    abort.abort();
    expect(posted).toHaveLength(2);
  });
});

describe('death', () => {
  it('rejects all that is pending, once, and every later call', async () => {
    const onDied = vi.fn();
    const { client, die, closed } = setUp({ onDied });
    const calls = [client.request('hang', null), client.request('hang', null)];
    die('out of memory');
    die('again');
    for (const call of calls) await expect(call).rejects.toThrow('out of memory');
    await expect(client.request('double', 1)).rejects.toMatchObject({ code: 'worker-died' });
    expect(onDied).toHaveBeenCalledOnce();
    expect([client.alive(), closed()]).toEqual([false, true]);
  });

  it('before the beginning rejects what waits for it', async () => {
    const pair = createPortPair();
    const { ready } = connect<Example>(pair.client, optionsOf([]));
    pair.die('no such file');
    await expect(ready).rejects.toThrow('no such file');
  });

  it('on purpose is no alarm', async () => {
    const onDied = vi.fn();
    const { client } = setUp({ onDied });
    const call = client.request('hang', null);
    client.close('it was ended');
    await expect(call).rejects.toThrow('it was ended');
    expect(onDied).not.toHaveBeenCalled();
  });

  it('leaves a restarting client one that starts another', async () => {
    const pairs: ReturnType<typeof createPortPair>[] = [];
    const spawn = () => {
      const pair = createPortPair();
      serve<Example>(pair.server, ({ factor }, push) => handlersOf(factor, push));
      pairs.push(pair);
      return pair.client;
    };
    const client = createRestartingClient<Example>(spawn, optionsOf([]));
    const vain = client.request('double', 1, { signal: AbortSignal.abort() });
    await expect(vain).rejects.toMatchObject({ code: 'cancelled' });
    expect([pairs.length, client.alive()]).toEqual([0, false]);
    const call = client.request('hang', null);
    pairs[0]?.die('a bug');
    await expect(call).rejects.toThrow('a bug');
    expect(client.alive()).toBe(false);
    await expect(client.request('double', 3)).resolves.toBe(6);
    expect(pairs).toHaveLength(2);
  });
});

describe('strangers', () => {
  it('are ignored on both ends', async () => {
    const { client, server, client: _, heard, ...pair } = setUp();
    for (const odd of [null, 'hello', { kind: 'hello' }, { kind: 'push', type: 'toString' }]) {
      server.post(odd);
    }
    await expect(client.request('double', 1)).resolves.toBe(2);
    expect(heard).toEqual(['doubling 1']);
    expect(pair.closed()).toBe(false);
  });

  it('that nobody answers are told so', async () => {
    const { client } = setUp();
    // @ts-expect-error There is no such request.
    await expect(client.request('halve', 1)).rejects.toThrow(/Nobody answers “halve”/);
  });
});

describe('what does not compile', () => {
  it('a request that nobody answers', () => {
    const { double, refuse, hang } = handlersOf(2, () => undefined);
    // @ts-expect-error `count` is missing.
    const some: Handlers<Example> = { double, refuse, hang };
    expect(Object.keys(some)).not.toContain('count');
  });

  it('an answer, a push or news of another kind', () => {
    const push: Push<Example> = () => undefined;
    const whole = handlersOf(2, push);
    // @ts-expect-error It answers with a text.
    const double: Handlers<Example>['double'] = async () => 'two';
    // @ts-expect-error It tells a number.
    const count: Handlers<Example>['count'] = async (to, _, tell) => tell(to) ?? to;
    // @ts-expect-error It has another body.
    push('done', 3);
    // @ts-expect-error There is no such push.
    push('unknown', 3);
    expect({ ...whole, double, count }).not.toEqual(whole);
  });

  it('a push that nobody hears, a reply that nobody checks', () => {
    const whole = optionsOf([]);
    const { said } = whole.pushes;
    // @ts-expect-error `done` is missing.
    const pushes: ClientOptions<Example>['pushes'] = { said };
    const { double, refuse, hang } = whole.checks;
    // @ts-expect-error `count` is missing.
    const checks: ClientOptions<Example>['checks'] = { double, refuse, hang };
    expect([Object.keys(pushes), Object.keys(checks)]).not.toEqual([
      Object.keys(whole.pushes),
      Object.keys(whole.checks),
    ]);
  });

  it('a question of another kind, a result of another kind, news that nobody hears', async () => {
    const { client } = setUp();
    // @ts-expect-error Its body is a number.
    await expect(client.request('double', 'four')).resolves.toBeNaN();
    // @ts-expect-error Its result is a number.
    const text: string = await client.request('double', 4);
    expect(text).toBe(8);
    // @ts-expect-error It tells something before its answer: `follow` it.
    await expect(client.request('count', 1)).resolves.toBe(1);
    // @ts-expect-error It tells nothing.
    await expect(client.follow('double', 1, () => undefined)).resolves.toBe(2);
  });
});
