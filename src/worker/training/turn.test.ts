import { describe, expect, it } from 'vitest';
import { createLatest } from './latest.ts';
import { createTurn } from './turn.ts';

const never = new AbortController().signal;

/** Work that ends when told to. */
function held() {
  let end: () => void = () => undefined;
  const done = new Promise<void>((resolve) => {
    end = resolve;
  });
  return { work: () => done, end };
}

describe('createTurn', () => {
  it('lets one work at a time, in the order of asking', async () => {
    const turn = createTurn();
    const said: string[] = [];
    const first = held();
    const a = turn.take(never, async () => {
      said.push('a begins');
      await first.work();
      said.push('a ends');
    });
    const b = turn.take(never, async () => void said.push('b'));
    const c = turn.take(never, async () => void said.push('c'));
    await Promise.resolve();
    first.end();
    await Promise.all([a, b, c]);
    expect(said).toEqual(['a begins', 'a ends', 'b', 'c']);
  });

  it('goes on after work that failed', async () => {
    const turn = createTurn();
    await expect(turn.take(never, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await turn.take(never, async () => 7)).toBe(7);
  });

  it('gives up waiting when cancelled, without letting others past the one at work', async () => {
    const turn = createTurn();
    const first = held();
    const said: string[] = [];
    const a = turn.take(never, first.work).then(() => said.push('a'));
    const cancel = new AbortController();
    const b = turn.take(cancel.signal, async () => void said.push('b'));
    const c = turn.take(never, async () => void said.push('c'));
    cancel.abort();
    await expect(b).rejects.toMatchObject({ code: 'cancelled' });
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(said).toEqual([]);
    first.end();
    await Promise.all([a, c]);
    expect(said).toEqual(['a', 'c']);
  });
});

describe('createLatest', () => {
  it('posts at once, then only the newest of each tenth of a second', () => {
    let now = 0;
    const posted: number[] = [];
    const latest = createLatest<number>(
      (value) => posted.push(value),
      () => now,
    );
    latest.put(1);
    for (now = 10; now < 100; now += 10) latest.put(now);
    expect(posted).toEqual([1]);
    now = 100;
    latest.put(100);
    expect(posted).toEqual([1, 100]);
    latest.close();
  });

  it('posts what waits when its time has come, unless closed', async () => {
    const posted: number[] = [];
    const latest = createLatest<number>((value) => posted.push(value));
    latest.put(1);
    latest.put(2);
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(posted).toEqual([1, 2]);
    latest.put(3);
    latest.put(4);
    latest.close();
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(posted).not.toContain(4);
  });
});
