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
import { findMethod } from '../method/registry.ts';
import type { RunConfig } from './config.ts';
import type { RunEvent } from './events.ts';
import { architectureId, backend, executor, region, rows } from './shape.ts';
import { checkConfig, describeIssue, isRunConfig } from './validate.ts';

const index = v.pipe(v.number(), v.integer(), v.minValue(-1));

const config = v.custom<RunConfig>(isRunConfig, ({ input }) => {
  const first = checkConfig(input)[0];
  return first ? describeIssue(first) : 'a config that can run';
});

const place = { job: count, supernet: count, step: count };
const amount = v.pipe(v.number(), v.minValue(0));

const origin = v.strictObject({
  kind: v.string(),
  parents: v.array(v.string()),
  values: v.record(v.string(), v.number()),
});

const job = v.variant('kind', [
  v.strictObject({ kind: v.literal('rank'), region, origins: v.array(v.array(origin)) }),
  v.strictObject({
    kind: v.literal('evaluate'),
    id: architectureId,
    steps: v.pipe(count, v.minValue(1)),
    seed: count,
    origin,
  }),
]);

const result = v.variant('kind', [
  v.strictObject({
    kind: v.literal('rank'),
    ranker: v.string(),
    weights: rows,
    ranks: rows,
    best: v.array(
      v.strictObject({ choice: v.array(count), id: architectureId, score: v.number() }),
    ),
    loss: v.number(),
    accuracy: v.number(),
  }),
  v.strictObject({
    kind: v.literal('evaluate'),
    loss: v.nullable(v.number()),
    accuracy: v.nullable(v.number()),
    diverged: v.nullable(v.string()),
    known: v.boolean(),
  }),
]);

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
  parent: v.nullable(v.strictObject({ run: v.string(), round: index })),
});

const progress = {
  ...base,
  type: v.literal('job/progress'),
  round: count,
  ...place,
  steps: count,
  epoch: v.number(),
  loss: v.number(),
  accuracy: v.number(),
  wallPerStep: milliseconds,
};

const jobProgress = v.variant('kind', [
  v.strictObject({ ...progress, kind: v.literal('rank'), weights: rows, alphaMoves: v.boolean() }),
  v.strictObject({ ...progress, kind: v.literal('evaluate') }),
]);

const EVENT = v.variant('type', [
  runStarted,
  v.strictObject({ ...base, type: v.literal('round/started'), round: count, jobs: v.array(job) }),
  jobProgress,
  v.strictObject({
    ...base,
    type: v.literal('job/finished'),
    round: count,
    job: count,
    result,
    cost: v.strictObject({ steps: count, macs: amount, evaluations: count }),
  }),
  v.strictObject({
    ...base,
    type: v.literal('round/finished'),
    round: count,
    note: v.unknown(),
    incumbent: v.nullable(v.strictObject({ id: architectureId, accuracy: v.nullable(v.number()) })),
    front: v.exactOptional(v.array(architectureId)),
  }),
  v.strictObject({ ...base, type: v.literal('run/paused'), round: index, step: count }),
  v.strictObject({
    ...base,
    type: v.literal('device/lost'),
    round: count,
    ...place,
    message: v.string(),
    from: v.strictObject(place),
  }),
  v.strictObject({ ...base, type: v.literal('run/failed'), error: errorRecord }),
  v.strictObject({ ...base, type: v.literal('run/finished'), rounds: count }),
]);

/** The value as an event, or the first thing wrong with it. */
export function readEvent(value: unknown): RunEvent | ShapeIssue {
  return readShape(EVENT, value);
}

const misfit = (field: string, expected: string, found: unknown): ShapeIssue => ({
  field,
  expected,
  found: JSON.stringify(found)?.slice(0, 80) ?? 'missing',
});

/** What keeps an event from belonging to the log that this header began; null if nothing does. */
export function runMisfit(event: RunEvent, header: RunEvent): ShapeIssue | null {
  if (header.type !== 'run/started') return null;
  const { method, space } = header.config;
  if (event.type === 'round/finished') {
    const schema = findMethod(method.id)?.noteSchema;
    const issue = schema && readShape(schema, event.note);
    const wrong = typeof issue === 'object' && issue !== null && 'expected' in issue;
    return wrong ? misfit('note', `a note of the method ${method.id}`, event.note) : null;
  }
  if (event.type !== 'round/started') return null;
  for (const [at, one] of event.jobs.entries()) {
    if (one.kind !== 'rank') continue;
    if (one.region.length !== space.stages) {
      return misfit(`jobs.${at}.region`, `${space.stages} stages`, one.region.length);
    }
    const same = one.region.every((cells, s) => cells.length === one.origins[s]?.length);
    if (!same) return misfit(`jobs.${at}.origins`, 'one for each candidate', one.origins);
  }
  return null;
}
