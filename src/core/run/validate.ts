/**
 * Whether a config makes sense: every field within its bounds, no unknown names, no combination that
 * cannot be trained. An issue says which field, what value, what is allowed, and what to do.
 */
import { LabError } from '../errors.ts';
import { checkField, type FieldIssue } from '../fields.ts';
import { getPath, isRecord, leafPaths, nearestName } from '../paths.ts';
import { combinationIssues } from './combinations.ts';
import type { RunConfig } from './config.ts';
import { PRESETS } from './presets.ts';
import { fieldsFor } from './schema.ts';

export { getPath, setPath } from '../paths.ts';

const PRESET_IDS = PRESETS.map((preset) => preset.id);

function presetIssues(value: unknown): FieldIssue[] {
  const preset = getPath(value, 'preset');
  if (typeof preset === 'string' && PRESET_IDS.includes(preset)) return [];
  return [
    {
      field: 'preset',
      value: preset === undefined ? 'missing' : JSON.stringify(preset),
      bound: `one of ${PRESET_IDS.join(', ')}`,
      suggestion: `use ${nearestName(String(preset), PRESET_IDS) ?? PRESET_IDS[0]}`,
    },
  ];
}

/** May be empty, so that it is a leaf; it has a check of its own. */
const OPTIONS = 'method.options';

function unknownIssues(value: unknown, known: readonly string[]): FieldIssue[] {
  const groups = new Set(known.flatMap((path) => path.split('.').slice(0, -1)));
  return leafPaths(value)
    .filter((path) => path !== '' && path !== OPTIONS && !known.includes(path))
    .filter((path) => !(groups.has(path) && isRecord(getPath(value, path))))
    .map((path) => {
      const near = nearestName(path, known);
      return {
        field: path,
        value: JSON.stringify(getPath(value, path)) ?? 'undefined',
        bound: 'a known field',
        suggestion: near ? `did you mean ${near}?` : `leave out ${path}`,
      };
    });
}

/** Options of a method may be left out: it has defaults for them. */
const isOptional = (path: string) => path.startsWith(`${OPTIONS}.`);

/** What is wrong with single fields, names included. */
function fieldIssues(value: unknown): FieldIssue[] {
  if (!isRecord(value)) {
    const bound = 'an object with task, space, supernet, ranker, method and search';
    const shown = JSON.stringify(value) ?? 'undefined';
    return [{ field: 'config', value: shown, bound, suggestion: 'start from a preset' }];
  }
  const fields = fieldsFor(value);
  const known = ['preset', ...fields.map((field) => field.path)];
  const issues = [...presetIssues(value), ...unknownIssues(value, known)];
  for (const field of fields) {
    const at = getPath(value, field.path);
    if (at === undefined && isOptional(field.path)) continue;
    const issue = checkField(field, at);
    if (issue) issues.push(issue);
  }
  if (!isRecord(getPath(value, OPTIONS))) issues.push(optionsIssue(value));
  return issues;
}

const hasSoundFields = (value: unknown): value is RunConfig => fieldIssues(value).length === 0;

/** Everything wrong with a config; empty if it can run. */
export function checkConfig(value: unknown): FieldIssue[] {
  return hasSoundFields(value) ? combinationIssues(value) : fieldIssues(value);
}

function optionsIssue(value: unknown): FieldIssue {
  const shown = JSON.stringify(getPath(value, OPTIONS)) ?? 'missing';
  return {
    field: OPTIONS,
    value: shown,
    bound: 'an object',
    suggestion: 'use {} for the defaults',
  };
}

/** True if the value is a config that can run. */
export function isRunConfig(value: unknown): value is RunConfig {
  return checkConfig(value).length === 0;
}

/** One sentence about one issue. */
export function describeIssue(issue: FieldIssue): string {
  return `${issue.field} is ${issue.value} but must be ${issue.bound}: ${issue.suggestion}`;
}

/** The value as a config, or an error that lists all that is wrong. */
export function parseConfig(value: unknown): RunConfig {
  if (isRunConfig(value)) return value;
  const issues = checkConfig(value);
  const message = `The settings cannot run: ${issues.map(describeIssue).join('; ')}.`;
  throw new LabError('config-invalid', message, { issues: issues.map((one) => ({ ...one })) });
}
