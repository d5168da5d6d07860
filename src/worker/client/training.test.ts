import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createFakeWorker, type FakeWorker } from './training.testing.ts';
import { createWorkerClient, NOTHING_HEARD } from './training.ts';

const MEMORY = { tensors: 1, bytes: 4 };

function setUp() {
  const workers: FakeWorker[] = [];
  const heard = {
    events: vi.fn(),
    checkpoint: vi.fn(),
    notice: vi.fn(),
    team: vi.fn(),
    died: vi.fn(),
  };
  const client = createWorkerClient(
    () => {
      const worker = createFakeWorker();
      workers.push(worker);
      return worker;
    },
    {
      baseUrl: '/lab/',
      pushes: {
        ...NOTHING_HEARD,
        events: heard.events,
        checkpoint: heard.checkpoint,
        notice: heard.notice,
        team: heard.team,
      },
      onDied: heard.died,
    },
  );
  const worker = (index = 0) => {
    const one = workers[index];
    if (!one) throw new Error(`no worker ${index}`);
    return one;
  };
  return { client, workers, worker, heard };
}

const idOf = (worker: FakeWorker, nth = 0) => {
  const requests = worker.posted.filter((one) => one.kind === 'request');
  return requests[nth]?.id ?? -1;
};

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('worker client', () => {
  it('starts the worker with the first request, and configures it first', async () => {
    const { client, workers, worker } = setUp();
    expect([workers.length, client.alive()]).toEqual([0, false]);
    const answer = client.request('memory', null);
    expect(worker().posted.map((one) => one.kind)).toEqual(['open', 'request']);
    expect(worker().posted[0]).toEqual({ kind: 'open', setup: { baseUrl: '/lab/' } });
    worker().reply(idOf(worker()), MEMORY);
    await expect(answer).resolves.toEqual(MEMORY);
  });

  it('matches replies that come in another order', async () => {
    const { client, worker } = setUp();
    const first = client.request('memory', null);
    const second = client.request('stop', { run: 'a' });
    worker().reply(idOf(worker(), 1), null);
    worker().reply(idOf(worker(), 0), MEMORY);
    await expect(Promise.all([first, second])).resolves.toEqual([MEMORY, null]);
  });

  it('passes typed errors and refuses malformed replies', async () => {
    const { client, worker } = setUp();
    const failed = client.request('backend', { prefer: 'auto' });
    const error = { code: 'dataset-unavailable', message: 'no', details: { id: 'mnist' } } as const;
    worker().say({ kind: 'reply', id: idOf(worker()), ok: false, error });
    await expect(failed).rejects.toMatchObject(error);
    const odd = client.request('memory', null);
    worker().reply(idOf(worker(), 1), null);
    await expect(odd).rejects.toMatchObject({ code: 'internal' });
  });

  it('waits a moment for the reply of a cancelled call', async () => {
    const { client, worker } = setUp();
    const abort = new AbortController();
    const run = client.request('advance', { run: 'a', until: 'end' }, { signal: abort.signal });
    abort.abort();
    const id = idOf(worker());
    expect(worker().posted.at(-1)).toEqual({ kind: 'cancel', id });
    vi.advanceTimersByTime(299);
    worker().reply(id, { phase: 'proposed', round: 0 });
    await expect(run).resolves.toEqual({ phase: 'proposed', round: 0 });
  });

  it('rejects a cancelled call after 300 ms, and ignores the late reply', async () => {
    const { client, worker } = setUp();
    const abort = new AbortController();
    const run = client.request('memory', null, { signal: abort.signal });
    abort.abort();
    const rejected = expect(run).rejects.toMatchObject({ code: 'cancelled' });
    vi.advanceTimersByTime(300);
    await rejected;
    worker().reply(idOf(worker()), MEMORY);
    expect(client.alive()).toBe(true);
  });

  it('does not even post what is cancelled beforehand', async () => {
    const { client, workers } = setUp();
    const run = client.request('memory', null, { signal: AbortSignal.abort() });
    await expect(run).rejects.toMatchObject({ code: 'cancelled' });
    expect(workers).toHaveLength(0);
  });

  it.each([
    ['crashes', (worker: FakeWorker) => worker.crash('out of memory')],
    ['garbles a message', (worker: FakeWorker) => worker.garble()],
  ])('rejects every pending call if the worker %s, and starts another', async (_, end) => {
    const { client, worker, workers, heard } = setUp();
    const calls = [client.request('memory', null), client.request('stop', { run: 'a' })];
    end(worker());
    for (const call of calls) await expect(call).rejects.toMatchObject({ code: 'worker-died' });
    expect(heard.died).toHaveBeenCalledOnce();
    expect([client.alive(), worker().terminated()]).toEqual([false, true]);
    const again = client.request('memory', null);
    expect(workers).toHaveLength(2);
    worker(1).reply(idOf(worker(1)), MEMORY);
    await expect(again).resolves.toEqual(MEMORY);
  });

  it('ignores what a dead worker still says', async () => {
    const { client, worker, heard } = setUp();
    const first = client.request('memory', null);
    worker().crash('gone');
    await expect(first).rejects.toMatchObject({ code: 'worker-died' });
    const second = client.request('memory', null);
    const id = idOf(worker(1));
    worker(0).reply(id, { tensors: 99, bytes: 99 });
    worker(0).push('events', { run: 'a', events: [] });
    worker(0).crash('again');
    worker(1).reply(id, MEMORY);
    await expect(second).resolves.toEqual(MEMORY);
    expect(heard.events).not.toHaveBeenCalled();
    expect(heard.died).toHaveBeenCalledOnce();
  });

  it('rejects pending calls when it is ended on purpose, without alarm', async () => {
    const { client, heard } = setUp();
    const run = client.request('memory', null);
    client.terminate();
    await expect(run).rejects.toMatchObject({ code: 'worker-died' });
    expect(heard.died).not.toHaveBeenCalled();
  });

  it('hands on events, checkpoints and notices, and nothing foreign', () => {
    const { client, worker, heard } = setUp();
    void client.request('memory', null);
    worker().say({ kind: 'ready' });
    worker().push('events', { run: 'a', events: [] });
    const checkpoint = { round: 0, job: 0, supernet: 0, step: 1, buffers: {} };
    worker().push('checkpoint', { run: 'a', checkpoint });
    worker().push('notice', { topic: 'dataset', text: 'x', done: 0, total: 1 });
    expect(heard.events).toHaveBeenCalledWith({ run: 'a', events: [] });
    expect(heard.checkpoint).toHaveBeenCalledWith({ run: 'a', checkpoint });
    const team = { threads: 1, reason: 'One core.' };
    worker().push('team', team);
    expect(heard.notice).toHaveBeenCalledOnce();
    expect(heard.team).toHaveBeenCalledWith(team);
  });
});
