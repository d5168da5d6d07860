/** The run in the worker, with a made-up engine that passes the gate before every step. */
import { describe, expect, test } from 'vitest';
import { LabError } from '../../core/errors.ts';
import type { RunEvent } from '../../core/run/events.ts';
import { syntheticEvents } from '../../core/run/testing.ts';
import type { Checkpoint } from '../protocol/training.ts';
import {
  CONFIG,
  executor,
  idle,
  interrupter,
  LOG,
  never,
  recoverable,
} from './activeRun.testing.ts';
import { ActiveRun } from './activeRun.ts';

/** A run over a ready-made log. `atGate` hears of every step before it. */
function begin(atGate: (step: number) => void = () => undefined, log: readonly RunEvent[] = LOG) {
  const events: RunEvent[] = [];
  const checkpoints: Checkpoint[] = [];
  const seen = { closed: 0, now: 0 };
  const run = new ActiveRun('r', {
    event: (event) => events.push(event),
    checkpoint: (saved) => checkpoints.push(saved),
    clock: () => seen.now,
    recovery: recoverable().recovery,
  });
  async function* engine(): AsyncGenerator<RunEvent, void> {
    try {
      for (const event of log) {
        if (event.type === 'job/progress') {
          const { round, job, supernet } = event;
          run.onTraining({ round, job, supernet, step: event.step - 1, executor });
          atGate(event.step);
          await run.gate();
        } else run.onTraining(null);
        yield event;
      }
    } finally {
      seen.closed += 1;
    }
  }
  run.begin(engine(), []);
  return { run, events, checkpoints, seen };
}

describe('advance', () => {
  test('until the next phase: every phase in turn', async () => {
    const { run, events } = begin();
    const phases: string[] = [];
    for (;;) {
      const { phase, round } = await run.advance('phase', never);
      phases.push(`${round} ${phase}`);
      if (phase === 'finished') break;
    }
    const each = (g: number) =>
      ['proposed', 'trained', 'measured', 'moved'].map((p) => `${g} ${p}`);
    expect(phases).toEqual([...each(0), ...each(1), '1 finished']);
    expect(events).toEqual(LOG);
  });

  test('until the end of a generation, and until the end', async () => {
    const { run, events } = begin();
    expect(await run.advance('round', never)).toEqual({ phase: 'moved', round: 0 });
    expect(events.at(-1)?.type).toBe('round/finished');
    expect(await run.advance('end', never)).toEqual({ phase: 'finished', round: 1 });
    expect(events).toEqual(LOG);
    expect(await run.advance('end', never)).toEqual({ phase: 'finished', round: 1 });
  });

  test('does not count an earlier supernet of an ensemble as trained', async () => {
    const config = { ...CONFIG, ranker: { ...CONFIG.ranker, supernets: 2 } };
    const log = syntheticEvents({ config, generations: 1, finished: true });
    const run = new ActiveRun('r', {
      event: () => undefined,
      checkpoint: () => undefined,
      clock: () => 0,
      recovery: recoverable().recovery,
    });
    const taken: RunEvent[] = [];
    async function* engine(): AsyncGenerator<RunEvent, void> {
      for (const event of log) {
        taken.push(event);
        yield event;
      }
    }
    run.begin(engine(), []);
    await run.advance('phase', never);
    expect((await run.advance('phase', never)).phase).toBe('trained');
    expect(taken.at(-1)).toMatchObject({ supernet: 1, step: 3 });
  });

  test('refuses before the run has begun', async () => {
    const sinks = {
      event: () => undefined,
      checkpoint: () => undefined,
      clock: () => 0,
      recovery: recoverable().recovery,
    };
    await expect(new ActiveRun('r', sinks).advance('end', never)).rejects.toThrow(/not begun/);
  });

  test('knows where a continued log stands', async () => {
    const { run } = begin(undefined, LOG.slice(-1));
    const before = LOG.slice(0, LOG.findIndex((event) => event.type === 'round/finished') + 1);
    async function* rest(): AsyncGenerator<RunEvent, void> {
      await new Promise(() => undefined);
      yield LOG[0]!;
    }
    run.begin(rest(), before);
    const stop = interrupter(run);
    stop.fire();
    expect(await run.advance('end', stop.promise)).toEqual({ phase: 'moved', round: 0 });
  });
});

