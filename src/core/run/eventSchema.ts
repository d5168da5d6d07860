/** The shape of every event, checked whenever a log comes from outside. */
import * as v from 'valibot';
import type { ErrorCode, JsonValue } from '../errors.ts';
import type { RunConfig } from './config.ts';
import type { RunEvent } from './events.ts';
import { isRecord } from './paths.ts';
import { checkConfig, describeIssue, isRunConfig } from './validate.ts';

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const index = v.pipe(v.number(), v.integer(), v.minValue(-1));
const milliseconds = v.pipe(v.number(), v.minValue(0));
const rows = v.array(v.array(v.number()));
const mask = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(2 ** 28 - 1));
const vertices = v.pipe(v.number(), v.integer(), v.minValue(2), v.maxValue(8));
const base = { at: count, wall: milliseconds };

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

const errorRecord = v.strictObject({
  code: v.picklist(ERROR_CODES),
  message: v.string(),
  details: v.custom<{ readonly [key: string]: JsonValue }>(isDetails, 'an object of plain data'),
});

const config = v.custom<RunConfig>(isRunConfig, ({ input }) => {
  const first = checkConfig(input)[0];
  return first ? describeIssue(first) : 'a config that can run';
});

const region = v.strictObject({ vertices, stages: v.array(v.array(mask)) });

const origin = v.variant('kind', [
  v.strictObject({ kind: v.picklist(['initial', 'immigrant']), density: v.number() }),
  v.strictObject({
    kind: v.literal('elite'),
    parent: v.strictObject({ stage: count, candidate: count }),
    rank: v.number(),
  }),
  v.strictObject({ kind: v.literal('sampled'), logLikelihood: v.number(), retries: count }),
  v.strictObject({ kind: v.literal('nearest'), distance: v.number() }),
]);

const strategy = v.strictObject({
  space: v.strictObject({ vertices, stages: count, candidates: count }),
  options: v.record(v.string(), v.union([v.number(), v.string(), v.boolean()])),
  generation: count,
  theta: rows,
  elites: v.array(v.array(v.strictObject({ mask, candidate: count, rank: v.number() }))),
});

const runStarted = v.strictObject({
  ...base,
  type: v.literal('run/started'),
  version: count,
  config,
  datasetDigest: v.string(),
  backend: v.strictObject({
    name: v.picklist(['webgpu', 'wasm', 'cpu']),
    adapter: v.string(),
    reason: v.string(),
  }),
  engineVersion: v.string(),
  parent: v.nullable(v.strictObject({ run: v.string(), generation: index })),
});

const generationStarted = v.strictObject({
  ...base,
  type: v.literal('generation/started'),
  generation: count,
  region,
  origins: v.array(v.array(origin)),
  strategy,
  cost: v.strictObject({ cells: count, parameters: count, flopsPerStep: v.number() }),
});

const supernetProgress = v.strictObject({
  ...base,
  type: v.literal('supernet/progress'),
  generation: count,
  supernet: count,
  step: count,
  steps: count,
  epoch: v.number(),
  loss: v.number(),
  accuracy: v.number(),
  weights: rows,
  alphaMoves: v.boolean(),
  wallPerStep: milliseconds,
});

const generationRanked = v.strictObject({
  ...base,
  type: v.literal('generation/ranked'),
  generation: count,
  ranker: v.string(),
  weights: rows,
  ranks: rows,
  best: v.array(
    v.strictObject({ choice: v.array(count), masks: v.array(mask), score: v.number() }),
  ),
  loss: v.number(),
  accuracy: v.number(),
  steps: count,
});

const generationMoved = v.strictObject({
  ...base,
  type: v.literal('generation/moved'),
  generation: count,
  gradient: rows,
  utilities: rows,
  before: strategy,
  after: strategy,
});

const EVENT = v.variant('type', [
  runStarted,
  generationStarted,
  supernetProgress,
  generationRanked,
  generationMoved,
  v.strictObject({ ...base, type: v.literal('run/paused'), generation: index, step: count }),
  v.strictObject({ ...base, type: v.literal('run/failed'), error: errorRecord }),
  v.strictObject({ ...base, type: v.literal('run/finished'), generations: count }),
]);

/** What is wrong with a value, where. */
export interface ShapeIssue {
  readonly field: string;
  readonly expected: string;
  readonly found: string;
}

const short = (text: string) => (text.length > 80 ? `${text.slice(0, 79)}…` : text);

/** The value as an event, or the first thing wrong with it. */
export function readEvent(value: unknown): RunEvent | ShapeIssue {
  const result = v.safeParse(EVENT, value);
  if (result.success) return result.output;
  const issue = result.issues[0];
  const expected = issue.type === 'custom' ? issue.message : issue.expected;
  return {
    field: v.getDotPath(issue) ?? 'the line',
    expected: expected ?? issue.message,
    found: short(issue.received),
  };
}
