import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RunEvent } from './events.ts';
import { appendEvent, appendEvents, EMPTY_VIEW, reduceLog } from './reducer.ts';
import { syntheticConfig, syntheticEvents } from './testing.ts';

const options = fc.record({
  generations: fc.integer({ min: 0, max: 4 }),
  partialSteps: fc.integer({ min: 0, max: 4 }),
  finished: fc.boolean(),
  salt: fc.integer({ min: 0, max: 99 }),
  wallPerStep: fc.double({ min: 0, max: 100, noNaN: true }),
});

/** A deep copy, to see whether anything is changed behind a view's back. */
const copy = <T>(value: T): T => structuredClone(value);

describe('reduceLog', () => {
  it('equals the same events applied one by one, at every cursor', () => {
    fc.assert(
      fc.property(options, fc.double({ min: 0, max: 1, noNaN: true }), (made, share) => {
        const events = syntheticEvents(made);
        const cursor = Math.round(share * events.length);
        let view = EMPTY_VIEW;
        for (const event of events.slice(0, cursor)) view = appendEvent(view, event);
        expect(view).toEqual(reduceLog(events, cursor));
        expect(appendEvents(view, events.slice(cursor))).toEqual(reduceLog(events));
      }),
      { numRuns: 60 },
    );
  });

  it('never changes an earlier view', () => {
    const events = syntheticEvents({ generations: 1, partialSteps: 2 });
    const earlier = reduceLog(events, 4);
    const before = copy(earlier);
    appendEvents(earlier, events.slice(4));
    expect(earlier).toEqual(before);
  });

  it('follows the phases of a generation', () => {
    const events = syntheticEvents({ generations: 1, finished: true });
    const phases = events.map((_, index) => reduceLog(events, index + 1).phase);
    expect(phases).toEqual([
      'started',
      'proposed',
      'training',
      'training',
      'training',
      'trained',
      'measured',
      'moved',
      'finished',
    ]);
  });

  it('starts an interrupted generation anew when its start is repeated', () => {
    const events = syntheticEvents({ generations: 1, partialSteps: 3 });
    const again = syntheticEvents({ generations: 1, partialSteps: 1 }).slice(-2);
    const view = reduceLog([...events, ...again]);
    expect(view.rounds.map((one) => one.jobs[0]?.progress.length)).toEqual([4, 1]);
    expect(view.current).toBe(1);
  });

  it('tells a pause, and forgets it with the next event', () => {
    const events = syntheticEvents({ generations: 0, partialSteps: 2 });
    const pause: RunEvent = { type: 'run/paused', at: 2, wall: 20, round: 0, step: 2 };
    const paused = reduceLog([...events, pause]);
    expect(paused.paused).toBe(true);
    expect(paused.phase).toBe('training');
    expect(appendEvents(paused, syntheticEvents({ partialSteps: 3 }).slice(-1)).paused).toBe(false);
  });

  it('keeps the error of a failed run', () => {
    const error = { code: 'device-lost', message: 'gone', details: {} } as const;
    const view = appendEvent(EMPTY_VIEW, { type: 'run/failed', at: 0, wall: 0, error });
    expect([view.phase, view.error]).toEqual(['failed', error]);
  });

  it('estimates what is left as a range around the mean step', () => {
    const config = syntheticConfig(4);
    const view = reduceLog(syntheticEvents({ config, generations: 1, partialSteps: 1 }));
    expect(view.meanStepMs).toBe(10);
    expect(view.eta.round).toEqual({ low: 27, high: 33 });
    // The config has two generations: nothing comes after this one.
    expect(view.eta.run).toEqual({ low: 27, high: 33 });
    expect(reduceLog(syntheticEvents({ finished: true })).eta.run).toEqual({ low: 0, high: 0 });
  });

  it('takes ten thousand events in a moment', () => {
    const config = syntheticConfig(10_000);
    const events = syntheticEvents({ config, generations: 1 });
    expect(reduceLog(events).rounds[0]?.jobs[0]?.progress).toHaveLength(10_000);
  });
});
