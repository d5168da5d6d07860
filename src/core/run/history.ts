/**
 * Moving in a log: where the cursor can stop, where an interrupted run goes on, and how a new log
 * branches from an old one. A cursor is a number of events to apply.
 */
import { canonicalJson } from '../canonical.ts';
import { LabError } from '../errors.ts';
import { getPath } from '../paths.ts';
import type { RunConfig } from './config.ts';
import type { RunEvent, RunLog, RunStarted, TrainingPlace } from './events.ts';
import { chooseExecutor, executorNeeds } from './executors.ts';
import { type ConfigOverrides, resolveOver } from './resolve.ts';
import { roundTitle } from './rounds.ts';

/** The cursor at the end of round `r` (its last event so far if it is not complete), or 0. */
export function cursorAtRound(events: readonly RunEvent[], r: number): number {
  let cursor = 0;
  for (const [index, event] of events.entries()) {
    if (event.type === 'run/started') cursor = Math.max(cursor, 1);
    if (!('round' in event) || event.type === 'run/paused') continue;
    if (event.round > r) break;
    if (event.round === r || event.type === 'round/finished') cursor = index + 1;
  }
  return cursor;
}

function lastFinished(events: readonly RunEvent[]): number {
  return events.findLastIndex((event) => event.type === 'round/finished');
}

/** Index of the last round that the method was told of; -1 if there is none. */
export function lastCompleteRound(events: readonly RunEvent[]): number {
  const event = events[lastFinished(events)];
  return event?.type === 'round/finished' ? event.round : -1;
}

/** The part of a log that is made of complete rounds, or the header alone. */
export function completeRounds(events: readonly RunEvent[]): readonly RunEvent[] {
  const finished = lastFinished(events);
  if (finished >= 0) return events.slice(0, finished + 1);
  return events[0]?.type === 'run/started' ? events.slice(0, 1) : [];
}

/** Where in the middle of training a checkpoint stands. */
export interface CheckpointPosition extends TrainingPlace {
  readonly round: number;
}

/** Whether a report tells of steps after `position`, which is in the same round. */
export function isAfter(event: TrainingPlace, position: TrainingPlace): boolean {
  const [a, b] = [event, position].map(({ job, supernet, step }) => [job, supernet, step] as const);
  const at = a!.findIndex((value, i) => value !== b![i]);
  return at >= 0 && a![at]! > b![at]!;
}

/** The last step before the checkpoint that must have been reported; 0 if none. */
function lastReport(events: readonly RunEvent[], step: number): number {
  const header = events[0];
  const every = header?.type === 'run/started' ? header.config.supernet.reportEvery : 1;
  return step - (step % every);
}

/**
 * True if the checkpoint belongs to the job that this log was interrupted in, and the log holds all that
 * was reported up to it: going on from there leaves no gap.
 */
export function checkpointFits<T extends CheckpointPosition>(
  events: readonly RunEvent[],
  position: T | null,
): position is T {
  if (!position || position.round !== lastCompleteRound(events) + 1) return false;
  const partial = events.slice(lastFinished(events) + 1);
  const begun = partial.some((event) => event.type === 'round/started');
  const done = partial.filter((event) => event.type === 'job/finished').length;
  const due = { ...position, step: lastReport(events, position.step) - 1 };
  const whole = partial.some((event) => event.type === 'job/progress' && isAfter(event, due));
  return begun && done === position.job && (due.step < 0 || whole);
}

/** What was told up to a checkpoint that fits. */
function truncateAtCheckpoint(
  events: readonly RunEvent[],
  position: CheckpointPosition,
): readonly RunEvent[] {
  const last = events.findLastIndex((event) => {
    if (event.type === 'round/started') return event.round === position.round;
    if (event.type === 'job/finished') return event.round === position.round;
    if (event.type !== 'job/progress') return false;
    return event.round === position.round && !isAfter(event, position);
  });
  return events.slice(0, last + 1);
}

/**
 * What an interrupted run keeps: every result that is there, and the training it was interrupted in up
 * to a fitting checkpoint. A round without any result is asked for again.
 */
export function resumePrefix(
  events: readonly RunEvent[],
  position: CheckpointPosition | null,
): { readonly events: readonly RunEvent[]; readonly useCheckpoint: boolean } {
  if (checkpointFits(events, position)) {
    return { events: truncateAtCheckpoint(events, position), useCheckpoint: true };
  }
  const result = events.findLastIndex((event) => event.type === 'job/finished');
  const kept = result > lastFinished(events) ? events.slice(0, result + 1) : completeRounds(events);
  return { events: kept, useCheckpoint: false };
}

/** What no branch can change, and what none can once a round has been searched. */
const FROZEN = ['task.dataset'];
const FROZEN_LATER = ['space.id', 'space.vertices', 'space.stages', 'space.candidates', 'method'];

function checkSameStart(before: RunConfig, after: RunConfig, round: number): void {
  const paths = round < 0 ? FROZEN : [...FROZEN, ...FROZEN_LATER];
  const text = (config: RunConfig, path: string) => canonicalJson(getPath(config, path));
  const changed = paths.find((path) => text(before, path) !== text(after, path));
  if (changed === undefined) return;
  const message = `A branch goes on with what its history was made with: ${changed} is ${text(before, changed)} and cannot become ${text(after, changed)}. Start a new run instead.`;
  throw new LabError('config-invalid', message, { field: changed });
}

function headerOf(log: RunLog): RunStarted {
  const header = log.events[0];
  if (header?.type === 'run/started') return header;
  throw new LabError('usage', `The run “${log.title}” is empty: there is nothing to branch from.`);
}

/**
 * A new log that shares the history up to the end of `round` (-1: only the start) and goes on with
 * another config. The old log is untouched.
 */
export function branchAt(
  log: RunLog,
  round: number,
  overrides: ConfigOverrides,
  newId: string,
  createdAt: string,
): RunLog {
  const header = headerOf(log);
  const config = resolveOver(header.config, overrides);
  checkSameStart(header.config, config, round);
  const cursor = round < 0 ? 1 : cursorAtRound(log.events, round);
  const prefix = completeRounds(log.events.slice(0, cursor));
  if (lastCompleteRound(prefix) !== Math.max(-1, round)) {
    const message = `${roundTitle(config)} ${round + 1} of “${log.title}” is not complete: branch from an earlier one.`;
    throw new LabError('usage', message, { round });
  }
  const parent = { run: log.id, round };
  // The same as before, unless the new config asks for what it cannot do.
  const needs = executorNeeds(config);
  const executor = chooseExecutor(needs, header.backend.name, header.executor).id;
  return {
    id: newId,
    title: `${log.title} › ${round + 2}`,
    createdAt,
    events: [{ ...header, config, executor, parent }, ...prefix.slice(1)],
  };
}
