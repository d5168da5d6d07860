/** The run in the worker when the GPU is lost, with a made-up engine that passes the gate before every step. */
import { describe, expect, test } from 'vitest';
import { LabError } from '../../core/errors.ts';
import type { RunEvent } from '../../core/run/events.ts';
import type { Recovered } from '../../engine/round.ts';
import { executor, idle, interrupter, LOG, never, recoverable } from './activeRun.testing.ts';
import { ActiveRun } from './activeRun.ts';

describe('a lost device', () => {
  const loss = new LabError('device-lost', 'gone', { reason: 'a cable' });

  /** A run whose engine loses its device before `step`, and asks for a way on. */
  function losing(step: number, atGate: (step: number) => void = () => undefined) {
    const recoveries: Recovered[] = [];
    const { recovery, seen } = recoverable();
    const run = new ActiveRun('r', {
      event: () => undefined,
      checkpoint: () => undefined,
      clock: () => 0,
      recovery,
    });
    async function* engine(): AsyncGenerator<RunEvent, void> {
      for (const event of LOG) {
        if (event.type === 'job/progress') {
          const { round, job, supernet } = event;
          run.onTraining({ round, job, supernet, step: event.step - 1, executor });
          if (event.step === step) run.fail(loss);
          atGate(event.step);
          try {
            await run.gate();
          } catch (thrown) {
            recoveries.push(await run.recover(thrown));
          }
        } else run.onTraining(null);
        yield event;
      }
    }
    return { run, engine, recoveries, seen };
  }

  test('is renewed; training goes on from what was saved last', async () => {
    const { run, engine, recoveries, seen } = losing(3, (step) => {
      if (step === 2) stop.fire();
    });
    const stop = interrupter(run);
    run.begin(engine(), []);
    await run.advance('end', stop.promise);
    await idle();
    expect(await run.advance('round', never)).toMatchObject({ phase: 'moved' });
    expect(recoveries).toMatchObject([
      { message: 'a cable', checkpoint: { round: 0, job: 0, supernet: 0, step: 1 } },
    ]);
    expect(recoveries[0]?.checkpoint?.state.weights).toEqual(Float32Array.of(1, 2));
    expect(seen.renewed).toBe(1);
    await run.stop();
  });

  test('goes on from the checkpoint that the run began with, as long as there is no other', async () => {
    const saved = {
      round: 0,
      job: 0,
      supernet: 0,
      step: 1,
      state: { weights: Float32Array.of(9) },
    };
    const { run, engine, recoveries } = losing(2);
    run.begin(engine(), [], saved);
    await run.advance('round', never);
    expect(recoveries).toMatchObject([{ checkpoint: saved }]);
    await run.stop();
  });

  test('a generation that was ranked is progress: losses count anew', async () => {
    const { run, engine, recoveries } = losing(3, (step) => {
      if (step === 2) run.fail(loss);
    });
    run.begin(engine(), []);
    // Two losses a generation.
    expect(await run.advance('end', never)).toMatchObject({ phase: 'finished' });
    expect(recoveries).toHaveLength(4);
  });

  test('a command that was refused is not made good', async () => {
    const { run, engine } = losing(9, (step) => {
      if (step === 2) run.fail(new LabError('backend-wrong', 'refused'));
    });
    run.begin(engine(), []);
    await expect(run.advance('end', never)).rejects.toMatchObject({ code: 'backend-wrong' });
  });
});
