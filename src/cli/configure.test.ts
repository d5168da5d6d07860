/** From options to a config: short options, budgets, and what wins over what. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { METHODS } from '../core/method/registry.ts';
import { SPACES } from '../core/space/registry.ts';
import { parseArgs } from './args.ts';
import { configFrom, configOptions, parseBudget, parseSetting } from './configure.ts';
import { commandLine } from './testing.ts';

const cli = commandLine();
const spec = { name: 'search', summary: '', positional: [], options: configOptions('quick') };

const configOf = (...argv: string[]) =>
  configFrom(parseArgs(spec, argv), {
    projectRoot: '',
    cwd: cli.folder(),
    out: () => undefined,
    err: () => undefined,
    status: null,
    clock: () => 0,
    signal: new AbortController().signal,
    runnerProgram: null,
    teamProgram: null,
  });

describe('the method', () => {
  it.each(['--method', '--strategy'])('is chosen by %s', async (option) => {
    expect((await configOf(option, 'random')).method).toEqual({ id: 'random', options: {} });
  });

  it('starts from its own options, and takes those that are set', async () => {
    const { method } = await configOf('--preset', 'study', '--method', 'random');
    expect(method.options).toEqual({});
    const own = await configOf('--method', 'random', '--set', 'method.options.elites=2');
    expect(own.method.options).toEqual({ elites: 2 });
    const old = await configOf('--set', 'strategy.id=random');
    expect(old.method.id).toBe('random');
  });

  it('may be named as before in a file', async () => {
    await writeFile(join(cli.folder(), 'old.json'), '{"strategy":{"id":"random","options":{}}}');
    expect((await configOf('--config', 'old.json')).method.id).toBe('random');
  });
});

describe('candidates', () => {
  it('are one number for every stage, or one each', async () => {
    expect((await configOf('--set', 'space.candidates=3')).space.candidates).toEqual([3, 3]);
    expect((await configOf('--set', 'space.candidates=[4,3]')).space.candidates).toEqual([4, 3]);
    const three = await configOf('--set', 'space.candidates=[4,3]', '--set', 'space.stages=3');
    expect(three.space.candidates).toEqual([4, 3, 3]);
  });
});

describe('the budget', () => {
  it('is read in its two units', () => {
    expect(parseBudget('macs=1e12')).toEqual({ macs: 1e12 });
    expect(parseBudget('evaluations=50')).toEqual({ evaluations: 50 });
    expect(parseBudget('evaluations=50,macs=2000')).toEqual({ evaluations: 50, macs: 2000 });
  });

  it.each([
    '',
    '50',
    'macs',
    'macs=',
    'macs=0',
    'macs=-1',
    'macs=many',
    'steps=5',
    'macs=1,',
    'macs=1=2',
    'macs=Infinity',
  ])('refuses "%s", and says what is allowed', (text) => {
    expect(() => parseBudget(text)).toThrow(
      `--budget: "${text}" is not allowed. Allowed: macs=N or evaluations=N`,
    );
  });

  it('leaves the number of generations free unless it is given', async () => {
    const free = await configOf('--budget', 'macs=1e12');
    expect(free.search).toMatchObject({ generations: 0, macs: 1e12, evaluations: 0 });
    const both = await configOf('--budget', 'evaluations=5', '--generations', '3');
    expect(both.search).toMatchObject({ generations: 3, macs: 0, evaluations: 5 });
    expect((await configOf()).search).toMatchObject({ generations: 10, macs: 0, evaluations: 0 });
  });
});

it('reads settings as JSON where it can', () => {
  expect(parseSetting('a.b=[1,2]')).toEqual({ path: 'a.b', value: [1, 2] });
  expect(parseSetting('a=b=c')).toEqual({ path: 'a', value: 'b=c' });
  expect(() => parseSetting('=3')).toThrow(/path=value/);
});

describe('methods and spaces', () => {
  const json = async (command: string) => {
    const { code, out } = await cli.run([command, '--json']);
    expect(code).toBe(0);
    return JSON.parse(out);
  };

  it('methods --json has every method with its options and their defaults', async () => {
    const methods: unknown[] = await json('methods');
    expect(methods).toHaveLength(METHODS.length);
    METHODS.forEach(({ descriptor }, index) => {
      const { id, name, kind, source, explanation, fields, defaults } = descriptor;
      expect(methods[index]).toMatchObject({ id, name, kind, source, explanation });
      expect(methods[index]).toHaveProperty('options');
      expect(methods[index]).toMatchObject({
        options: fields.map(({ path }) => {
          const option = path.slice('method.options.'.length);
          return { name: option, path, default: defaults[option] };
        }),
      });
    });
    const [, random] = methods;
    expect(random).toMatchObject({
      id: 'random',
      options: [
        { name: 'elites', kind: 'integer', minimum: 0, maximum: 16, default: 0 },
        { name: 'firstBatch', kind: 'choice', choices: ['density', 'depth-stratified'] },
      ],
    });
  });

  it('spaces --json has every space with its options', async () => {
    expect(await json('spaces')).toMatchObject(
      SPACES.map(({ descriptor: { id, name, source } }) => ({ id, name, source })),
    );
    expect(await json('spaces')).toMatchObject([
      {
        id: 'cells',
        options: [
          { name: 'stages', path: 'space.stages', minimum: 1, maximum: 10 },
          { name: 'vertices', path: 'space.vertices', minimum: 2, maximum: 8 },
        ],
      },
    ]);
  });

  it('list them for people too', async () => {
    const methods = await cli.run(['methods']);
    for (const { descriptor } of METHODS) {
      expect(methods.out).toContain(`${descriptor.id}  ${descriptor.name}: ${descriptor.kind}.`);
    }
    expect(methods.out).toContain('  --set method.options.elites=…');
    expect((await cli.run(['spaces'])).out).toMatch(
      /^cells {2}Cells: .*\n {2}--set space.stages=…/,
    );
  });
});
