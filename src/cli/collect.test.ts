import { describe, expect, it } from 'vitest';
import type { RunEvent } from '../core/run/events.ts';
import { outcomeOf } from './collect.ts';
import { bar, describeRange } from './report.ts';

describe('outcomeOf', () => {
  it.each<[RunEvent[], string]>([
    [[], 'empty'],
    [[{ type: 'run/finished', at: 1, wall: 1, generations: 1 }], 'finished'],
    [
      [{ type: 'run/paused', at: 1, wall: 1, generation: 0, step: 4 }],
      'paused in generation 1 at step 4',
    ],
    [
      [
        {
          type: 'run/failed',
          at: 1,
          wall: 1,
          error: { code: 'internal', message: 'Broken.', details: {} },
        },
      ],
      'failed: Broken.',
    ],
  ])('%j', (events, outcome) => {
    expect(outcomeOf(events)).toBe(outcome);
  });
});

describe('bar', () => {
  it('fills from left to right and never overflows', () => {
    expect(bar(0, 4)).toBe(`[${'.'.repeat(24)}]   0 %`);
    expect(bar(2, 4)).toBe(`[${'#'.repeat(12)}${'.'.repeat(12)}]  50 %`);
    expect(bar(9, 4)).toBe(`[${'#'.repeat(24)}] 100 %`);
  });
});

describe('describeRange', () => {
  it('speaks in the unit that fits', () => {
    expect(describeRange({ low: 20_000, high: 40_000 })).toBe('20 s to 40 s left');
    expect(describeRange({ low: 60_000, high: 60_100 })).toBe('about 60 s left');
    expect(describeRange({ low: 600_000, high: 7_200_000 })).toBe('10 min to 2.0 h left');
  });
});