describe('pausing', () => {
  test('replies at once, saves and reports once, and goes on where it was', async () => {
    let steps = 0;
    const { run, events, checkpoints } = begin((step) => {
      steps += 1;
      if (steps === 2) expect(step).toBe(2);
      if (steps === 2) stop.fire();
    });
    const stop = interrupter(run);
    expect(await run.advance('end', stop.promise)).toEqual({ phase: 'proposed', round: 0 });
    await idle();
    await idle();
    expect(steps).toBe(2);
    const paused = events.filter((event) => event.type === 'run/paused');
    expect(paused).toMatchObject([{ round: 0, step: 1, at: 1 }]);
    expect(checkpoints).toMatchObject([{ round: 0, job: 0, supernet: 0, step: 1 }]);
    expect(checkpoints[0]?.buffers.weights).toEqual(Float32Array.of(1, 2));

    expect(await run.advance('end', never)).toEqual({ phase: 'finished', round: 1 });
    expect(events.filter((event) => event.type !== 'run/paused')).toEqual(LOG);
    expect(checkpoints.length).toBe(1);
  });

  test('can pause again after going on', async () => {
    const stops: { fire: () => void }[] = [];
    const { run, events, checkpoints } = begin((step) => {
      if (step === 2) stops.pop()?.fire();
    });
    for (let pause = 0; pause < 2; pause++) {
      const stop = interrupter(run);
      stops.push(stop);
      await run.advance('end', stop.promise);
      await idle();
    }
    expect(checkpoints.map(({ round, step }) => [round, step])).toEqual([
      [0, 1],
      [1, 1],
    ]);
    expect(events.filter((event) => event.type === 'run/paused').length).toBe(2);
    await run.stop();
  });

  /** As on a GPU: steps are submitted at once, and time is spent waiting for the report of one. */
  function beginWaiting(slow: number) {
    const events: RunEvent[] = [];
    const checkpoints: Checkpoint[] = [];
    let report: () => void = () => undefined;
    const reported = new Promise<void>((resolve) => {
      report = resolve;
    });
    const run = new ActiveRun('r', {
      event: (event) => events.push(event),
      checkpoint: (saved) => checkpoints.push(saved),
      clock: () => 0,
      recovery: recoverable().recovery,
    });
    async function* engine(): AsyncGenerator<RunEvent, void> {
      for (const event of LOG) {
        if (event.type === 'job/progress') {
          const { round, job, supernet } = event;
          run.onTraining({ round, job, supernet, step: event.step - 1, executor });
          await run.gate();
          if (event.step === slow) await reported;
        } else run.onTraining(null);
        yield event;
      }
    }
    run.begin(engine(), []);
    return { run, events, checkpoints, report };
  }

  test('between two gates, it goes on to the next, and is saved there', async () => {
    const { run, events, checkpoints, report } = beginWaiting(1);
    const stop = interrupter(run);
    const going = run.advance('end', stop.promise);
    await idle();
    stop.fire();
    expect(await going).toEqual({ phase: 'proposed', round: 0 });
    const before = events.length;
    report();
    await idle();
    expect(events.slice(before)).toMatchObject([
      { type: 'job/progress', step: 1 },
      { type: 'run/paused', step: 1 },
    ]);
    expect(checkpoints).toMatchObject([{ round: 0, step: 1 }]);
    expect(await run.advance('end', never)).toMatchObject({ phase: 'finished' });
    expect(events.filter((event) => event.type !== 'run/paused')).toEqual(LOG);
  });

  test('before the end of a phase, it leaves that end for later', async () => {
    const { run, events, checkpoints, report } = beginWaiting(3);
    const stop = interrupter(run);
    const going = run.advance('end', stop.promise);
    await idle();
    stop.fire();
    await going;
    const before = events.length;
    report();
    await idle();
    expect(events.length).toBe(before);
    expect(checkpoints).toEqual([]);
    expect(await run.advance('phase', never)).toEqual({ phase: 'trained', round: 0 });
    await run.stop();
  });

  test('saves a long training now and then', async () => {
    const { run, seen, checkpoints } = begin(() => {
      seen.now += 6_000;
    });
    await run.advance('end', never);
    expect(checkpoints.map(({ round, step }) => [round, step])).toEqual([
      [0, 2],
      [1, 2],
    ]);
  });
});

describe('ending', () => {
  test('stop ends a held run: its stream is closed and nothing more is reported', async () => {
    const { run, events, seen } = begin((step) => {
      if (step === 2) stop.fire();
    });
    const stop = interrupter(run);
    await run.advance('end', stop.promise);
    await idle();
    const before = events.length;
    await run.stop();
    expect(seen.closed).toBe(1);
    expect(events.length).toBe(before);
    await expect(run.gate()).rejects.toMatchObject({ code: 'cancelled' });
  });

  test('stop ends a waiting run by return', async () => {
    const { run, seen } = begin();
    await run.advance('phase', never);
    expect(seen.closed).toBe(0);
    await run.stop();
    expect(seen.closed).toBe(1);
  });

  test('trouble of the device fails the run at its next step', async () => {
    const { run } = begin((step) => {
      if (step === 2) run.fail(new LabError('device-lost', 'gone'));
    });
    await expect(run.advance('end', never)).rejects.toMatchObject({ code: 'device-lost' });
  });

  test('a failed run tells its event and throws its error', async () => {
    const error = { code: 'training-diverged', message: 'NaN', details: { step: 2 } } as const;
    const failed: RunEvent = { type: 'run/failed', at: 2, wall: 0, error };
    const { run, events } = begin(undefined, [...LOG.slice(0, 3), failed]);
    await expect(run.advance('end', never)).rejects.toMatchObject(error);
    expect(events.at(-1)).toEqual(failed);
  });
});
