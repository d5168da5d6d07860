/** The driver with a kind of log made up for it. */
import { describe, expect, it } from 'vitest';
import { type ErrorRecord, LabError } from '../../core/errors.ts';
import { createLabStore, type RunStatus } from '../store.ts';
import { createLogDriver } from './driver.ts';

/** A driver of the log `open`, which takes events that are positive and warns of those from 10 on. */
function drive() {
  const store = createLabStore();
  const log: number[] = [];
  const stored: [string, readonly number[]][] = [];
  const stands: RunStatus[] = [];
  const failures: (ErrorRecord | null)[] = [];
  const told: string[] = [];
  let rests = 0;
  const driver = createLogDriver<number>(store, {
    openId: () => 'open',
    status: () => stands.at(-1) ?? 'idle',
    stand(status, failure) {
      stands.push(status);
      if (failure !== undefined) failures.push(failure);
    },
    fresh: (events) => events.filter((event) => event > 0),
    add: (events) => log.push(...events),
    record: (id, events) => stored.push([id, events]),
    warning: (event) => (event >= 10 ? `Beware of ${event}.` : null),
    fail: ({ message }) => told.push(message),
    rested: async () => void rests++,
  });
  return { store, driver, log, stored, stands, failures, told, rests: () => rests };
}

/** Rejects once it is cancelled, as the worker does. */
const untilCancelled = (signal: AbortSignal) =>
  new Promise<RunStatus>((_, reject) => {
    signal.addEventListener('abort', () => reject(new LabError('cancelled', 'Stopped.')));
  });

describe('a driver', () => {
  it('has what the worker says of the open log added and stored, and warns of it', () => {
    const { driver, store, log, stored } = drive();
    driver.hear('other', [1]);
    driver.hear('open', [0]);
    driver.hear('open', [2, 0, 10]);
    expect(log).toEqual([2, 10]);
    expect(stored).toEqual([['open', [2, 10]]]);
    expect(store.getState().notices).toMatchObject([{ kind: 'warning', text: 'Beware of 10.' }]);
  });

  it('runs with the first word of the worker, and stands as the result says', async () => {
    const { driver, stands, failures, rests } = drive();
    await driver.go('starting', async () => {
      driver.hear('open', [0]);
      return 'waiting';
    });
    expect(stands).toEqual(['starting', 'running', 'waiting']);
    expect(failures).toEqual([null]);
    expect(rests()).toBe(1);
  });

  it('does one thing at a time', async () => {
    const { driver, stands } = drive();
    const first = driver.go('running', untilCancelled);
    const second = driver.go('running', async () => 'finished');
    expect(driver.busy()).toBe(true);
    await driver.rest();
    await Promise.all([first, second]);
    expect(driver.busy()).toBe(false);
    expect(stands).toEqual(['running', 'paused']);
  });

  it('tells of a failure, and can begin again', async () => {
    const { driver, stands, failures, told } = drive();
    await driver.go('starting', () => Promise.reject(new Error('No.')));
    expect(stands).toEqual(['starting', 'failed']);
    expect(told).toEqual(['No.']);
    expect(failures).toMatchObject([null, { code: 'internal', message: 'No.' }]);
    await driver.go('starting', async () => 'finished');
    expect(stands.at(-1)).toBe('finished');
  });
});
