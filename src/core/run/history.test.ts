import { describe, expect, it } from 'vitest';
import { LabError } from '../errors.ts';
import type { RunEvent } from './events.ts';
import {
  branchAt,
  checkpointFits,
  cursorAtGeneration,
  lastCompleteGeneration,
  resumePrefix,
  stopsOf,
  truncateAtCheckpoint,
  truncateForResume,
} from './history.ts';
import { syntheticEvents, syntheticLog } from './testing.ts';

// Header 1, then 7 events a generation: start, 4 steps, ranks, move.
const events = syntheticEvents({ generations: 2, partialSteps: 3 });
const pause: RunEvent = { type: 'run/paused', at: 11, wall: 0, generation: 2, step: 3 };

describe('cursors', () => {
  it('finds the end of each generation', () => {
    expect([-1, 0, 1, 2, 9].map((g) => cursorAtGeneration(events, g))).toEqual([1, 8, 15, 19, 15]);
    expect(lastCompleteGeneration(events)).toBe(1);
    expect(lastCompleteGeneration(events.slice(0, 7))).toBe(-1);
  });

  it('stops at each phase', () => {
    expect(stopsOf(events.slice(0, 8))).toEqual([
      { cursor: 1, generation: -1, phase: 'started' },
      { cursor: 2, generation: 0, phase: 'proposed' },
      { cursor: 6, generation: 0, phase: 'trained' },
      { cursor: 7, generation: 0, phase: 'ranked' },
      { cursor: 8, generation: 0, phase: 'moved' },
    ]);
  });
});

describe('resuming', () => {
  it('drops what comes after the last move', () => {
    expect(truncateForResume([...events, pause])).toEqual(events.slice(0, 15));
    expect(truncateForResume(syntheticEvents({ generations: 2, finished: true }))).toHaveLength(15);
    expect(truncateForResume(events.slice(0, 4))).toEqual(events.slice(0, 1));
    expect(truncateForResume([])).toEqual([]);
  });

  it('keeps the interrupted generation up to its checkpoint', () => {
    const position = { generation: 2, supernet: 0, step: 2 };
    expect(checkpointFits(events, position)).toBe(true);
    expect(truncateAtCheckpoint([...events, pause], position)).toEqual(events.slice(0, 18));
  });

  it('keeps ranks that were not moved on yet', () => {
    const ranked = syntheticEvents({ generations: 3 }).slice(0, -1);
    const position = { generation: 2, supernet: 0, step: 2 };
    expect(resumePrefix([...ranked, pause], position)).toEqual({
      events: ranked,
      useCheckpoint: false,
    });
    expect(resumePrefix(events, position).events).toHaveLength(18);
    expect(resumePrefix(events, null).events).toHaveLength(15);
  });

  it('refuses checkpoints of other generations, and those ahead of the log', () => {
    expect(checkpointFits(events, { generation: 1, supernet: 0, step: 2 })).toBe(false);
    expect(checkpointFits(events, { generation: 3, supernet: 0, step: 2 })).toBe(false);
    expect(checkpointFits(events, { generation: 2, supernet: 0, step: 4 })).toBe(false);
    expect(checkpointFits(events, { generation: 2, supernet: 1, step: 1 })).toBe(false);
    expect(checkpointFits(events.slice(0, 15), { generation: 2, supernet: 0, step: 0 })).toBe(
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
      parent: { run: 'run-1', generation: 0 },
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
    refused(() => branchAt(log, 0, { strategy: { id: 'random' } }, 'x', ''));
    refused(() => branchAt(log, -1, { task: { dataset: 'fashion-mnist' } }, 'x', ''));
    refused(() => branchAt(log, 2, {}, 'x', ''));
    refused(() => branchAt({ ...log, events: [] }, -1, {}, 'x', ''));
  });
});
