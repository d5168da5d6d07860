/**
 * Records of any version as events of the present one: migrated, checked, and fitted to the header
 * event. Files and storage both read through here, so that what one can open the other can as well.
 */
import { LabError } from '../errors.ts';
import { isRecord, type JsonRecord } from '../paths.ts';
import type { LogEvent, LogKind } from './kind.ts';
import { isIssue, type ShapeIssue } from './shape.ts';

/** From records of version `from` to records of the present version, in order. */
function createMigration(
  { version, migrations }: Pick<LogKind<LogEvent>, 'version' | 'migrations'>,
  from: number,
): (record: JsonRecord) => readonly JsonRecord[] {
  const steps: ReturnType<(typeof migrations)[number]>[] = [];
  for (let at = from; at < version; at++) {
    const make = migrations[at];
    if (!make) throw new LabError('log-unsupported', `No way from version ${at} to ${version}.`);
    steps.push(make());
  }
  return (record) => {
    let records: readonly JsonRecord[] = [record];
    for (const step of steps) records = records.flatMap((one) => step(one));
    return records;
  };
}

/** The first event comes first, and only there; the others must fit it. */
function misfit<E extends LogEvent>(
  { first, fits }: Pick<LogKind<E>, 'first' | 'fits'>,
  event: E,
  start: E | null,
): ShapeIssue | null {
  if ((start === null) !== (event.type === first)) {
    const expected = start ? `an event after ${first}` : first;
    return { field: 'type', expected, found: event.type };
  }
  return (start && fits?.(event, start)) ?? null;
}

/**
 * A reader of one log of version `from`: gets its records in order and says which events of the
 * present version each of them is, or the first thing wrong with it.
 * @throws LabError `log-unsupported` if there is no way from that version.
 */
export function createReader<E extends LogEvent>(
  kind: LogKind<E>,
  from: number,
): (record: JsonRecord) => readonly E[] | ShapeIssue {
  const migrate = createMigration(kind, from);
  let start: E | null = null;
  return (record) => {
    const events: E[] = [];
    for (const migrated of migrate(record)) {
      const event = kind.read(migrated);
      const problem = isIssue(event) ? event : misfit(kind, event, start);
      if (problem) return problem;
      if (isIssue(event)) continue;
      start ??= event;
      events.push(event);
    }
    return events;
  };
}

/** Copies kept by a browser can hold fields of no value, which a file would not have. */
function withoutHoles(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutHoles);
  if (!isRecord(value)) return value;
  const filled = Object.entries(value).filter(([, field]) => field !== undefined);
  return Object.fromEntries(filled.map(([key, field]) => [key, withoutHoles(field)]));
}

/**
 * Stored events of version `from` as events of the present version. `source` names the log in errors.
 * @throws LabError `log-damaged` with the number of the event, `log-unsupported`.
 */
export function upgradeEvents<E extends LogEvent>(
  kind: LogKind<E>,
  records: readonly unknown[],
  from: number,
  source: string,
): readonly E[] {
  const read = createReader(kind, from);
  return records.flatMap((value, index) => {
    const record = withoutHoles(value);
    const events = isRecord(record)
      ? read(record)
      : { field: 'the event', expected: 'an object', found: typeof value };
    if (!isIssue(events)) return events;
    const { field, expected, found } = events;
    const message = `${source}, event ${index + 1}: ${field} should be ${expected}, but is ${found}. It was stored by an older lab and is left as it is.`;
    throw new LabError('log-damaged', message, {
      source,
      event: index + 1,
      field,
      expected,
      found,
    });
  });
}

/** Whether a log of this version is newer than what this lab can read. */
export const isNewer = (kind: Pick<LogKind<LogEvent>, 'version'>, version: number): boolean =>
  version > kind.version;
