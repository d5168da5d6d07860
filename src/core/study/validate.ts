/**
 * Whether a study makes sense: its run's settings, a region that fits the space, bounds of the rest.
 * An issue says which field, what value, what is allowed, and what to do.
 */
import * as v from 'valibot';
import { readCell } from '../cellId.ts';
import { LabError } from '../errors.ts';
import type { FieldIssue } from '../fields.ts';
import { count } from '../log/shape.ts';
import { getPath } from '../paths.ts';
import type { Region } from '../region.ts';
import type { RunConfig } from '../run/config.ts';
import { region } from '../run/shape.ts';
import { checkConfig, describeIssue, isRunConfig } from '../run/validate.ts';
import { FEWEST_ARCHITECTURES, type StudyAmount, type StudyConfig } from './config.ts';
import { distinctCount, MOST_ARCHITECTURES } from './select.ts';

/** Bounds, ends included. */
export const STUDY_BOUNDS = {
  seeds: [1, 32],
  supernets: [1, 16],
  steps: [1, 100_000],
  checkpoints: [0, 20],
  candidates: [1, 16],
} as const;

type Bounds = readonly [low: number, high: number];

const record = v.custom<{ readonly [key: string]: unknown }>(
  (value) => typeof value === 'object' && value !== null,
  'an object',
);
const runConfig = v.custom<RunConfig>(isRunConfig);

/** The fields and their kinds; what they may hold is checked afterwards. */
const SHAPE = v.strictObject({
  run: record,
  region,
  origin: v.variant('kind', [
    v.strictObject({ kind: v.picklist(['depth-stratified', 'random']) }),
    v.strictObject({ kind: v.literal('generation'), run: v.string(), generation: count }),
  ]),
  variants: v.array(v.strictObject({ id: v.string(), supernet: record })),
  steps: v.number(),
  checkpoints: v.number(),
  proxies: v.boolean(),
});

const issue = (field: string, value: unknown, bound: string, suggestion: string): FieldIssue => ({
  field,
  value: JSON.stringify(value) ?? 'missing',
  bound,
  suggestion,
});

function shapeIssues(value: unknown): FieldIssue[] {
  const result = v.safeParse(SHAPE, value);
  if (result.success) return [];
  return result.issues.map((one) => {
    const field = v.getDotPath(one) ?? 'study';
    const found = field === 'study' ? value : getPath(value, field);
    return issue(field, found, one.expected ?? one.message, 'start from a preset');
  });
}

function wholeIssues(field: string, value: number, [low, high]: Bounds): FieldIssue[] {
  if (Number.isInteger(value) && value >= low && value <= high) return [];
  const near = Number.isFinite(value) ? Math.min(high, Math.max(low, Math.round(value))) : low;
  return [issue(field, value, `a whole number from ${low} to ${high}`, `use ${near}`)];
}

/** What keeps a region from being built with the settings of a run. */
export function regionIssues(region: Region, { space }: RunConfig): FieldIssue[] {
  const [low, high] = STUDY_BOUNDS.candidates;
  const other = 'draw a region for this space, or use the settings of the run it comes from';
  const issues: FieldIssue[] = [];
  if (region.length !== space.stages) {
    const bound = `a list of ${space.stages}, one for each of space.stages`;
    issues.push(issue('region', region, bound, other));
  }
  for (const [s, cells] of region.entries()) {
    const field = `region.${s}`;
    if (cells.length < low || cells.length > high) {
      issues.push(issue(field, cells, `${low} to ${high} cells`, 'leave some out, or add some'));
    }
    if (cells.some((cell) => readCell(cell).vertices !== space.vertices)) {
      const bound = `cells on ${space.vertices} vertices (space.vertices)`;
      issues.push(issue(field, cells, bound, other));
    }
  }
  if (issues.length > 0) return issues;
  const different = distinctCount(region);
  if (different >= FEWEST_ARCHITECTURES) return [];
  const bound = `${FEWEST_ARCHITECTURES} different architectures or more, for ranks to correlate`;
  return [issue('region', region, bound, 'use more candidates or stages')];
}

