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

/** Channels double up to 64; pooling by 2 as long as it is small, else none. */
function fitStages(values: unknown, given: unknown): unknown {
  const stages = getPath(values, 'space.stages');
  if (typeof stages !== 'number') return values;
  let fitted = values;
  if (getPath(given, 'space.channels') === undefined) {
    const channels = fitList(getPath(fitted, 'space.channels'), stages, (last) =>
      Math.max(last, Math.min(64, last * 2)),
    );
    fitted = setPath(fitted, 'space.channels', channels);
  }
  if (getPath(given, 'space.pooling') === undefined) {
    const before = getPath(fitted, 'space.pooling');
    const total = Array.isArray(before) ? before.length : 0;
    let stage = total;
    const pooling = fitList(before, stages, () => (stage++ < 2 ? 2 : 1));
    fitted = setPath(fitted, 'space.pooling', pooling);
  }
  return fitted;
}

/** Options belong to a strategy: another strategy starts from its own defaults. */
function withoutForeignOptions(base: unknown, over: unknown): unknown {
  const id = getPath(over, 'strategy.id');
  const changes = id !== undefined && id !== getPath(base, 'strategy.id');
  return changes ? setPath(base, 'strategy.options', {}) : base;
}

/** Merges without checking; per-stage lists follow a changed number of stages. */
export function mergeConfig(base: unknown, overrides: unknown): unknown {
  if (!isRecord(overrides)) return overrides === undefined ? base : overrides;
  const merged = mergeDeep(withoutForeignOptions(base, overrides), overrides);
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
