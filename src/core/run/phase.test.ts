/** Where a run stands after each event, and where it can stop. */
import { describe, expect, it } from 'vitest';
import { architectureId } from '../cellId.ts';
import type { EvaluateJob } from '../method/jobs.ts';
import type {
  EvaluateProgress,
  JobFinished,
  RoundFinished,
  RoundStarted,
  RunEvent,
} from './events.ts';
import { NOWHERE, standingAfter, standingOf, stopsOf } from './phase.ts';
import { syntheticConfig, syntheticEvents } from './testing.ts';

const stamp = { at: 0, wall: 0, round: 0 };
const jobs = [0, 1, 7].map(
  (mask): EvaluateJob => ({
    kind: 'evaluate',
    id: architectureId({ vertices: 3, masks: [mask, 0] }),
    steps: 2,
    seed: 0,
    origin: { kind: 'drawn', parents: [], values: {} },
  }),
);
const started: RoundStarted = { type: 'round/started', ...stamp, jobs };
const progress = (job: number, step: number): EvaluateProgress => ({
  type: 'job/progress',
  kind: 'evaluate',
  ...stamp,
  job,
  supernet: 0,
  step,
  steps: 2,
  epoch: 0,
  loss: 1,
  accuracy: 0.5,
  wallPerStep: 1,
});
const finished = (job: number): JobFinished => ({
  type: 'job/finished',
  ...stamp,
  job,
  result: { kind: 'evaluate', loss: 1, accuracy: 0.5, diverged: null, known: false },
  cost: { steps: 2, macs: 10, evaluations: 1 },
});
const told: RoundFinished = { type: 'round/finished', ...stamp, note: null, incumbent: null };
const job = (index: number) => [progress(index, 1), progress(index, 2), finished(index)];
const [header] = syntheticEvents({ generations: 0 });
const black: readonly RunEvent[] = [header!, started, ...job(0), ...job(1), ...job(2), told];

const phasesOf = (events: readonly RunEvent[]) =>
  events.map((_, index) => standingOf(events.slice(0, index + 1)).phase);

describe('standing', () => {
  it('begins nowhere', () => {
    expect(standingOf([])).toBe(NOWHERE);
    expect(NOWHERE).toMatchObject({ phase: 'empty', round: -1 });
  });

  it('follows a round with one region', () => {
    const events = syntheticEvents({ generations: 2, finished: true });
    const round = ['proposed', 'training', 'training', 'training', 'trained', 'measured', 'moved'];
    expect(phasesOf(events)).toEqual(['started', ...round, ...round, 'finished']);
    expect(standingOf(events.slice(0, 9))).toMatchObject({ round: 1, jobs: 1, done: 0 });
    expect(standingOf(events.slice(0, -2))).toMatchObject({ round: 1, jobs: 1, done: 1 });
  });

  it('is trained once the last supernet of an ensemble is', () => {
    const base = syntheticConfig(2);
    const config = { ...base, ranker: { ...base.ranker, supernets: 2 } };
    const round = ['proposed', 'training', 'training', 'training', 'trained', 'measured', 'moved'];
    expect(phasesOf(syntheticEvents({ config, generations: 1 }))).toEqual(['started', ...round]);
  });

  it('follows a round of several evaluations: measured when all are', () => {
    expect(phasesOf(black)).toEqual([
      'started',
      'proposed',
      ...['training', 'training', 'training'],
      ...['training', 'training', 'training'],
      ...['training', 'trained', 'measured'],
      'moved',
    ]);
    const done = black.map((_, index) => standingOf(black.slice(0, index + 1)).done);
    expect(done).toEqual([0, 0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3]);
    expect(standingOf(black).jobs).toBe(3);
  });

  it('of an evaluation does not wait for the supernets of the config', () => {
    const config = { ...syntheticConfig(), ranker: { ...syntheticConfig().ranker, supernets: 3 } };
    const [other] = syntheticEvents({ config, generations: 0 });
    const last = black.slice(1, -2);
    expect(standingOf([other!, ...last]).phase).toBe('trained');
  });

  it('goes on to the next round where the budget cut one short', () => {
    const short = [...black.slice(0, 5), told];
    expect(phasesOf(short).slice(-2)).toEqual(['training', 'moved']);
    const next = standingAfter(standingOf(short), { ...started, round: 1 });
    expect(next).toMatchObject({ phase: 'proposed', round: 1, jobs: 3, done: 0 });
  });

  it('stays through pauses and losses, and keeps its place in a failure', () => {
    const before = standingOf(black.slice(0, 4));
    const place = { job: 0, supernet: 0, step: 2 };
    const pause: RunEvent = { type: 'run/paused', ...stamp, step: 2 };
    const loss: RunEvent = { type: 'device/lost', ...stamp, ...place, message: '', from: place };
    expect(standingAfter(before, pause)).toBe(before);
    expect(standingAfter(before, loss)).toBe(before);
    const error = { code: 'device-lost', message: 'gone', details: {} } as const;
    const failed = standingAfter(before, { type: 'run/failed', at: 0, wall: 0, error });
    expect(failed).toEqual({ ...before, phase: 'failed' });
  });
});

describe('stops', () => {
  it('of a round with one region', () => {
    const events = syntheticEvents({ generations: 1, finished: true });
    expect(stopsOf(events)).toEqual([
      { cursor: 1, round: -1, phase: 'started' },
      { cursor: 2, round: 0, phase: 'proposed' },
      { cursor: 6, round: 0, phase: 'trained' },
      { cursor: 7, round: 0, phase: 'measured' },
      { cursor: 8, round: 0, phase: 'moved' },
      { cursor: 9, round: 0, phase: 'finished' },
    ]);
  });

  it('of a round of several evaluations: trained before the last result', () => {
    expect(stopsOf(black)).toEqual([
      { cursor: 1, round: -1, phase: 'started' },
      { cursor: 2, round: 0, phase: 'proposed' },
      { cursor: 10, round: 0, phase: 'trained' },
      { cursor: 11, round: 0, phase: 'measured' },
      { cursor: 12, round: 0, phase: 'moved' },
    ]);
  });

  it('are where a view of the log stands in that phase', () => {
    for (const events of [black, syntheticEvents({ generations: 2, partialSteps: 2 })]) {
      for (const { cursor, phase, round } of stopsOf(events)) {
        expect(standingOf(events.slice(0, cursor))).toMatchObject({ phase, round });
      }
    }
    expect(stopsOf([])).toEqual([]);
  });
});
