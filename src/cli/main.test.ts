import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commandLine } from './testing.ts';

const cli = commandLine();
const fade = (...argv: string[]) => cli.run(argv);

describe('cells', () => {
  it.each([
    [2, 2],
    [3, 6],
    [4, 31],
    [5, 302],
    [6, 5984],
  ])('%i vertices: %i classes', async (vertices, classes) => {
    const { code, out } = await fade('cells', '--vertices', String(vertices), '--json');
    const result = JSON.parse(out);
    expect(code).toBe(0);
    expect(Object.keys(result)).toEqual(['vertices', 'classes', 'masks']);
    expect(result.classes).toBe(classes);
    expect(new Set(result.masks).size).toBe(classes);
  });

  it('lists them for people too', async () => {
    const { out } = await fade('cells', '--vertices', '2');
    expect(out).toBe('2 cells on 2 vertices\n0 1');
  });
});

describe('usage', () => {
  it.each([
    [['serch'], 'Did you mean search?'],
    [['cells', '--vertices', '7'], '--vertices: "7" is not allowed'],
    [['search', '--preset', 'smok'], 'Did you mean smoke?'],
    [['search', '--set', 'space'], '--set: "space" is not allowed. Allowed: path=value'],
    [['search', '--set', 'space.vertexes=4'], 'did you mean space.vertices?'],
    [['search', '--set', 'space.vertices=9'], 'space.vertices is 9 but must be'],
    [['search', '--set', 'space.vertices=2'], 'space.candidates'],
    [['search', '--config', 'missing.json'], '--config: missing.json cannot be read'],
    [['search', '--out', 'no/such/cli.folder()/run.gz'], '--out: no/such/cli.folder()/run.gz'],
    [['info'], 'info needs <run.jsonl.gz>'],
    [['info', 'missing.jsonl.gz'], 'missing.jsonl.gz cannot be read'],
  ])('%j exits with 2 and says why', async (argv, words) => {
    const { code, out, err } = await fade(...argv);
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err).toContain(words);
  });

  it('explains itself', async () => {
    expect((await fade()).code).toBe(2);
    expect((await fade('help')).out).toContain('search');
    expect((await fade('help', 'search')).out).toContain('--generations');
    expect((await fade('cells', '--help')).out).toContain('--vertices');
  });

  it('refuses a config file that is no object', async () => {
    await writeFile(join(cli.folder(), 'list.json'), '[1]');
    const { code, err } = await fade('search', '--config', 'list.json');
    expect(code).toBe(2);
    expect(err).toContain('list.json does not hold a JSON object');
  });
});

describe('search and info', () => {
  it('runs, saves a log, and reads it back', async () => {
    await writeFile(join(cli.folder(), 'own.json'), '{"preset":"smoke","supernet":{"steps":6}}');
    const args = ['search', '--config', 'own.json', '--seed', '3', '--json'];
    const first = await fade(...args, '--out', 'run.jsonl.gz');
    expect(first.err).toBe(`log: ${join(cli.folder(), 'run.jsonl.gz')} (finished)`);
    expect(first.code).toBe(0);
    const result = JSON.parse(first.out);
    expect(Object.keys(result)).toEqual([
      'digest',
      'backend',
      'executor',
      'threads',
      'generations',
    ]);
    expect(result.threads).toBe(1);
    expect(result.backend.name).toBe('wasm');
    expect(result.generations).toHaveLength(2);
    const [generation] = result.generations;
    expect(Object.keys(generation)).toEqual([
      'index',
      'region',
      'weights',
      'ranks',
      'best',
      'loss',
      'accuracy',
      'milliseconds',
      'steps',
    ]);
    expect(generation.region).toHaveLength(2);
    expect(generation.ranks[0]).toHaveLength(2);
    expect(generation.best.architecture).toMatch(/^3:/);
    expect(generation.steps).toBe(6);

    const info = JSON.parse((await fade('info', 'run.jsonl.gz', '--json')).out);
    expect(info.digest).toBe(result.digest);
    expect(info.outcome).toBe('finished');
    expect(info.generations).toEqual(result.generations);
    expect(info.config.search.seed).toBe(3);

    const second = await fade(...args);
    expect(JSON.parse(second.out).digest).toBe(result.digest);
    const text = await fade('info', 'run.jsonl.gz');
    expect(text.out).toContain('generation 2');
    expect(text.out).toContain(`digest ${result.digest}`);
  });

  it('exits with 1 where a log is damaged', async () => {
    await writeFile(join(cli.folder(), 'bad.jsonl'), 'not a log\n');
    const { code, err } = await fade('info', 'bad.jsonl');
    expect(code).toBe(1);
    expect(err).toContain('bad.jsonl, line 1');
  });

  it('reports a WASM probe with a gradient error', async () => {
    const { code, out } = await fade('check', '--json');
    const probe = JSON.parse(out);
    expect(code).toBe(0);
    expect(probe.chosen.name).toBe('wasm');
    const wasm = probe.candidates.find((each: { name: string }) => each.name === 'wasm');
    expect(wasm.gradientError).toBeLessThan(1e-4);
  });
});
