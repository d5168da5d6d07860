/** From a preset and what the user changed to a whole config. */

import { LabError } from '../errors.ts';
import { getPath, isRecord, mergeDeep, nearestName, setPath } from '../paths.ts';
import type { RunConfig } from './config.ts';
import { DEFAULT_CONFIG, PRESETS } from './presets.ts';
import { parseConfig } from './validate.ts';

type DeepPartial<T> = T extends readonly unknown[]
  ? T
  : T extends object
    ? { readonly [K in keyof T]?: DeepPartial<T[K]> }
    : T;

/** A part of a config; lists replace lists. */
export type ConfigOverrides = DeepPartial<RunConfig>;

/** The config of a preset. */
export function presetConfig(id: string): RunConfig {
  const preset = PRESETS.find((one) => one.id === id);
  if (preset) return preset.config;
  const ids = PRESETS.map((one) => one.id);
  const near = nearestName(id, ids);
  const message = `There is no preset “${id}”: use ${near ?? `one of ${ids.join(', ')}`}.`;
  throw new LabError('config-invalid', message, { field: 'preset', value: id });
}

/** A list of `length`: cut, or carried on by `grow` from the last entry. */
function fitList(list: unknown, length: number, grow: (last: number) => number): unknown {
  if (!Array.isArray(list) || !Number.isInteger(length) || length < 1 || length > 10) return list;
  const fitted: unknown[] = list.slice(0, length);
  while (fitted.length < length) {
    const last = fitted.at(-1);
    fitted.push(typeof last === 'number' ? grow(last) : 1);
  }
  return fitted;
}

/** What each list of a stage goes on with where stages are added. */
const STAGE_LISTS: readonly {
  readonly path: string;
  readonly grow: (last: number, at: number) => number;
}[] = [
  { path: 'space.candidates', grow: (last) => last },
  { path: 'space.channels', grow: (last) => Math.max(last, Math.min(64, last * 2)) },
  { path: 'space.pooling', grow: (_, at) => (at < 2 ? 2 : 1) },
];

/** Lists that were not given follow the number of stages. */
function fitStages(values: unknown, given: unknown): unknown {
  const stages = getPath(values, 'space.stages');
  if (typeof stages !== 'number') return values;
  return STAGE_LISTS.filter(({ path }) => !Array.isArray(getPath(given, path))).reduce(
    (fitted, { path, grow }) => {
      const before = getPath(fitted, path);
      let at = Array.isArray(before) ? before.length : 0;
      return setPath(
        fitted,
        path,
        fitList(before, stages, (last) => grow(last, at++)),
      );
    },
    values,
  );
}

/** One number of candidates is meant for every stage. */
function spreadCandidates(values: unknown): unknown {
  const given = getPath(values, 'space.candidates');
  const stages = getPath(values, 'space.stages');
  const one = Array.isArray(given) && given.length === 1 ? given[0] : given;
  if (typeof one !== 'number' || typeof stages !== 'number') return values;
  const fits = Number.isInteger(stages) && stages >= 1 && stages <= 10;
  return setPath(values, 'space.candidates', new Array(fits ? stages : 1).fill(one));
}

/** Methods were called strategies once: files and links may still say so. */
function withPresentNames(values: unknown): unknown {
  if (!isRecord(values) || !('strategy' in values) || 'method' in values) return values;
  const { strategy, ...rest } = values;
  return { ...rest, method: strategy };
}

/** Options belong to a method: another method starts from its own defaults. */
function withoutForeignOptions(base: unknown, over: unknown): unknown {
  const id = getPath(over, 'method.id');
  const changes = id !== undefined && id !== getPath(base, 'method.id');
  return changes ? setPath(base, 'method.options', {}) : base;
}

/** Merges without checking; per-stage lists follow a changed number of stages. */
export function mergeConfig(base: unknown, given: unknown): unknown {
  if (!isRecord(given)) return given === undefined ? base : given;
  const overrides = withPresentNames(given);
  const merged = spreadCandidates(mergeDeep(withoutForeignOptions(base, overrides), overrides));
  return getPath(overrides, 'space.stages') === undefined ? merged : fitStages(merged, overrides);
}

/** The config with overrides applied and checked. */
export function resolveOver(base: RunConfig, overrides: unknown): RunConfig {
  return parseConfig(mergeConfig(base, overrides));
}

/** The config of a preset with overrides applied and checked. */
export function resolveConfig(request: {
  readonly preset?: string;
  readonly overrides?: unknown;
}): RunConfig {
  const base = request.preset === undefined ? DEFAULT_CONFIG : presetConfig(request.preset);
  return resolveOver(base, request.overrides ?? {});
}

/** One edit of a form. A new preset replaces everything; dependent lists and options follow. */
export function editConfig(values: unknown, path: string, value: unknown): unknown {
  if (path === 'preset' && typeof value === 'string') return presetConfig(value);
  return mergeConfig(values, setPath({}, path, value));
}
