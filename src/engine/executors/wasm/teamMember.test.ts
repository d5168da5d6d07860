/** Barriers between threads; what a team makes of them is tested in src/cli/team.test.ts. */
import { Worker } from 'node:worker_threads';
import { afterEach, describe, expect, test } from 'vitest';
import { BarrierMember, createControl, LONE_MEMBER } from './teamMember.ts';

let other: Worker | null = null;

/** Runs `program` in another thread, with `control` and functions of its own. */
function besides(control: Int32Array, program: string): Promise<void> {
  const worker = new Worker(
    `const { parentPort, workerData: control } = require('node:worker_threads');
     const pause = (ms) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
     parentPort.postMessage('ready');
     ${program}`,
    { eval: true, workerData: control },
  );
  other = worker;
  return new Promise((resolve) => worker.once('message', () => resolve()));
}

afterEach(async () => {
  await other?.terminate();
  other = null;
});

const leaderOf = (control: Int32Array, patience: number) =>
  new BarrierMember(control, 0, 2, patience);
const died = expect.objectContaining({ code: 'worker-died' });

describe('a barrier', () => {
  test('lets all go once the last has come', async () => {
    const control = createControl();
    const helper = new BarrierMember(control, 1, 2);
    // The helper comes first: its place is taken by hand, as it would have to wait.
    Atomics.add(control, 1, 1);
    leaderOf(control, 1000).barrier();
    expect(Atomics.load(control, 0)).toBe(1);
    expect(Atomics.load(control, 1)).toBe(0);
    expect(helper.count).toBe(2);
  });

  test('does not let go because of a call that was meant for the one before', async () => {
    const control = createControl();
    await besides(control, 'for (;;) { pause(2); Atomics.notify(control, 0); }');
    expect(() => leaderOf(control, 100).barrier()).toThrow(died);
  });

  test('waits as long as there are signs of life', async () => {
    const control = createControl();
    await besides(
      control,
      `for (let i = 0; i < 6; i++) { pause(300); Atomics.add(control, 4, 1); }
       Atomics.store(control, 1, 0); Atomics.add(control, 0, 1); Atomics.notify(control, 0);`,
    );
    leaderOf(control, 1000).barrier();
    expect(Atomics.load(control, 0)).toBe(1);
  });

  test('is over for good once a thread was given up', () => {
    const control = createControl();
    const leader = leaderOf(control, 500);
    expect(() => leader.barrier()).toThrow(/no sign of life for 1 s/);
    expect(() => leader.barrier()).toThrow(died);
    expect(() => leader.join()).toThrow(died);
  });
});

describe('the end of a pass', () => {
  test('comes with the end of all helpers, and the next one starts afresh', () => {
    const control = createControl();
    const [leader, helper] = [leaderOf(control, 1000), new BarrierMember(control, 1, 2)];
    for (let pass = 0; pass < 3; pass++) {
      helper.end();
      leader.join();
    }
    helper.fail('out of breath');
    helper.end();
    expect(() => leader.join()).toThrow(/out of breath/);
    helper.end();
    leader.join();
  });

  test('can be forced: helpers stop at their next barrier', () => {
    const control = createControl();
    const [leader, helper] = [leaderOf(control, 1000), new BarrierMember(control, 1, 2)];
    leader.stop();
    expect(() => helper.barrier()).toThrow();
    helper.end();
    leader.abandon();
    helper.end();
    leader.join();
  });
});

test('one thread alone waits for nobody', () => {
  LONE_MEMBER.beat();
  LONE_MEMBER.barrier();
  expect(LONE_MEMBER.count).toBe(1);
});
