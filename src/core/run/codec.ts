/**
 * Run files: JSON lines, a header and then one event a line; gzip around them when stored. Nothing
 * from outside is believed: every line is checked, and what is wrong is named with file, line, field,
 * what was expected, what was found, and what to do. A file cut off in the middle can be salvaged.
 */
import { LabError } from '../errors.ts';
import { readEvent, type ShapeIssue } from './eventSchema.ts';
import { LOG_VERSION, type RunEvent, type RunLog } from './events.ts';
import { gunzip, gzip, isGzip } from './gzip.ts';
import { isRecord, type JsonRecord } from './paths.ts';

export const LOG_FORMAT = 'fade-lab-run';

/** From a record of version n to one of n + 1; applied to the header and to every event. */
export type Migrations = { readonly [version: number]: (record: JsonRecord) => JsonRecord };

/** None yet: version 1 is the first. */
export const MIGRATIONS: Migrations = {};

export interface DecodeOptions {
  /** Keep the sound lines before the first damaged one instead of refusing the file. */
  readonly salvage?: boolean;
  readonly migrations?: Migrations;
  /** The version this reader understands. */
  readonly version?: number;
}

/** A log as text. */
export function encodeLog(log: RunLog): string {
  const { id, title, createdAt } = log;
  const header = { format: LOG_FORMAT, version: LOG_VERSION, id, title, createdAt };
  return [header, ...log.events].map((line) => `${JSON.stringify(line)}\n`).join('');
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
      : 'Export the run again, or choose another file.';
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

function readHeader(file: string, line: string, version: number, migrations: Migrations): Header {
  const source = { file, line: 1 };
  const record = parseLine(line);
  if (isIssue(record)) throw damaged(source, record, 0);
  if (record.format !== LOG_FORMAT) {
    const found = JSON.stringify(record.format) ?? 'missing';
    throw damaged(source, { field: 'format', expected: `"${LOG_FORMAT}"`, found }, 0);
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

/** Reads a log from text. */
export function decodeLog(content: string, file: string, options: DecodeOptions = {}): RunLog {
  const { salvage = false, migrations = MIGRATIONS, version = LOG_VERSION } = options;
  const lines = content.split('\n');
  if (lines.at(-1) === '') lines.pop();
  const header = readHeader(file, lines[0] ?? '', version, migrations);
  const events: RunEvent[] = [];
  for (const [index, line] of lines.entries()) {
    if (index === 0) continue;
    const record = parseLine(line);
    const event = isIssue(record)
      ? record
      : readEvent(migrate(record, header.version, version, migrations));
    const problem = 'type' in event ? outOfPlace(event, events.length) : event;
    if (problem && salvage) break;
    if (problem) throw damaged({ file, line: index + 1 }, problem, events.length);
    if ('type' in event) events.push(event);
  }
  return { id: header.id, title: header.title, createdAt: header.createdAt, events };
}

/** The header comes first, and only there. */
function outOfPlace(event: RunEvent, position: number): ShapeIssue | null {
  const first = position === 0;
  if (first === (event.type === 'run/started')) return null;
  const expected = first ? 'run/started' : 'an event after run/started';
  return { field: 'type', expected, found: event.type };
}

/** A log as compressed bytes. */
export async function packLog(log: RunLog): Promise<Uint8Array<ArrayBuffer>> {
  return gzip(new TextEncoder().encode(encodeLog(log)));
}

/** Reads a log from bytes, compressed or plain. */
export async function unpackLog(
  bytes: Uint8Array,
  file: string,
  options: DecodeOptions = {},
): Promise<RunLog> {
  if (!isGzip(bytes)) return decodeLog(new TextDecoder().decode(bytes), file, options);
  const { bytes: plain, error } = await gunzip(bytes);
  const content = new TextDecoder().decode(plain);
  if (error === null || options.salvage) return decodeLog(content, file, options);
  const line = content.split('\n').length;
  const sound =
    content === '' ? 0 : decodeLog(content, file, { ...options, salvage: true }).events.length;
  const issue = { field: 'the compressed data', expected: 'complete', found: error };
  throw damaged({ file, line }, issue, sound);
}
