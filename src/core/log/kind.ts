/**
 * What a kind of log is. A log is a list of plain events that only grows; the first of them is its
 * header event and says what decides the rest. All that files, storage, digests and migrations need to
 * know of the logs of one kind is in its `LogKind`; what is done with them is the same for every kind.
 */
import type { JsonRecord } from '../paths.ts';
import type { ShapeIssue } from './shape.ts';

/** What every event has. */
export interface LogEvent {
  readonly type: string;
}

/**
 * From version n to n + 1. It is made anew for each log and gets its events in order, so that it can
 * remember what came before, e.g. the header's values. Of one event it can make another, several, or
 * none.
 */
export type Migration = () => (event: JsonRecord) => readonly JsonRecord[];

/** By the version each begins with. */
export type Migrations = { readonly [from: number]: Migration };

export interface LogKind<E extends LogEvent> {
  /** Name in the first line of a file, e.g. `fade-lab-run`. */
  readonly format: string;
  /** What one log of this kind is called, e.g. `run`. */
  readonly noun: string;
  /** The version that is written, and the newest that can be read. */
  readonly version: number;
  /** One for each older version, from 1. */
  readonly migrations: Migrations;
  /** The event that comes first, and only there. */
  readonly first: E['type'];
  /** The value as an event, or the first thing wrong with it. */
  readonly read: (value: unknown) => E | ShapeIssue;
  /** What keeps an event from belonging to the log that `first` began; null if nothing does. */
  readonly fits?: (event: E, first: E) => ShapeIssue | null;
  /** The line that an event adds to the digest; null if it adds none. */
  readonly digestLine: (event: E) => string | null;
}

/** A log with its name. */
export interface NamedLog<E> {
  readonly id: string;
  readonly title: string;
  /** ISO date, for lists; not part of the digest. */
  readonly createdAt: string;
  readonly events: readonly E[];
}

/** An event that changed by nothing, or by what `change` says: the common case of a migration. */
export const eachEvent =
  (change: (event: JsonRecord) => JsonRecord): Migration =>
  () =>
  (event) => [change(event)];
