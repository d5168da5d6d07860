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
    expect(Object.keys(result)).toEqual(['vertices', 'classes', 'cells']);
    expect(result.classes).toBe(classes);
    expect(new Set(result.cells).size).toBe(classes);
  });

  it('names them by their ids', async () => {
    const { cells } = JSON.parse((await fade('cells', '--vertices', '3', '--json')).out);
    expect(cells).toEqual(['3:0', '3:3', '3:4', '3:5', '3:6', '3:7']);
  });

  it('lists them for people too', async () => {
    const { out } = await fade('cells', '--vertices', '2');
    expect(out).toBe('2 cells on 2 vertices\n2:0 2:1');
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
    [['search', '--method', 'alchemy'], '--method: "alchemy" is not allowed'],
    [['search', '--strategy', 'alchemy'], '--strategy: "alchemy" is not allowed'],
    [['search', '--budget', 'steps=5'], '--budget: "steps=5" is not allowed'],
    [['search', '--budget', 'evaluations=1.5'], 'search.evaluations is 1.5 but must be'],
    [['search', '--generations', '0'], 'search.generations is 0 but must be above 0'],
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
      'rounds',
      'cost',
      'incumbent',
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
    expect(generation.region.flat().every((id: string) => /^3:[0-7]$/.test(id))).toBe(true);

    expect(result.rounds).toHaveLength(2);
    const [round] = result.rounds;
    expect(Object.keys(round)).toEqual(['index', 'jobs', 'cost', 'incumbent']);
    expect(round.jobs).toEqual([{ kind: 'rank', region: generation.region }]);
    expect(round.incumbent).toEqual({ id: generation.best.architecture, accuracy: null });
    expect(round.cost).toMatchObject({ steps: 6, evaluations: 0 });
    const macs = result.rounds.map((one: { cost: { macs: number } }) => one.cost.macs);
    expect(macs[0]).toBeGreaterThan(0);
    expect(result.cost).toEqual({ steps: 12, macs: macs[0] + macs[1], evaluations: 0 });
    expect(result.incumbent).toEqual(result.rounds[1].incumbent);

    const info = JSON.parse((await fade('info', 'run.jsonl.gz', '--json')).out);
    expect(info.digest).toBe(result.digest);
    expect(info.outcome).toBe('finished');
    expect(info.generations).toEqual(result.generations);
    expect(info.rounds).toEqual(result.rounds);
    expect(info.cost).toEqual(result.cost);
    expect(info.incumbent).toEqual(result.incumbent);
    expect(info.config.method.id).toBe('pseudo-gradient');
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
