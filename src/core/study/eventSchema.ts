/** The shape of every event of a study, checked whenever a log comes from outside. */
import * as v from 'valibot';
import {
  base,
  count,
  errorRecord,
  figure,
  milliseconds,
  readShape,
  type ShapeIssue,
} from '../log/shape.ts';
import { PROXY_KEYS } from '../proxies/registry.ts';
import { backend, executor, rows } from '../run/shape.ts';
import { describeIssue } from '../run/validate.ts';
import type { StudyConfig } from './config.ts';
import type { StudyEvent } from './events.ts';
import { checkStudyConfig, isStudyConfig } from './validate.ts';

const positive = v.pipe(v.number(), v.integer(), v.minValue(1));
const choice = v.array(count);

const figures = v.array(figure);
const figureRows = v.array(figures);

const config = v.custom<StudyConfig>(isStudyConfig, ({ input }) => {
  const first = checkStudyConfig(input)[0];
  return first ? describeIssue(first) : 'a study that can run';
});

const amount = v.strictObject({ architectures: positive, seeds: positive, supernets: positive });
const extra = v.array(v.strictObject({ choice, seeds: positive, steps: positive }));
const curvePoint = { step: count, loss: figure, accuracy: figure };

const readout = v.strictObject({
  step: count,
  last: rows,
  averaged: rows,
  probe: figureRows,
  leaveOneOut: figureRows,
  sampled: v.strictObject({ paths: v.array(choice), losses: figures }),
  exhaustive: v.nullable(v.strictObject({ losses: figures, accuracies: figures })),
  loss: figure,
  accuracy: figure,
});

const started = v.strictObject({
  ...base,
  type: v.literal('study/started'),
  version: count,
  config,
  amount,
  datasetDigest: v.string(),
  backend,
  executor,
  engineVersion: v.string(),
});

const supernet = v.strictObject({
  ...base,
  type: v.literal('supernet/finished'),
  variant: v.string(),
  supernet: count,
  history: v.array(v.strictObject({ ...curvePoint, weights: rows })),
  readouts: v.pipe(v.array(readout), v.minLength(1)),
  milliseconds,
});

const evaluation = v.strictObject({
  ...base,
  type: v.literal('evaluation/finished'),
  architecture: v.string(),
  choice,
  seed: count,
  steps: positive,
  loss: v.nullable(v.number()),
  accuracy: v.nullable(v.number()),
  diverged: v.nullable(v.string()),
  history: v.array(v.strictObject(curvePoint)),
  milliseconds,
});

const proxies = v.strictObject({
  ...base,
  type: v.literal('proxies/finished'),
  architecture: v.string(),
  choice,
  // A log may be older than a proxy.
  values: v.strictObject(v.entriesFromList(PROXY_KEYS, v.exactOptional(v.nullable(v.number())))),
});

const job = v.variant('kind', [
  v.strictObject({ kind: v.literal('supernet'), variant: v.string(), supernet: count }),
  v.strictObject({ kind: v.literal('alone'), choice, seed: count, steps: positive }),
  v.strictObject({ kind: v.literal('proxies'), choice }),
]);

const EVENT = v.variant('type', [
  started,
  v.strictObject({ ...base, type: v.literal('study/extended'), amount, extra }),
  v.strictObject({ ...base, type: v.literal('study/selected'), choices: v.array(choice) }),
  supernet,
  evaluation,
  proxies,
  v.strictObject({
    ...base,
    type: v.literal('device/lost'),
    message: v.string(),
    jobs: v.pipe(v.array(job), v.minLength(1)),
  }),
  v.strictObject({ ...base, type: v.literal('study/failed'), error: errorRecord }),
  v.strictObject({ ...base, type: v.literal('study/finished') }),
]);

/** The value as an event of a study, or the first thing wrong with it. */
export function readStudyEvent(value: unknown): StudyEvent | ShapeIssue {
  return readShape(EVENT, value);
}
