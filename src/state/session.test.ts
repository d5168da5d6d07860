import { logDigest } from '../core/log/digest.ts';
import { packLog } from '../core/log/file.ts';
import { RUN_LOG } from '../core/run/log.ts';
import 'fake-indexeddb/auto';
import { describe, expect, it, vi } from 'vitest';
import type { RunConfig } from '../core/run/config.ts';
import { syntheticConfig, syntheticEvents, syntheticLog } from '../core/run/testing.ts';
import { createMemoryStorage, openIdbStorage } from './storage/open.ts';
import { createTestLab, type TestLab } from './testing.ts';

const base = syntheticConfig(4);
const config: RunConfig = { ...base, search: { ...base.search, generations: 5, seed: 1 } };
const whole = syntheticEvents({ config, generations: 5, finished: true });
// Header 1, then 7 events a generation; generation 3 begins with event 22.
const IN_THIRD = 1 + 3 * 7 + 3;

let fresh = 0;
const newName = () => `session-${fresh++}`;

/** Lets promises that are under way come through. */
const settle = () => vi.waitFor(() => new Promise((resolve) => setTimeout(resolve, 5)));

async function startIn(lab: TestLab, events: number): Promise<void> {
  void lab.session.start(config);
  await vi.waitFor(() => expect(lab.scripts.length).toBe(1));
  await vi.waitFor(() => expect(lab.script().starts.length).toBe(1));
  lab.script().tell(events);
}

const eventsOf = (lab: TestLab) => lab.store.getState().run?.events ?? [];

describe('session', () => {
  it('starts no worker before a run is started', async () => {
    const lab = createTestLab(createMemoryStorage(), config);
    expect(await lab.session.restore()).toBe(false);
    expect(lab.scripts).toHaveLength(0);
  });

  it('runs to the end, and stores every event', async () => {
    const storage = createMemoryStorage();
    const lab = createTestLab(storage, config);
    await startIn(lab, Number.POSITIVE_INFINITY);
    await settle();
    const { status, run, live } = lab.store.getState();
    expect(status).toBe('finished');
    expect(live.rounds).toHaveLength(5);
    await lab.session.flush();
    expect((await storage.runs.load(run?.id ?? ''))?.events).toEqual(whole);
  });

  it('steps by phase and by generation', async () => {
    const lab = createTestLab(createMemoryStorage(), config);
    void lab.session.start(config, { until: 'phase' });
    await vi.waitFor(() => expect(lab.scripts[0]?.starts.length).toBe(1));
    lab.script().tell();
    await vi.waitFor(() => expect(lab.store.getState().status).toBe('waiting'));
    expect(lab.store.getState().live.phase).toBe('proposed');
    void lab.session.play('phase');
    await settle();
    lab.script().tell();
    expect(lab.store.getState().live.phase).toBe('trained');
    await settle();
    void lab.session.play('round');
    await settle();
    lab.script().tell();
    expect(lab.store.getState().live.phase).toBe('moved');
    expect(lab.script().starts).toHaveLength(1);
  });

  it('pauses and goes on in the same worker', async () => {
    const lab = createTestLab(createMemoryStorage(), config);
    await startIn(lab, 5);
    lab.session.pause();
    await vi.waitFor(() => expect(lab.store.getState().status).toBe('paused'));
    void lab.session.play();
    await settle();
    lab.script().tell();
    await vi.waitFor(() => expect(lab.store.getState().status).toBe('finished'));
    expect(lab.script().starts).toHaveLength(1);
    expect(logDigest(RUN_LOG, eventsOf(lab))).toBe(logDigest(RUN_LOG, whole));
  });
});

