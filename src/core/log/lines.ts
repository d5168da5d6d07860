/**
 * Logs as text: JSON lines, a line that names the log and then one event a line. Nothing from outside
 * is believed: every line is checked, and what is wrong is named with file, line, field, what was
 * expected, what was found, and what to do. A file cut off in the middle can be salvaged.
 */
import { LabError } from '../errors.ts';
import { isRecord, type JsonRecord } from '../paths.ts';
import type { LogEvent, LogKind, NamedLog } from './kind.ts';
import { createReader, isNewer } from './reader.ts';
import { isIssue, type ShapeIssue } from './shape.ts';

export interface DecodeOptions {
  /** Keep the sound lines before the first damaged one instead of refusing the file. */
  readonly salvage?: boolean;
}

/** A log as text. */
export function encodeLog<E extends LogEvent>(
  { format, version }: Pick<LogKind<E>, 'format' | 'version'>,
  { id, title, createdAt, events }: NamedLog<E>,
): string {
  const name = { format, version, id, title, createdAt };
  return [name, ...events].map((line) => `${JSON.stringify(line)}\n`).join('');
}

interface Source {
  readonly file: string;
  readonly line: number;
}

/** The error that says what is wrong with a line, and how many events before it are sound. */
export function damaged(source: Source, issue: ShapeIssue, recovered: number): LabError {
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

function text(source: Source, record: JsonRecord, field: string): string {
  const value = record[field];
  if (typeof value === 'string' && value !== '') return value;
  const found = JSON.stringify(value) ?? 'missing';
  throw damaged(source, { field, expected: 'text', found }, 0);
}

/** What a line that is no event names: the log, and the version of its events. */
interface Name extends Omit<NamedLog<never>, 'events'> {
  readonly version: number;
}

function readName(
  file: string,
  line: string,
  kind: Pick<LogKind<LogEvent>, 'format' | 'version'>,
): Name {
  const source = { file, line: 1 };
  const record = parseLine(line);
  if (isIssue(record)) throw damaged(source, record, 0);
  if (record.format !== kind.format) {
    const found = JSON.stringify(record.format) ?? 'missing';
    throw damaged(source, { field: 'format', expected: `"${kind.format}"`, found }, 0);
  }
  const { version } = record;
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 1) {
    const found = JSON.stringify(version) ?? 'missing';
    throw damaged(source, { field: 'version', expected: 'a whole number from 1', found }, 0);
  }
  if (isNewer(kind, version)) {
    const message = `${file} has version ${version}, this lab reads up to ${kind.version}: reload the page to get the newest lab, then open the file again.`;
    throw new LabError('log-unsupported', message, { file, version, supported: kind.version });
  }
  return {
    version,
    id: text(source, record, 'id'),
    title: text(source, record, 'title'),
    createdAt: text(source, record, 'createdAt'),
  };
}

/** Reads a log from text. @throws LabError `log-damaged`, `log-unsupported`. */
export function decodeLog<E extends LogEvent>(
  kind: LogKind<E>,
  content: string,
  file: string,
  { salvage = false }: DecodeOptions = {},
): NamedLog<E> {
  const [first = '', ...lines] = content.split('\n');
  if (lines.at(-1) === '') lines.pop();
  const { version, ...name } = readName(file, first, kind);
  const read = createReader(kind, version);
  const events: E[] = [];
  for (const [index, line] of lines.entries()) {
    const record = parseLine(line);
    const found = isIssue(record) ? record : read(record);
    if (!isIssue(found)) events.push(...found);
    else if (salvage) break;
    else throw damaged({ file, line: index + 2 }, found, events.length);
  }
  return { ...name, events };
}

/** What the first line of a text names as its format; null if it is no such line. */
export function formatOf(content: string): unknown {
  const record = parseLine(content.split('\n', 1)[0] ?? '');
  return isIssue(record) ? null : record.format;
}
