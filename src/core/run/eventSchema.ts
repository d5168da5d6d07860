/** The shape of every event, checked whenever a log comes from outside. */
import * as v from 'valibot';
import {
  base,
  count,
  errorRecord,
  milliseconds,
  readShape,
  type ShapeIssue,
} from '../log/shape.ts';
import type { RunConfig } from './config.ts';
import type { RunEvent } from './events.ts';
import { backend, executor, mask, region, rows, vertices } from './shape.ts';
import { checkConfig, describeIssue, isRunConfig } from './validate.ts';

const index = v.pipe(v.number(), v.integer(), v.minValue(-1));

const config = v.custom<RunConfig>(isRunConfig, ({ input }) => {
  const first = checkConfig(input)[0];
  return first ? describeIssue(first) : 'a config that can run';
});

const place = { supernet: count, step: count };

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
  backend,
  executor,
  threads: v.pipe(count, v.minValue(1)),
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
  v.strictObject({
    ...base,
    type: v.literal('device/lost'),
    generation: count,
    ...place,
    message: v.string(),
    from: v.strictObject(place),
  }),
  v.strictObject({ ...base, type: v.literal('run/failed'), error: errorRecord }),
  v.strictObject({ ...base, type: v.literal('run/finished'), generations: count }),
]);

/** The value as an event, or the first thing wrong with it. */
export function readEvent(value: unknown): RunEvent | ShapeIssue {
  return readShape(EVENT, value);
}
