/** One training thread for all parts of the page. What must not compile is under `@ts-expect-error`. */
import { expect, test, vi } from 'vitest';
import { createFakeWorker } from '../worker/client/training.testing.ts';
import { createClientHub, type HandlersOf } from './clientHub.ts';

const TEAM = { threads: 1, reason: 'One core.' };

function setUp() {
  const worker = createFakeWorker();
  const spawn = vi.fn(() => worker);
  const connect = createClientHub(spawn, './');
  const run: HandlersOf<'run'> = {
    events: vi.fn(),
    checkpoint: vi.fn(),
    notice: vi.fn(),
    warning: vi.fn(),
    team: vi.fn(),
  };
  return { connect, worker, spawn, run };
}

test('every part hears what is meant for it, from one thread that starts with the first request', () => {
  const { connect, worker, spawn, run } = setUp();
  const curve = vi.fn();
  const died = vi.fn();
  const first = connect('run', run, died);
  const second = connect('networks', { curve });
  expect(spawn).not.toHaveBeenCalled();
  first.request('memory', null).catch(() => undefined);
  second.request('memory', null).catch(() => undefined);
  expect(spawn).toHaveBeenCalledOnce();
  worker.push('team', TEAM);
  worker.push('curve', { key: 'k', points: [] });
  worker.push('benchLine', 'nobody hears it');
  expect(run.team).toHaveBeenCalledExactlyOnceWith(TEAM);
  expect(curve).toHaveBeenCalledExactlyOnceWith({ key: 'k', points: [] });
  expect(run.warning).not.toHaveBeenCalled();
  worker.crash('gone');
  expect(died).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ code: 'worker-died' }));
});

test('a part that leaves out what it is to hear does not compile', () => {
  const { connect, run } = setUp();
  const { team, ...rest } = run;
  // @ts-expect-error `team` is missing.
  connect('run', rest);
  // @ts-expect-error Curves are for networks.
  connect('study', { curve: () => undefined });
  expect(team).not.toHaveBeenCalled();
});