function variantIssues({ run, variants }: StudyConfig): FieldIssue[] {
  const advice = 'name the supernet settings, e.g. gumbel';
  if (variants.length === 0) return [issue('variants', variants, 'one or more', advice)];
  return variants.flatMap(({ id, supernet }, index) => {
    const field = `variants.${index}`;
    const issues: FieldIssue[] = [];
    if (!/^[a-z0-9-]+$/.test(id)) {
      issues.push(issue(`${field}.id`, id, 'small letters, digits and hyphens', advice));
    }
    if (variants.findIndex((one) => one.id === id) !== index) {
      issues.push(issue(`${field}.id`, id, 'unlike the ids before it', `use ${id}-${index + 1}`));
    }
    const inside = checkConfig({ ...run, supernet });
    return [...issues, ...inside.map((one) => ({ ...one, field: `${field}.${one.field}` }))];
  });
}

/** Everything wrong with the config of a study; empty if it can run. */
export function checkStudyConfig(value: unknown): FieldIssue[] {
  const shape = shapeIssues(value);
  if (shape.length > 0) return shape;
  const inside = checkConfig(getPath(value, 'run'));
  if (inside.length > 0) return inside.map((one) => ({ ...one, field: `run.${one.field}` }));
  return hasSoundRun(value) ? contentIssues(value) : [];
}

const hasSoundRun = (value: unknown): value is StudyConfig =>
  shapeIssues(value).length === 0 && v.is(runConfig, getPath(value, 'run'));

function contentIssues(config: StudyConfig): FieldIssue[] {
  const variants = variantIssues(config);
  if (variants.length > 0) return [...regionIssues(config.region, config.run), ...variants];
  return [
    ...regionIssues(config.region, config.run),
    ...wholeIssues('steps', config.steps, STUDY_BOUNDS.steps),
    ...checkpointIssues(config),
  ];
}

/** Readouts before the last step need steps of their own. */
function checkpointIssues({ checkpoints, variants }: StudyConfig): FieldIssue[] {
  const [low, high] = STUDY_BOUNDS.checkpoints;
  const fewest = Math.min(...variants.map(({ supernet }) => supernet.steps));
  return wholeIssues('checkpoints', checkpoints, [low, Math.min(high, fewest - 1)]);
}

/** True if the value is a study that can run. */
export function isStudyConfig(value: unknown): value is StudyConfig {
  return checkStudyConfig(value).length === 0;
}

function refuse(what: string, issues: readonly FieldIssue[]): LabError {
  const message = `${what}: ${issues.map(describeIssue).join('; ')}.`;
  return new LabError('config-invalid', message, { issues: issues.map((one) => ({ ...one })) });
}

/** The value as the config of a study. @throws LabError `config-invalid`, listing all that is wrong. */
export function parseStudyConfig(value: unknown): StudyConfig {
  if (isStudyConfig(value)) return value;
  throw refuse('The study cannot run', checkStudyConfig(value));
}

/** Everything wrong with an amount; more architectures than the region holds is one such thing. */
export function checkStudyAmount({ region }: StudyConfig, amount: StudyAmount): FieldIssue[] {
  const most = Math.min(distinctCount(region), MOST_ARCHITECTURES);
  return [
    ...wholeIssues('amount.architectures', amount.architectures, [FEWEST_ARCHITECTURES, most]),
    ...wholeIssues('amount.seeds', amount.seeds, STUDY_BOUNDS.seeds),
    ...wholeIssues('amount.supernets', amount.supernets, STUDY_BOUNDS.supernets),
  ];
}

/** The amount, if the study can measure it. @throws LabError `config-invalid`. */
export function parseStudyAmount(config: StudyConfig, amount: StudyAmount): StudyAmount {
  const issues = checkStudyAmount(config, amount);
  if (issues.length > 0) throw refuse('The study cannot measure that much', issues);
  return amount;
}
