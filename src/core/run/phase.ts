/**
 * Where a run stands, worked out here and nowhere else: a fold over its events.
 */
import type { RunEvent } from './events.ts';

/**
 * proposed: the method has asked. training: some job trains. trained: the last step of the last job is
 * done. measured: every job has its result. moved: the method was told.
 */
export type RunPhase =
  | 'empty'
  | 'started'
  | 'proposed'
  | 'training'
  | 'trained'
  | 'measured'
  | 'moved'
  | 'finished'
  | 'failed';

export interface Standing {
  readonly phase: RunPhase;
  /** -1 before the first round. */
  readonly round: number;
  /** Jobs of the round, and how many of them have results. */
  readonly jobs: number;
  readonly done: number;
  /** Supernets of an ensemble. */
  readonly supernets: number;
}

export const NOWHERE: Standing = { phase: 'empty', round: -1, jobs: 0, done: 0, supernets: 1 };

/** Where the run stands after one more event. */
export function standingAfter(before: Standing, event: RunEvent): Standing {
  switch (event.type) {
    case 'run/started':
      return {
        ...before,
        phase: before.round < 0 ? 'started' : before.phase,
        supernets: event.config.ranker.supernets,
      };
    case 'round/started':
      return {
        ...before,
        phase: 'proposed',
        round: event.round,
        jobs: event.jobs.length,
        done: 0,
      };
    case 'job/progress': {
      const supernets = event.kind === 'rank' ? before.supernets : 1;
      const last =
        event.step >= event.steps &&
        event.supernet >= supernets - 1 &&
        event.job >= before.jobs - 1;
      return { ...before, phase: last ? 'trained' : 'training' };
    }
    case 'job/finished': {
      const done = before.done + 1;
      return { ...before, done, phase: done >= before.jobs ? 'measured' : 'training' };
    }
    case 'round/finished':
      return { ...before, phase: 'moved' };
    case 'run/finished':
      return { ...before, phase: 'finished' };
    case 'run/failed':
      return { ...before, phase: 'failed' };
    case 'run/paused':
    case 'device/lost':
      return before;
    default:
      return event satisfies never;
  }
}

/** Where a log stands at its end. */
export function standingOf(events: readonly RunEvent[]): Standing {
  return events.reduce(standingAfter, NOWHERE);
}

/** Phases at which the cursor, and a run that is stepped, can stop. */
export type StopPhase = Exclude<RunPhase, 'empty' | 'training'>;

export interface Stop {
  readonly cursor: number;
  /** -1 before the first round. */
  readonly round: number;
  readonly phase: StopPhase;
}

/** The phase that ends with this event; null if none does. */
export function phaseEndedBy(before: Standing, event: RunEvent): StopPhase | null {
  if (event.type === 'run/paused' || event.type === 'device/lost') return null;
  const { phase } = standingAfter(before, event);
  return phase === 'empty' || phase === 'training' ? null : phase;
}

/** Every phase boundary of a log, in order. */
export function stopsOf(events: readonly RunEvent[]): readonly Stop[] {
  const stops: Stop[] = [];
  let before = NOWHERE;
  events.forEach((event, index) => {
    const phase = phaseEndedBy(before, event);
    before = standingAfter(before, event);
    const { round } = before;
    // The end of training is everything before the last result, which says more than the last report.
    if (phase === 'measured') stops.push({ cursor: index, round, phase: 'trained' });
    if (phase && phase !== 'trained') stops.push({ cursor: index + 1, round, phase });
  });
  return stops;
}
