/** Checking the shape of events that come from outside, and the pieces that all logs share. */
import * as v from 'valibot';
import type { ErrorCode, JsonValue } from '../errors.ts';
import { isRecord } from '../paths.ts';
import { EXECUTORS } from './executors.ts';

/** What is wrong with a value, where. */
export interface ShapeIssue {
  readonly field: string;
  readonly expected: string;
  readonly found: string;
}

export const count = v.pipe(v.number(), v.integer(), v.minValue(0));
export const milliseconds = v.pipe(v.number(), v.minValue(0));
/** Numbers per stage and candidate, or per stage and edge. */
export const rows = v.array(v.array(v.number()));
export const mask = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(2 ** 28 - 1));
export const vertices = v.pipe(v.number(), v.integer(), v.minValue(2), v.maxValue(8));
export const region = v.strictObject({ vertices, stages: v.array(v.array(mask)) });
/** What every event has. */
export const base = { at: count, wall: milliseconds };

export const backend = v.strictObject({
  name: v.picklist(['webgpu', 'wasm', 'cpu']),
  adapter: v.string(),
  reason: v.string(),
});

export const executor = v.picklist(EXECUTORS.map(({ id }) => id));

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
