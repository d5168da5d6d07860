/** The recorder over memory, with runs as its logs. */
import { describe, expect, it } from 'vitest';
import { RUN_LOG } from '../../core/run/log.ts';
import { syntheticLog } from '../../core/run/testing.ts';
import { createMemoryStorage } from '../storage/open.ts';
import type { RunLogs, RunSummary } from '../storage/runs.ts';
import { createLabStore } from '../store.ts';
import { createRecorder } from './recorder.ts';

const log = syntheticLog({ generations: 1 });
const AT = '2026-01-01T00:00:00.000Z';

function record(delayMs: number, change: Partial<RunLogs> = {}) {
  const logs = { ...createMemoryStorage().runs, ...change };
  const store = createLabStore();
  let shown: readonly RunSummary[] = [];
  const recorder = createRecorder({
    store,
    kind: RUN_LOG,
    openLogs: async () => logs,
    show: (edit) => {
      shown = edit(shown);
    },
    now: () => AT,
    delayMs,
  });
  return { recorder, logs, store, shown: () => shown };
}

describe('a recorder', () => {
  it('stores in order what it gathered, and shows it in the list', async () => {
    const { recorder, logs, shown } = record(10_000);
    void recorder.create({ ...log, events: [] });
    for (const event of log.events) recorder.append(log.id, [event]);
    recorder.snapshot(log.id, { round: 0, job: 0, supernet: 0, step: 1, buffers: {} });
    await recorder.flush();
    expect(await logs.load(log.id)).toEqual(log);
    expect(await logs.loadSnapshot(log.id)).toMatchObject({ step: 1 });
    expect(shown()).toMatchObject([{ id: log.id, eventCount: log.events.length }]);
  });

  it('reads what was given before, also without waiting', async () => {
    const { recorder } = record(0);
    void recorder.create(log);
    recorder.append(log.id, log.events.slice(-1));
    const read = await recorder.read((logs) => logs.load(log.id));
    expect(read?.events).toHaveLength(log.events.length + 1);
  });

  it('lists what is stored, without logs that ended before their first event', async () => {
    const { recorder, logs, shown } = record(0);
    await logs.create({ ...log, id: 'empty', events: [] }, AT);
    await logs.create(log, AT);
    expect((await recorder.list()).map(({ id }) => id)).toEqual([log.id]);
    expect(shown()).toHaveLength(1);
    expect(await logs.list()).toHaveLength(1);
  });

  it('reports a failing storage once', async () => {
    const rename = () => Promise.reject(new Error('full'));
    const { recorder, store } = record(0, { rename });
    await recorder.rename(log.id, 'A');
    await recorder.rename(log.id, 'B');
    expect(store.getState().notices).toMatchObject([{ kind: 'error', text: 'full' }]);
  });
});
