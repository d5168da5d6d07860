/** From the options of a command to a checked config. Later settings win over earlier ones. */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { isRecord, setPath } from '../core/paths.ts';
import type { RunConfig } from '../core/run/config.ts';
import { PRESETS } from '../core/run/presets.ts';
import { mergeConfig, presetConfig } from '../core/run/resolve.ts';
import { FIELD_GROUPS } from '../core/run/schema.ts';
import { parseConfig } from '../core/run/validate.ts';
import { type OptionSpec, type ParsedArgs, usageError } from './args.ts';
import type { Io } from './io.ts';

/** Settings common enough for an option of their own. */
const SHORT = [
  { name: 'dataset', path: 'task.dataset' },
  { name: 'generations', path: 'search.generations' },
  { name: 'seed', path: 'search.seed' },
  { name: 'method', path: 'method.id' },
  { name: 'strategy', path: 'method.id' },
  { name: 'ranker', path: 'ranker.id' },
] as const;

const FIELDS = FIELD_GROUPS.flatMap((group) => group.fields);

/** Bounds, choices and help as the field table has them. */
function shortOption(name: string, path: string): OptionSpec {
  const field = FIELDS.find((each) => each.path === path);
  const help = `${field?.help ?? path} (${path})`;
  if (field?.kind === 'integer') {
    return { kind: 'integer', name, minimum: field.minimum, maximum: field.maximum, help };
  }
  const choices =
    field?.kind === 'choice' ? { choices: field.choices.map((c) => `${c.value}`) } : {};
  return { kind: 'text', name, value: 'id', help, ...choices };
}

/** The options that make a config. `byDefault`: what it starts from unless a preset is named. */
export const configOptions = (byDefault: string): readonly OptionSpec[] => [
  {
    kind: 'text',
    name: 'preset',
    value: 'id',
    choices: PRESETS.map((preset) => preset.id),
    help: `Where to start from; ${byDefault} unless given.`,
  },
  {
    kind: 'text',
    name: 'config',
    value: 'file.json',
    help: 'A whole config, or the parts that differ from the preset.',
  },
  ...SHORT.map(({ name, path }) => shortOption(name, path)),
  {
    kind: 'text',
    name: 'budget',
    value: 'macs=N,evaluations=N',
    help: 'Ends the search once this much is spent (search.macs, search.evaluations); the number of generations is then free unless given.',
  },
  {
    kind: 'text',
    name: 'set',
    value: 'path=value',
    repeated: true,
    help: 'One setting, e.g. --set supernet.steps=100 or --set space.channels=[8,16]. Repeatable.',
  },
];

/** `path=value`; the value is JSON where it can be, else text. */
export function parseSetting(setting: string): { path: string; value: unknown } {
  const at = setting.indexOf('=');
  if (at < 1) {
    throw usageError(
      `--set: "${setting}" is not allowed. Allowed: path=value, e.g. space.vertices=4.`,
    );
  }
  const text = setting.slice(at + 1);
  const path = setting.slice(0, at);
  try {
    const value: unknown = JSON.parse(text);
    return { path, value };
  } catch {
    return { path, value: text };
  }
}

/** `macs=1e12`, `evaluations=50`, or both with a comma between them. */
export function parseBudget(text: string): { macs?: number; evaluations?: number } {
  const entries = text.split(',').map((part) => {
    const [, unit, amount] = /^(macs|evaluations)=([^=]+)$/.exec(part) ?? [];
    const value = Number(amount);
    if (unit !== undefined && Number.isFinite(value) && value > 0) {
      return [unit, value] as const;
    }
    throw usageError(
      `--budget: "${text}" is not allowed. Allowed: macs=N or evaluations=N, N above 0, or both with a comma, e.g. evaluations=50.`,
    );
  });
  return Object.fromEntries(entries);
}

async function readConfigFile(file: string, io: Io): Promise<unknown> {
  let text: string;
  try {
    text = await readFile(resolve(io.cwd, file), 'utf8');
  } catch {
    throw usageError(`--config: ${file} cannot be read. Allowed: a JSON file.`);
  }
  try {
    const value: unknown = JSON.parse(text);
    if (isRecord(value)) return value;
  } catch {
    // Falls through to the one message for both cases.
  }
  throw usageError(
    `--config: ${file} does not hold a JSON object. Allowed: a config or parts of one.`,
  );
}

/**
 * Preset (`base` unless one is named), then file, then short options, then `--set`, in order.
 * @throws LabError `usage` or `config-invalid`, naming the field, its bound and a suggestion.
 */
export async function configFrom(
  args: ParsedArgs,
  io: Io,
  base: RunConfig = presetConfig('quick'),
): Promise<RunConfig> {
  const file = args.text('config');
  const overrides = file === undefined ? {} : await readConfigFile(file, io);
  const named =
    isRecord(overrides) && typeof overrides.preset === 'string' ? overrides.preset : null;
  const preset = args.text('preset') ?? named;
  let config: unknown = preset === null ? base : presetConfig(preset);
  config = mergeConfig(config, overrides);
  for (const { name, path } of SHORT) {
    const text = args.text(name);
    if (text === undefined) continue;
    const isNumber = FIELDS.some((field) => field.path === path && field.kind === 'integer');
    config = mergeConfig(config, setPath({}, path, isNumber ? Number(text) : text));
  }
  const budget = args.text('budget');
  if (budget !== undefined) {
    const free = args.text('generations') === undefined ? { generations: 0 } : {};
    config = mergeConfig(config, { search: { ...free, ...parseBudget(budget) } });
  }
  for (const setting of args.all('set')) {
    const { path, value } = parseSetting(setting);
    config = mergeConfig(config, setPath({}, path, value));
  }
  return parseConfig(config);
}
