import { describe, expect, it } from 'vitest';
import { LabError } from '../core/errors.ts';
import { type CommandSpec, commandHelp, parseArgs } from './args.ts';

const spec: CommandSpec = {
  name: 'search',
  summary: 'Searches.',
  positional: [],
  options: [
    { kind: 'text', name: 'preset', value: 'id', choices: ['quick', 'study'], help: 'Preset.' },
    { kind: 'integer', name: 'generations', minimum: 1, maximum: 100, help: 'Generations.' },
    { kind: 'text', name: 'set', value: 'path=value', repeated: true, help: 'One setting.' },
    { kind: 'flag', name: 'json', help: 'JSON.' },
  ],
};

const refusal = (...argv: string[]) => {
  try {
    parseArgs(spec, argv);
  } catch (error) {
    if (error instanceof LabError && error.code === 'usage') return error.message;
    throw error;
  }
  throw new Error('was accepted');
};

describe('parseArgs', () => {
  it('reads values after a space and after =', () => {
    const args = parseArgs(spec, ['--preset', 'study', '--generations=3', '--json']);
    expect(args.text('preset')).toBe('study');
    expect(args.integer('generations')).toBe(3);
    expect(args.flag('json')).toBe(true);
    expect(args.text('set')).toBeUndefined();
  });

  it('keeps repeated options in order, with = inside the value', () => {
    const args = parseArgs(spec, ['--set', 'a.b=1', '--set=c.d=[1,2]']);
    expect(args.all('set')).toEqual(['a.b=1', 'c.d=[1,2]']);
  });

  it('names an unknown option and the nearest one', () => {
    expect(refusal('--generation', '3')).toBe(
      'Unknown option --generation. Did you mean --generations? Allowed: --preset, --generations, --set, --json.',
    );
  });

  it.each([
    ['0', '--generations: "0" is not allowed. Allowed: a whole number from 1 to 100.'],
    ['101', '--generations: "101" is not allowed. Allowed: a whole number from 1 to 100.'],
    ['2.5', '--generations: "2.5" is not allowed. Allowed: a whole number from 1 to 100.'],
    ['x', '--generations: "x" is not allowed. Allowed: a whole number from 1 to 100.'],
    ['-1', '--generations: "-1" is not allowed. Allowed: a whole number from 1 to 100.'],
  ])('refuses %s generations', (value, message) => {
    expect(refusal('--generations', value)).toBe(message);
  });

  it('refuses a value that is not among the choices', () => {
    expect(refusal('--preset', 'quik')).toBe(
      '--preset: "quik" is not allowed. Did you mean quick? Allowed: one of quick, study.',
    );
  });

  it('refuses missing values, surplus words, doubles and values of flags', () => {
    expect(refusal('--preset')).toContain('--preset needs a value: one of quick, study');
    expect(refusal('--preset', '--json')).toContain('--preset needs a value');
    expect(refusal('file')).toBe('search: "file" is too much. Allowed: options only.');
    expect(refusal('--preset', 'quick', '--preset', 'quick')).toContain('given twice');
    expect(refusal('--json=yes')).toBe('--json takes no value.');
    expect(refusal('-j')).toContain('Unknown option');
  });

  it('asks for positional arguments', () => {
    const info = { ...spec, name: 'info', positional: ['file'] };
    expect(() => parseArgs(info, [])).toThrow('info needs <file>.');
    expect(parseArgs(info, ['run.jsonl.gz']).positional).toEqual(['run.jsonl.gz']);
  });
});

describe('commandHelp', () => {
  it('lists every option with its bounds', () => {
    const help = commandHelp(spec);
    for (const option of spec.options) expect(help).toContain(`--${option.name}`);
    expect(help).toContain('(1 to 100)');
  });
});
