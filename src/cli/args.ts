/**
 * A small parser of command-line options: each command lists what it takes, and everything else is
 * refused with the option's name, what is allowed and the nearest known name.
 */
import { LabError } from '../core/errors.ts';
import { nearestName } from '../core/paths.ts';

interface OptionBase {
  /** Long name without dashes. */
  readonly name: string;
  readonly help: string;
}

export interface TextOption extends OptionBase {
  readonly kind: 'text';
  /** What stands for the value in the help, e.g. `file`. */
  readonly value: string;
  readonly choices?: readonly string[];
  /** May be given more than once. */
  readonly repeated?: boolean;
}

export interface IntegerOption extends OptionBase {
  readonly kind: 'integer';
  readonly minimum: number;
  readonly maximum: number;
}

export interface FlagOption extends OptionBase {
  readonly kind: 'flag';
}

export type OptionSpec = TextOption | IntegerOption | FlagOption;

export interface CommandSpec {
  readonly name: string;
  readonly summary: string;
  /** Names of the positional arguments; all are required. */
  readonly positional: readonly string[];
  /** Names of those that may follow. */
  readonly optional?: readonly string[];
  /** Name of what may follow any number of times. */
  readonly more?: string;
  readonly options: readonly OptionSpec[];
}

export interface ParsedArgs {
  readonly positional: readonly string[];
  /** Last value of a text option. */
  text(name: string): string | undefined;
  /** All values of a repeated option, in order. */
  all(name: string): readonly string[];
  integer(name: string): number | undefined;
  flag(name: string): boolean;
}

export const usageError = (message: string) => new LabError('usage', message);

/** The error of an unknown word: what is allowed, and a guess at what was meant. */
export function unknownWord(what: string, word: string, known: readonly string[], prefix = '') {
  const guess = nearestName(word, known);
  const meant = guess === null ? '' : ` Did you mean ${prefix}${guess}?`;
  const allowed = known.map((name) => prefix + name).join(', ') || 'none';
  return usageError(`Unknown ${what} ${prefix}${word}.${meant} Allowed: ${allowed}.`);
}

function allowedValues(option: OptionSpec): string {
  switch (option.kind) {
    case 'flag':
      return 'no value';
    case 'integer':
      return `a whole number from ${option.minimum} to ${option.maximum}`;
    case 'text':
      return option.choices ? `one of ${option.choices.join(', ')}` : `<${option.value}>`;
    default:
      return option satisfies never;
  }
}

function checkValue(option: OptionSpec, value: string): void {
  const refuse = (guess: string | null) => {
    const meant = guess === null ? '' : ` Did you mean ${guess}?`;
    const allowed = allowedValues(option);
    return usageError(`--${option.name}: "${value}" is not allowed.${meant} Allowed: ${allowed}.`);
  };
  if (option.kind === 'integer') {
    const number = Number(value);
    const whole = /^[+-]?\d+$/.test(value);
    if (!whole || number < option.minimum || number > option.maximum) throw refuse(null);
  }
  if (option.kind === 'text' && option.choices && !option.choices.includes(value)) {
    throw refuse(nearestName(value, option.choices));
  }
}

/** Takes the value of an option, from after `=` or from the next argument. */
function takeValue(option: OptionSpec, inline: string | undefined, rest: string[]): string {
  if (option.kind === 'flag') {
    if (inline !== undefined) throw usageError(`--${option.name} takes no value.`);
    return 'true';
  }
  const value = inline ?? rest.shift();
  if (value === undefined || (inline === undefined && value.startsWith('--'))) {
    throw usageError(`--${option.name} needs a value: ${allowedValues(option)}.`);
  }
  checkValue(option, value);
  return value;
}

/**
 * Parses the arguments that follow a command's name.
 * @throws LabError `usage` that names the option and what is allowed.
 */
export function parseArgs(spec: CommandSpec, argv: readonly string[]): ParsedArgs {
  const values = new Map<string, string[]>();
  const positional: string[] = [];
  const rest = [...argv];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (!word.startsWith('-') || word === '-') {
      positional.push(word);
      continue;
    }
    const [, dashes = '', name = '', inline] = /^(--?)([^=]*)(?:=(.*))?$/s.exec(word) ?? [];
    const option = dashes === '--' ? spec.options.find((known) => known.name === name) : undefined;
    if (!option) {
      const known = spec.options.map((each) => each.name);
      throw unknownWord('option', name, known, '--');
    }
    const given = values.get(name) ?? [];
    if (given.length > 0 && !(option.kind === 'text' && option.repeated)) {
      throw usageError(`--${name} is given twice. Allowed: once.`);
    }
    values.set(name, [...given, takeValue(option, inline, rest)]);
  }
  checkPositional(spec, positional);
  return {
    positional,
    text: (name) => values.get(name)?.at(-1),
    all: (name) => values.get(name) ?? [],
    integer: (name) => {
      const value = values.get(name)?.at(-1);
      return value === undefined ? undefined : Number(value);
    },
    flag: (name) => values.has(name),
  };
}

function checkPositional(spec: CommandSpec, given: readonly string[]): void {
  const missing = spec.positional[given.length];
  if (missing !== undefined) throw usageError(`${spec.name} needs <${missing}>.`);
  if (spec.more !== undefined) return;
  const names = [...spec.positional, ...(spec.optional ?? [])];
  const surplus = given[names.length];
  if (surplus !== undefined) {
    const allowed = names.map((name) => `<${name}>`).join(' ') || 'options only';
    throw usageError(`${spec.name}: "${surplus}" is too much. Allowed: ${allowed}.`);
  }
}

function optionUsage(option: OptionSpec): string {
  switch (option.kind) {
    case 'flag':
      return `--${option.name}`;
    case 'integer':
      return `--${option.name} N`;
    case 'text':
      return `--${option.name} ${option.choices ? option.choices.join('|') : `<${option.value}>`}`;
    default:
      return option satisfies never;
  }
}

/** Help text of one command. */
export function commandHelp(spec: CommandSpec): string {
  const positional = [
    ...spec.positional.map((name) => ` <${name}>`),
    ...(spec.optional ?? []).map((name) => ` [${name}]`),
    ...(spec.more === undefined ? [] : [` [${spec.more} …]`]),
  ].join('');
  const options = spec.options.map((option) => {
    const bound = option.kind === 'integer' ? ` (${option.minimum} to ${option.maximum})` : '';
    return `  ${optionUsage(option)}\n      ${option.help}${bound}`;
  });
  return [`fade ${spec.name}${positional} [options]`, spec.summary, '', ...options].join('\n');
}
