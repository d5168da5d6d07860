/**
 * Where the logs of one kind live between visits, whatever keeps them: a head for each log (its name,
 * its length, and the few facts that a list shows), its events, and at most one snapshot, which is data
 * too large for an event. What is here is the same for IndexedDB and memory.
 */
import { LabError } from '../../core/errors.ts';
import type { LogEvent, LogKind, NamedLog } from '../../core/log/kind.ts';
import { isNewer } from '../../core/log/reader.ts';

/** What a list says of every log. */
export interface SummaryBase {
  readonly id: string;
  readonly title: string;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly eventCount: number;
  /** Version of the stored events. */
  readonly version: number;
}

/** The same with the facts `F` that only logs of one kind have. */
export type Summary<F extends object> = SummaryBase & F;

/** How the logs of a kind are kept. `F`: facts for lists. `S`: snapshots; `never` if it has none. */
export interface StoredKind<E extends LogEvent, F extends object, S> {
  readonly log: LogKind<E>;
  /** Names of its object stores. */
  readonly stores: {
    readonly heads: string;
    /** Chunks of events, keyed by log and the position of the first. */
    readonly events: string;
    readonly snapshots: string | null;
  };
  /** For messages. */
  readonly words: { readonly many: string; readonly events: string; readonly snapshot: string };
  readonly noFacts: F;
  /** The facts after more events. */
  readonly addFacts: (facts: F, events: readonly E[]) => F;
  /** A stored snapshot in its present form, or null if it is none. */
  readonly readSnapshot: (value: unknown) => S | null;
}

/**
 * The store. Logs that a newer lab has written are listed and otherwise left untouched: whatever reads
 * or changes one throws `log-unsupported`.
 */
export interface LogStore<E extends LogEvent, F extends object, S> {
  /** All logs, latest first. */
  list(): Promise<readonly Summary<F>[]>;
  /** The whole log in the present version, which is stored if it was older; null if there is none. */
  load(id: string): Promise<NamedLog<E> | null>;
  /** Stores a log anew, replacing one of the same id. */
  create(log: NamedLog<E>, at: string): Promise<Summary<F>>;
  append(id: string, events: readonly E[], at: string): Promise<Summary<F>>;
  /** Drops all events from position `count` on. */
  truncate(id: string, count: number, at: string): Promise<Summary<F>>;
  rename(id: string, title: string, at: string): Promise<Summary<F>>;
  /** Deletes a log with its snapshot. */
  remove(id: string): Promise<void>;
  /** Replaces the snapshot of a log. */
  saveSnapshot(id: string, snapshot: S): Promise<void>;
  /** Null if there is none, or none that this lab can use. */
  loadSnapshot(id: string): Promise<S | null>;
}

/** The summary after `events` were added. */
export function extend<E extends LogEvent, F extends object, S>(
  { addFacts }: StoredKind<E, F, S>,
  summary: Summary<F>,
  events: readonly E[],
  at: string,
): Summary<F> {
  const eventCount = summary.eventCount + events.length;
  return { ...summary, ...addFacts(summary, events), updatedAt: at, eventCount };
}

/** The summary of a log. */
export function summarise<E extends LogEvent, F extends object, S>(
  { log: { version }, noFacts, addFacts }: StoredKind<E, F, S>,
  { id, title, createdAt, events }: NamedLog<E>,
  at: string,
): Summary<F> {
  const eventCount = events.length;
  const base = { id, title, createdAt, updatedAt: at, eventCount, version };
  return { ...addFacts(noFacts, events), ...base };
}

/** Latest first. */
export function byRecency(a: SummaryBase, b: SummaryBase): number {
  return b.updatedAt.localeCompare(a.updatedAt) || a.id.localeCompare(b.id);
}

/** @throws LabError `log-unsupported` if a newer lab has written the log. */
export function refuseNewer(
  kind: Pick<LogKind<LogEvent>, 'version'>,
  { title, version }: Pick<SummaryBase, 'title' | 'version'>,
): void {
  if (!isNewer(kind, version)) return;
  const message = `“${title}” has version ${version}, this lab reads up to ${kind.version}: reload the page to get the newest lab. Until then it is left as it is.`;
  throw new LabError('log-unsupported', message, { title, version, supported: kind.version });
}

/** The error for a log that is not there. */
export const missing = ({ noun }: Pick<LogKind<LogEvent>, 'noun'>, id: string): LabError =>
  new LabError('storage-failed', `There is no stored ${noun} “${id}”.`, { [noun]: id });