describe('after a reload in the middle of generation 3', () => {
  async function interrupted(checkpointAt: number | null) {
    const name = newName();
    const first = createTestLab(await openIdbStorage(name), config);
    await startIn(first, IN_THIRD);
    const buffers = { w: new Float32Array([1, 2, 3]) };
    if (checkpointAt !== null) {
      first.script().checkpoint({ round: 3, job: 0, supernet: 0, step: checkpointAt, buffers });
    }
    await first.session.flush();
    await settle();
    const second = createTestLab(await openIdbStorage(name), config);
    expect(await second.session.restore()).toBe(true);
    return second;
  }

  it('shows the run, paused, and starts no worker', async () => {
    const lab = await interrupted(null);
    const { status, live, runs } = lab.store.getState();
    expect(status).toBe('paused');
    expect(live.current).toBe(3);
    expect(runs).toHaveLength(1);
    expect(lab.scripts).toHaveLength(0);
  });

  it('drops the partial generation without a checkpoint, and ends with the same digest', async () => {
    const lab = await interrupted(null);
    void lab.session.play();
    await vi.waitFor(() => expect(lab.scripts[0]?.starts.length).toBe(1));
    const [body] = lab.script().starts;
    expect(body?.events).toEqual(whole.slice(0, 22));
    expect(body?.checkpoint).toBeNull();
    expect(eventsOf(lab)).toHaveLength(22);
    lab.script().tell();
    await vi.waitFor(() => expect(lab.store.getState().status).toBe('finished'));
    expect(logDigest(RUN_LOG, eventsOf(lab))).toBe(logDigest(RUN_LOG, whole));
  });

  it('goes on from the checkpoint, and ends with the same digest', async () => {
    const lab = await interrupted(1);
    void lab.session.play();
    await vi.waitFor(() => expect(lab.scripts[0]?.starts.length).toBe(1));
    const [body] = lab.script().starts;
    expect(body?.checkpoint).toMatchObject({ round: 3, step: 1 });
    expect(body?.events).toEqual(whole.slice(0, 24));
    lab.script().tell();
    await vi.waitFor(() => expect(lab.store.getState().status).toBe('finished'));
    expect(logDigest(RUN_LOG, eventsOf(lab))).toBe(logDigest(RUN_LOG, whole));
    await lab.session.flush();
  });

  it('ignores a checkpoint of another generation', async () => {
    const lab = await interrupted(null);
    void lab.session.play();
    await vi.waitFor(() => expect(lab.scripts[0]?.starts.length).toBe(1));
    expect(lab.script().starts[0]?.checkpoint).toBeNull();
  });
});

describe('when the worker dies', () => {
  it('keeps the log, tells why, and play starts another', async () => {
    const lab = createTestLab(createMemoryStorage(), config);
    await startIn(lab, 12);
    lab.script().worker.crash('lost');
    await vi.waitFor(() => expect(lab.store.getState().status).toBe('failed'));
    expect(lab.store.getState().failure?.code).toBe('worker-died');
    expect(lab.store.getState().notices).toHaveLength(1);
    void lab.session.play();
    await vi.waitFor(() => expect(lab.scripts[1]?.starts.length).toBe(1));
    expect(lab.script().starts[0]?.events).toEqual(whole.slice(0, 8));
    lab.script().tell();
    await vi.waitFor(() => expect(lab.store.getState().status).toBe('finished'));
    expect(logDigest(RUN_LOG, eventsOf(lab))).toBe(logDigest(RUN_LOG, whole));
  });
});

describe('history', () => {
  it('moves the cursor by generations and phases, and branches from the past', async () => {
    const storage = createMemoryStorage();
    const lab = createTestLab(storage, config);
    await startIn(lab, Number.POSITIVE_INFINITY);
    await settle();
    const parent = lab.store.getState().run?.id;
    lab.session.goTo(16);
    lab.session.back();
    expect(lab.store.getState()).toMatchObject({
      cursor: 15,
      view: { phase: 'moved', current: 1 },
    });
    lab.session.back('phase');
    expect(lab.store.getState().view.phase).toBe('measured');
    lab.session.forward();
    expect(lab.store.getState().cursor).toBe(15);
    await expect(lab.session.play()).rejects.toMatchObject({ code: 'usage' });
    await lab.session.branch({ search: { seed: 7 } });
    const { run, status, live, cursor } = lab.store.getState();
    expect(run?.id).not.toBe(parent);
    expect([status, cursor]).toEqual(['paused', null]);
    expect(live.parent).toEqual({ run: parent, round: 1 });
    expect(live.config?.search.seed).toBe(7);
    expect(await storage.runs.list()).toHaveLength(2);
    await lab.session.open(parent ?? '');
    expect(lab.store.getState().status).toBe('finished');
  });

  it('follows the run when LIVE, and stands still otherwise', async () => {
    const lab = createTestLab(createMemoryStorage(), config);
    await startIn(lab, 10);
    expect(lab.store.getState().view.eventCount).toBe(10);
    lab.session.goTo(4);
    lab.script().tell(3);
    const { view, live, cursor } = lab.store.getState();
    expect([view.eventCount, live.eventCount, cursor]).toEqual([4, 13, 4]);
    lab.session.goTo(null);
    expect(lab.store.getState().view.eventCount).toBe(13);
  });
});

