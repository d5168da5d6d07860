import { describe, expect, it } from 'vitest';
import { LabError } from '../errors.ts';
import type { RunEvent } from './events.ts';
import {
  branchAt,
  checkpointFits,
  completeRounds,
  cursorAtRound,
  lastCompleteRound,
  resumePrefix,
} from './history.ts';
import { stopsOf } from './phase.ts';
import { syntheticEvents, syntheticLog } from './testing.ts';

// Header 1, then 7 events a round: start, 4 steps, ranks, told.
const events = syntheticEvents({ generations: 2, partialSteps: 3 });
const pause: RunEvent = { type: 'run/paused', at: 11, wall: 0, round: 2, step: 3 };

describe('cursors', () => {
  it('finds the end of each generation', () => {
    expect([-1, 0, 1, 2, 9].map((g) => cursorAtRound(events, g))).toEqual([1, 8, 15, 19, 15]);
    expect(lastCompleteRound(events)).toBe(1);
    expect(lastCompleteRound(events.slice(0, 7))).toBe(-1);
  });

  it('stops at each phase', () => {
    expect(stopsOf(events.slice(0, 8))).toEqual([
      { cursor: 1, round: -1, phase: 'started' },
      { cursor: 2, round: 0, phase: 'proposed' },
      { cursor: 6, round: 0, phase: 'trained' },
      { cursor: 7, round: 0, phase: 'measured' },
      { cursor: 8, round: 0, phase: 'moved' },
    ]);
  });
});

describe('resuming', () => {
  it('drops what comes after the last move', () => {
    expect(completeRounds([...events, pause])).toEqual(events.slice(0, 15));
    expect(completeRounds(syntheticEvents({ generations: 2, finished: true }))).toHaveLength(15);
    expect(completeRounds(events.slice(0, 4))).toEqual(events.slice(0, 1));
    expect(completeRounds([])).toEqual([]);
  });

  it('keeps the interrupted generation up to its checkpoint', () => {
    const position = { round: 2, job: 0, supernet: 0, step: 2 };
    expect(checkpointFits(events, position)).toBe(true);
    expect(resumePrefix([...events, pause], position)).toEqual({
      events: events.slice(0, 18),
      useCheckpoint: true,
    });
  });

  it('keeps ranks that were not moved on yet', () => {
    const ranked = syntheticEvents({ generations: 3 }).slice(0, -1);
    const position = { round: 2, job: 0, supernet: 0, step: 2 };
    expect(resumePrefix([...ranked, pause], position)).toEqual({
      events: ranked,
      useCheckpoint: false,
    });
    expect(resumePrefix(events, position).events).toHaveLength(18);
    expect(resumePrefix(events, null).events).toHaveLength(15);
  });

  it('refuses checkpoints of other generations, and those ahead of the log', () => {
    expect(checkpointFits(events, { round: 1, job: 0, supernet: 0, step: 2 })).toBe(false);
    expect(checkpointFits(events, { round: 3, job: 0, supernet: 0, step: 2 })).toBe(false);
    expect(checkpointFits(events, { round: 2, job: 0, supernet: 0, step: 4 })).toBe(false);
    expect(checkpointFits(events, { round: 2, job: 0, supernet: 1, step: 1 })).toBe(false);
    expect(checkpointFits(events.slice(0, 15), { round: 2, job: 0, supernet: 0, step: 0 })).toBe(
      false,
    );
    expect(checkpointFits(events, null)).toBe(false);
  });
});

describe('branchAt', () => {
  const log = { ...syntheticLog(), events };

  it('shares the history and names its parent', () => {
    const branch = branchAt(log, 0, { search: { seed: 9 } }, 'run-2', '2026-01-02');
    expect(branch.events).toHaveLength(8);
    expect(branch.events.slice(1)).toEqual(events.slice(1, 8));
    const header = branch.events[0];
    expect(header).toMatchObject({
      parent: { run: 'run-1', round: 0 },
      config: { search: { seed: 9 }, space: { vertices: 3 } },
    });
    expect([branch.id, branch.createdAt]).toEqual(['run-2', '2026-01-02']);
    expect(log.events).toBe(events);
  });

  it('branches from the start with another space', () => {
    const branch = branchAt(log, -1, { space: { vertices: 4 } }, 'run-2', '');
    expect(branch.events).toHaveLength(1);
  });

  it('refuses another space after a generation, incomplete generations, and empty runs', () => {
    const refused = (work: () => unknown) => expect(work).toThrow(LabError);
    refused(() => branchAt(log, 0, { space: { vertices: 4 } }, 'x', ''));
    refused(() => branchAt(log, 0, { method: { id: 'random' } }, 'x', ''));
    refused(() => branchAt(log, -1, { task: { dataset: 'fashion-mnist' } }, 'x', ''));
    refused(() => branchAt(log, 2, {}, 'x', ''));
    refused(() => branchAt({ ...log, events: [] }, -1, {}, 'x', ''));
  });
});
