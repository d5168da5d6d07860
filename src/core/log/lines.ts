/**
 * Log files of any kind: JSON lines, a header and then one event a line; gzip around them when
 * stored. Nothing from outside is believed: every line is checked, and what is wrong is named with
 * file, line, field, what was expected, what was found, and what to do. A file cut off in the middle
 * can be salvaged.
 */
import { LabError } from '../errors.ts';
import { gunzip, gzip, isGzip } from '../gzip.ts';
import { isRecord, type JsonRecord } from '../paths.ts';
import type { ShapeIssue } from '../run/shape.ts';

/** From a record of version n to one of n + 1; applied to the header and to every event. */
export type Migrations = { readonly [version: number]: (record: JsonRecord) => JsonRecord };

/** One kind of log. */
export interface LineFormat<E extends { readonly type: string }> {
  /** Name in the header, e.g. `fade-lab-run`. */
  readonly name: string;
  /** The version this reader understands and writes. */
  readonly version: number;
  readonly migrations: Migrations;
  /** The event that comes first, and only there. */
  readonly first: E['type'];
  /** The value as an event, or the first thing wrong with it. */
  readonly read: (value: unknown) => E | ShapeIssue;
  /** What keeps an event from belonging to the log that the first one began; null if nothing does. */
  readonly fits?: (event: E, first: E) => ShapeIssue | null;
}

export interface NamedLog<E> {
  readonly id: string;
  readonly title: string;
  readonly createdAt: string;
  readonly events: readonly E[];
}

export interface DecodeOptions {
  /** Keep the sound lines before the first damaged one instead of refusing the file. */
  readonly salvage?: boolean;
  readonly migrations?: Migrations;
  /** The version this reader understands. */
  readonly version?: number;
}

/** A log as text. */
export function encodeLines<E extends { readonly type: string }>(
  { name: format, version }: LineFormat<E>,
  { id, title, createdAt, events }: NamedLog<E>,
): string {
  const header = { format, version, id, title, createdAt };
  return [header, ...events].map((line) => `${JSON.stringify(line)}\n`).join('');
}

interface Source {
  readonly file: string;
  readonly line: number;
}

function damaged(source: Source, issue: ShapeIssue, recovered: number): LabError {
  const { field, expected, found } = issue;
  const advice =
    recovered > 0
      ? `The ${recovered} events before it are sound and can be recovered.`
      : 'Export it again, or choose another file.';
  const message = `${source.file}, line ${source.line}: ${field} should be ${expected}, but is ${found}. ${advice}`;
  return new LabError('log-damaged', message, {
    ...source,
    field,
    expected,
    found,
    recoveredEvents: recovered,
  });
}

function parseLine(text: string): JsonRecord | ShapeIssue {
  try {
    const value: unknown = JSON.parse(text);
    if (isRecord(value)) return value;
  } catch {
    // Fall through: what it is not is all that can be said.
  }
  const found = text.length > 60 ? `“${text.slice(0, 59)}…”` : `“${text}”`;
  return { field: 'the line', expected: 'one JSON object', found };
}

const isIssue = (value: object): value is ShapeIssue =>
  'expected' in value && 'found' in value && 'field' in value;

interface Header {
  readonly version: number;
  readonly id: string;
  readonly title: string;
  readonly createdAt: string;
}

function migrate(record: JsonRecord, from: number, to: number, migrations: Migrations): JsonRecord {
  let migrated = record;
  for (let version = from; version < to; version++) {
    const step = migrations[version];
    if (!step) throw new LabError('log-unsupported', `No way from version ${version} to ${to}.`);
    migrated = step(migrated);
  }
  return migrated;
}

function text(source: Source, record: JsonRecord, field: string): string {
  const value = record[field];
  if (typeof value === 'string' && value !== '') return value;
  const found = JSON.stringify(value) ?? 'missing';
  throw damaged(source, { field, expected: 'text', found }, 0);
}