describe('files and recordings', () => {
  it('opens what it exports, as another run if it is known', async () => {
    const lab = createTestLab(createMemoryStorage(), config);
    await startIn(lab, Number.POSITIVE_INFINITY);
    await settle();
    const before = lab.store.getState().run;
    const { fileName, bytes } = await lab.session.exportRun();
    expect(fileName).toMatch(/^mnist-pseudo-gradient-seed-1-.*\.jsonl\.gz$/);
    await lab.session.openFile(fileName, bytes);
    const after = lab.store.getState().run;
    expect(after?.events).toEqual(before?.events);
    expect(after?.id).not.toBe(before?.id);
    await expect(lab.session.openFile('x.gz', bytes.slice(0, 200))).rejects.toMatchObject({
      code: 'log-damaged',
    });
    expect(lab.store.getState().run).toBe(after);
  });

  it('plays the recording in time, without a worker', async () => {
    const lab = createTestLab(createMemoryStorage(), config);
    const packed = await packLog(RUN_LOG, syntheticLog({ generations: 1 }));
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    try {
      await lab.session.loadRecorded(async () => packed);
      expect(lab.store.getState()).toMatchObject({ recorded: true, cursor: 1 });
      vi.advanceTimersByTime(250);
      expect(lab.store.getState().view.eventCount).toBe(3);
      lab.session.pause();
      vi.advanceTimersByTime(500);
      expect(lab.store.getState().view.eventCount).toBe(3);
      lab.session.setPlaybackSpeed(4);
      await lab.session.play();
      vi.advanceTimersByTime(2000);
      expect(lab.store.getState()).toMatchObject({ cursor: null, playback: { playing: false } });
    } finally {
      vi.useRealTimers();
    }
    expect(lab.scripts).toHaveLength(0);
  });

  it('does not let the recording replace a run', async () => {
    const lab = createTestLab(createMemoryStorage(), config);
    await startIn(lab, 3);
    const packed = await packLog(RUN_LOG, syntheticLog());
    await lab.session.loadRecorded(async () => packed);
    expect(lab.store.getState().recorded).toBe(false);
  });

  it('reports a failing storage once, and trains on', async () => {
    const storage = createMemoryStorage();
    const full = () => Promise.reject(new Error('full'));
    const lab = createTestLab({ ...storage, runs: { ...storage.runs, append: full } }, config);
    await startIn(lab, Number.POSITIVE_INFINITY);
    await settle();
    await lab.session.flush();
    expect(lab.store.getState().status).toBe('finished');
    expect(lab.store.getState().notices).toHaveLength(1);
  });

  it('stores nothing after a gap', async () => {
    const storage = createMemoryStorage();
    let calls = 0;
    const append: typeof storage.runs.append = (...chunk) =>
      calls++ === 1 ? Promise.reject(new Error('full')) : storage.runs.append(...chunk);
    const lab = createTestLab({ ...storage, runs: { ...storage.runs, append } }, config);
    await startIn(lab, 3);
    for (let step = 0; step < 4; step++) {
      await lab.session.flush();
      lab.script().tell(2);
    }
    await lab.session.flush();
    const stored = await storage.runs.load(lab.store.getState().run?.id ?? '');
    expect(stored?.events).toEqual(whole.slice(0, 3));
    expect(eventsOf(lab)).toEqual(whole.slice(0, 11));
  });

  it('deletes the open run', async () => {
    const lab = createTestLab(createMemoryStorage(), config);
    await startIn(lab, 3);
    const id = lab.store.getState().run?.id ?? '';
    await lab.session.remove(id);
    expect(lab.store.getState()).toMatchObject({ run: null, status: 'idle', runs: [] });
    expect(lab.store.getState().live.eventCount).toBe(0);
  });
});
