/** Checking the shape of events that come from outside, and the pieces that all kinds of logs share. */
import * as v from 'valibot';
import type { ErrorCode, JsonValue } from '../errors.ts';
import { isRecord } from '../paths.ts';

/** What is wrong with a value, where. */
export interface ShapeIssue {
  readonly field: string;
  readonly expected: string;
  readonly found: string;
}

/** Tells what is wrong from what was read. */
export const isIssue = (value: object): value is ShapeIssue =>
  'expected' in value && 'found' in value && 'field' in value;

export const count = v.pipe(v.number(), v.integer(), v.minValue(0));
export const milliseconds = v.pipe(v.number(), v.minValue(0));
/** What every event has. */
export const base = { at: count, wall: milliseconds };

/** JSON has no NaN: a loss that was none is written as null. */
export const figure = v.pipe(
  v.nullable(v.union([v.number(), v.nan()])),
  v.transform((value) => value ?? Number.NaN),
);
const ERROR_CODES = [
  'config-invalid',
  'dataset-unavailable',
  'dataset-damaged',
  'backend-unavailable',
  'backend-wrong',
  'device-lost',
  'out-of-memory',
  'training-diverged',
  'log-damaged',
  'log-unsupported',
  'storage-failed',
  'worker-died',
  'cancelled',
  'usage',
  'internal',
] as const satisfies readonly ErrorCode[];

function isJson(value: unknown): value is JsonValue {
  if (value === null || ['boolean', 'number', 'string'].includes(typeof value)) return true;
  if (Array.isArray(value)) return value.every(isJson);
  return isRecord(value) && Object.values(value).every(isJson);
}

const isDetails = (value: unknown): value is { readonly [key: string]: JsonValue } =>
  isRecord(value) && isJson(value);

export const errorRecord = v.strictObject({
  code: v.picklist(ERROR_CODES),
  message: v.string(),
  details: v.custom<{ readonly [key: string]: JsonValue }>(isDetails, 'an object of plain data'),
});

const short = (text: string) => (text.length > 80 ? `${text.slice(0, 79)}…` : text);

/** The value as what the schema describes, or the first thing wrong with it. */
export function readShape<T>(schema: v.GenericSchema<unknown, T>, value: unknown): T | ShapeIssue {
  const result = v.safeParse(schema, value);
  if (result.success) return result.output;
  const issue = result.issues[0];
  const expected = issue.type === 'custom' ? issue.message : issue.expected;
  return {
    field: v.getDotPath(issue) ?? 'the line',
    expected: expected ?? issue.message,
    found: short(issue.received),
  };
}