/** What of a format a header is checked against. */
type Expected = Pick<LineFormat<{ readonly type: string }>, 'name' | 'version' | 'migrations'>;

function readHeader(file: string, line: string, { name, version, migrations }: Expected): Header {
  const source = { file, line: 1 };
  const record = parseLine(line);
  if (isIssue(record)) throw damaged(source, record, 0);
  if (record.format !== name) {
    const found = JSON.stringify(record.format) ?? 'missing';
    throw damaged(source, { field: 'format', expected: `"${name}"`, found }, 0);
  }
  const own = record.version;
  if (typeof own !== 'number' || !Number.isInteger(own) || own < 1) {
    const found = JSON.stringify(own) ?? 'missing';
    throw damaged(source, { field: 'version', expected: 'a whole number from 1', found }, 0);
  }
  if (own > version) {
    const message = `${file} has version ${own}, this lab reads up to ${version}: reload the page to get the newest lab, then open the file again.`;
    throw new LabError('log-unsupported', message, { file, version: own, supported: version });
  }
  const now = migrate(record, own, version, migrations);
  return {
    version: own,
    id: text(source, now, 'id'),
    title: text(source, now, 'title'),
    createdAt: text(source, now, 'createdAt'),
  };
}

/** Reads a log from text. @throws LabError `log-damaged`, `log-unsupported`. */
export function decodeLines<E extends { readonly type: string }>(
  format: LineFormat<E>,
  content: string,
  file: string,
  options: DecodeOptions = {},
): NamedLog<E> {
  const { salvage = false, migrations = format.migrations, version = format.version } = options;
  const lines = content.split('\n');
  if (lines.at(-1) === '') lines.pop();
  const header = readHeader(file, lines[0] ?? '', { ...format, migrations, version });
  const events: E[] = [];
  for (const [index, line] of lines.entries()) {
    if (index === 0) continue;
    const record = parseLine(line);
    const event = isIssue(record)
      ? record
      : format.read(migrate(record, header.version, version, migrations));
    const problem = isIssue(event) ? event : misfit(format, event, events);
    if (problem && salvage) break;
    if (problem) throw damaged({ file, line: index + 1 }, problem, events.length);
    if (!isIssue(event)) events.push(event);
  }
  return { id: header.id, title: header.title, createdAt: header.createdAt, events };
}

/** The first event comes first, and only there; the others must fit it. */
function misfit<E extends { readonly type: string }>(
  { first, fits }: LineFormat<E>,
  event: E,
  before: readonly E[],
): ShapeIssue | null {
  const start = before[0];
  if ((start === undefined) !== (event.type === first)) {
    const expected = start ? `an event after ${first}` : first;
    return { field: 'type', expected, found: event.type };
  }
  return (start && fits?.(event, start)) ?? null;
}

/** A log as compressed bytes. */
export async function packLines<E extends { readonly type: string }>(
  format: LineFormat<E>,
  log: NamedLog<E>,
): Promise<Uint8Array<ArrayBuffer>> {
  return gzip(new TextEncoder().encode(encodeLines(format, log)));
}

/** Reads a log from bytes, compressed or plain. @throws LabError `log-damaged`, `log-unsupported`. */
export async function unpackLines<E extends { readonly type: string }>(
  format: LineFormat<E>,
  bytes: Uint8Array,
  file: string,
  options: DecodeOptions = {},
): Promise<NamedLog<E>> {
  const read = (content: string, salvage = options.salvage ?? false) =>
    decodeLines(format, content, file, { ...options, salvage });
  if (!isGzip(bytes)) return read(new TextDecoder().decode(bytes));
  const { bytes: plain, error } = await gunzip(bytes);
  const content = new TextDecoder().decode(plain);
  if (error === null || options.salvage) return read(content);
  const line = content.split('\n').length;
  const sound = content === '' ? 0 : read(content, true).events.length;
  const issue = { field: 'the compressed data', expected: 'complete', found: error };
  throw damaged({ file, line }, issue, sound);
}
