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

/** Parts of a generation at which the cursor can stop. */
export type StopPhase =
  | 'started'
  | 'proposed'
  | 'trained'
  | 'ranked'
  | 'moved'
  | 'finished'
  | 'failed';

export interface Stop {
  readonly cursor: number;
  /** -1 before the first generation. */
  readonly generation: number;
  readonly phase: StopPhase;
}

/** Every phase boundary of a log, in order. */
export function stopsOf(events: readonly RunEvent[]): readonly Stop[] {
  const stops: Stop[] = [];
  let generation = -1;
  events.forEach((event, index) => {
    const cursor = index + 1;
    if (event.type === 'run/started') stops.push({ cursor, generation, phase: 'started' });
    if (event.type === 'generation/started') {
      generation = event.generation;
      stops.push({ cursor, generation, phase: 'proposed' });
    }
    if (event.type === 'generation/ranked') {
      // The end of training has no event of its own: it is everything before the ranks.
      stops.push({ cursor: index, generation, phase: 'trained' });
      stops.push({ cursor, generation, phase: 'ranked' });
    }
    if (event.type === 'generation/moved') stops.push({ cursor, generation, phase: 'moved' });
    if (event.type === 'run/finished') stops.push({ cursor, generation, phase: 'finished' });
    if (event.type === 'run/failed') stops.push({ cursor, generation, phase: 'failed' });
  });
  return stops;
}

/** The cursor at the end of generation `g` (its last event so far if it is not complete), or 0. */
export function cursorAtGeneration(events: readonly RunEvent[], g: number): number {
  let cursor = 0;
  for (const [index, event] of events.entries()) {
    if (event.type === 'run/started') cursor = Math.max(cursor, 1);
    if (!('generation' in event) || event.type === 'run/paused') continue;
    if (event.generation > g) break;
    if (event.generation === g || event.type === 'generation/moved') cursor = index + 1;
  }
  return cursor;
}

function lastMoved(events: readonly RunEvent[]): number {
  return events.findLastIndex((event) => event.type === 'generation/moved');
}

/** Index of the last generation whose move is in the log; -1 if there is none. */
export function lastCompleteGeneration(events: readonly RunEvent[]): number {
  const event = events[lastMoved(events)];
  return event?.type === 'generation/moved' ? event.generation : -1;
}

/** The prefix an interrupted run goes on from: up to the last move, or the header alone. */
export function truncateForResume(events: readonly RunEvent[]): readonly RunEvent[] {
  const moved = lastMoved(events);
  if (moved >= 0) return events.slice(0, moved + 1);
  return events[0]?.type === 'run/started' ? events.slice(0, 1) : [];
}

/** Where in the middle of training a checkpoint stands. */
export interface CheckpointPosition extends TrainingPlace {
  readonly generation: number;
}

/** Whether a report tells of steps after `position`, which is in the same generation. */
export function isAfter(event: TrainingPlace, position: TrainingPlace): boolean {
  return (
    event.supernet > position.supernet ||
    (event.supernet === position.supernet && event.step > position.step)
  );
}

/** The last step before the checkpoint that must have been reported; 0 if none. */
function lastReport(events: readonly RunEvent[], step: number): number {
  const header = events[0];
  const every = header?.type === 'run/started' ? header.config.supernet.reportEvery : 1;
  return step - (step % every);
}

/**
 * True if the checkpoint belongs to the generation this log was interrupted in, and the log holds all
 * that was reported up to it: going on from there leaves no gap.
 */
export function checkpointFits<T extends CheckpointPosition>(
  events: readonly RunEvent[],
  position: T | null,
): position is T {
  if (!position || position.generation !== lastCompleteGeneration(events) + 1) return false;
  const partial = events.slice(lastMoved(events) + 1);
  const begun = partial.some(
    (event) => event.type === 'generation/started' && event.generation === position.generation,
  );
  const due = { ...position, step: lastReport(events, position.step) - 1 };
  const whole = partial.some((event) => event.type === 'supernet/progress' && isAfter(event, due));
  return begun && (due.step < 0 || whole);
}

/** Like `truncateForResume`, but keeps the interrupted generation up to the checkpoint. */
export function truncateAtCheckpoint(
  events: readonly RunEvent[],
  position: CheckpointPosition,
): readonly RunEvent[] {
  const last = events.findLastIndex((event) => {
    if (event.type === 'generation/started') return event.generation === position.generation;
    if (event.type !== 'supernet/progress') return false;
    return event.generation === position.generation && !isAfter(event, position);
  });
  return last < 0 ? truncateForResume(events) : events.slice(0, last + 1);
}

/**
 * What an interrupted run keeps: all that was ranked, or the interrupted generation up to a fitting
 * checkpoint, or else only its complete generations.
 */
export function resumePrefix(
  events: readonly RunEvent[],
  position: CheckpointPosition | null,
): { readonly events: readonly RunEvent[]; readonly useCheckpoint: boolean } {
  const ranked = events.findLastIndex((event) => event.type === 'generation/ranked');
  if (ranked > lastMoved(events)) {
    return { events: events.slice(0, ranked + 1), useCheckpoint: false };
  }
  return checkpointFits(events, position)
    ? { events: truncateAtCheckpoint(events, position), useCheckpoint: true }
    : { events: truncateForResume(events), useCheckpoint: false };
}

/** What no branch can change, and what none can once a generation has been searched. */
const FROZEN = ['task.dataset'];
const FROZEN_LATER = ['space.vertices', 'space.stages', 'space.candidates', 'strategy'];

function checkSameStart(before: RunConfig, after: RunConfig, generation: number): void {
  const paths = generation < 0 ? FROZEN : [...FROZEN, ...FROZEN_LATER];
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
 * A new log that shares the history up to the end of `generation` (-1: only the start) and goes on
 * with another config. The old log is untouched.
 */
export function branchAt(
  log: RunLog,
  generation: number,
  overrides: ConfigOverrides,
  newId: string,
  createdAt: string,
): RunLog {
  const header = headerOf(log);
  const config = resolveOver(header.config, overrides);
  checkSameStart(header.config, config, generation);
  const cursor = generation < 0 ? 1 : cursorAtGeneration(log.events, generation);
  const prefix = truncateForResume(log.events.slice(0, cursor));
  if (lastCompleteGeneration(prefix) !== Math.max(-1, generation)) {
    const message = `Generation ${generation + 1} of “${log.title}” is not complete: branch from an earlier one.`;
    throw new LabError('usage', message, { generation });
  }
  const parent = { run: log.id, generation };
  // The same as before, unless the new config asks for what it cannot do.
  const needs = executorNeeds(config);
  const executor = chooseExecutor(needs, header.backend.name, header.executor).id;
  return {
    id: newId,
    title: `${log.title} › ${generation + 2}`,
    createdAt,
    events: [{ ...header, config, executor, parent }, ...prefix.slice(1)],
  };
}
