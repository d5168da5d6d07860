/** `correlate` and `evaluate` from end to end on the smallest preset. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { unpackLog } from '../core/log/file.ts';
import { STUDY_LOG } from '../core/study/log.ts';
import { commandLine } from './testing.ts';

const cli = commandLine();
const fade = cli.run;

const SMALL = ['--preset', 'smoke', '--architectures', '4', '--set', 'supernet.steps=4'];

describe('correlate', () => {
  it('measures, prints, saves, and adds more to what it saved', async () => {
    const args = ['correlate', ...SMALL, '--seeds', '1', '--supernets', '2', '--json'];
    const first = await fade([...args, '--out', 'study.jsonl.gz']);
    expect(first.code).toBe(0);
    expect(first.err).toContain(`log: ${join(cli.folder(), 'study.jsonl.gz')}`);
    const result = JSON.parse(first.out);
    const { truth, rankers } = result;
    expect(truth.architectures).toHaveLength(4);
    expect(truth.accuracies.map((row: number[]) => row.length)).toEqual([1, 1, 1, 1]);
    expect(truth.losses.flat().every((loss: number) => loss > 0)).toBe(true);
    for (const key of ['architectureStd', 'seedStd', 'splitHalf', 'ceiling']) {
      expect(truth).toHaveProperty(key);
    }
    const fades = rankers.filter(({ id }: { id: string }) => id === 'fade');
    expect(fades.map(({ supernets }: { supernets: number }) => supernets)).toEqual([1, 2]);
    const [single, both] = fades;
    expect(single.perSupernet.spearman[0]).toBe(single.spearman);
    expect(both.perSupernet.spearman).toHaveLength(2);
    expect(both.scores).toHaveLength(4);
    for (const key of ['spearman', 'tauB', 'pearson', 'precisionAt5', 'regretAt1']) {
      expect(both).toHaveProperty(key);
    }
    expect(both.intervals.spearman).toHaveLength(2);
    const ids = rankers.map(({ id }: { id: string }) => id);
    for (const id of ['leave-one-out@softmax', 'depth', 'parameters', 'synflow']) {
      expect(ids).toContain(id);
    }

    const file = ['--resume', 'study.jsonl.gz'];
    const more = await fade(['correlate', ...file, '--seeds', '2', '--json']);
    expect(more.code).toBe(0);
    const grown = JSON.parse(more.out).truth;
    expect(grown.architectures).toEqual(truth.architectures);
    expect(grown.accuracies.map(([seed]: number[]) => [seed])).toEqual(truth.accuracies);
    expect(grown.accuracies.flat()).toHaveLength(8);
    const log = await unpackLog(
      STUDY_LOG,
      await readFile(join(cli.folder(), 'study.jsonl.gz')),
      'study',
    );
    expect(log.events.at(-1)?.type).toBe('study/finished');

    const table = await fade(['correlate', ...file]);
    expect(table.out).toContain('4 architectures, trained alone from 2 seeds each');
    expect(table.out).toMatch(/FaDE .*\[/);
    expect(table.out).toContain('warning: Only 4 architectures');
    const fixed = await fade(['correlate', ...file, '--dataset', 'mnist']);
    expect(fixed.code).toBe(2);
    expect(fixed.err).toContain('--dataset cannot change');
  }, 120_000);

  it('takes the region of a search', async () => {
    const set = ['--set', 'space.candidates=3', '--set', 'supernet.steps=2'];
    const run = ['search', '--preset', 'smoke', '--generations', '1', ...set];
    expect((await fade([...run, '--out', 'run.jsonl.gz'])).code).toBe(0);
    const small = ['--architectures', '3', '--seeds', '1', '--variants', 'gumbel'];
    const from = ['--region', 'from', 'run.jsonl.gz', '--generation', '0'];
    const { code, out, err } = await fade(['correlate', ...from, ...small, '--json']);
    expect(err).not.toContain('not allowed');
    expect(code).toBe(0);
    const { config } = JSON.parse(out);
    expect(config.origin).toMatchObject({ kind: 'generation', generation: 0 });
    expect(config.region.map((row: string[]) => row.length)).toEqual([3, 3]);
    const other = await fade(['correlate', ...from.slice(0, 4), '5', ...small]);
    expect(other.code).toBe(2);
    expect(other.err).toContain('no generation 5');
    const misfit = await fade(['correlate', '--preset', 'study', ...from]);
    expect(misfit.code).toBe(2);
    expect(misfit.err).toContain('does not fit');
  }, 120_000);

  it('keeps what is done when it is interrupted', async () => {
    const abort = new AbortController();
    const many = ['--set', 'supernet.steps=400', '--supernets', '9'];
    const { code, err } = await cli.run(
      ['correlate', '--preset', 'smoke', ...many, '--out', 'cut.jsonl.gz'],
      abort.signal,
      // The first line about progress: a job is under way.
      (line) => line.startsWith('[') && abort.abort(),
    );
    expect(code).toBe(1);
    expect(err).toContain('log: ');
    const log = await unpackLog(
      STUDY_LOG,
      await readFile(join(cli.folder(), 'cut.jsonl.gz')),
      'cut',
    );
    expect(log.events[0]?.type).toBe('study/started');
    expect(log.events.some(({ type }) => type === 'study/failed')).toBe(false);
  }, 60_000);

  it.each([
    [['correlate', '--preset', 'smoke', '--reuse', 'none.gz'], '--reuse: none.gz cannot be read'],
    [['correlate', '--preset', 'smoke', '--architectures', '100'], 'use 9'],
    [['correlate', '--preset', 'smoke', '--architectures', 'many'], 'or all'],
    [['correlate', '--preset', 'smoke', '--architectures', '2'], 'from 3'],
    [['correlate', '--variants', 'gumble'], 'Did you mean gumbel?'],
    [['correlate', '--generation', '1'], '--region from'],
    [['correlate', '--region', 'from'], 'needs a log'],
    [['correlate', 'run.gz'], '--region from'],
    [['correlate', '--resume', 'missing.gz'], 'missing.gz cannot be read'],
    [['evaluate'], 'needs <architecture>'],
    [['evaluate', 'nonsense'], 'names no architecture'],
    [['evaluate', '3:1.2.7', '--preset', 'smoke'], '--set space.stages=3'],
  ])('%j exits with 2 and says why', async (argv, words) => {
    const { code, err } = await fade(argv);
    expect(err).toContain(words);
    expect(code).toBe(2);
  });
});

describe('evaluate', () => {
  it('trains alone, the same every time and for isomorphic twins', async () => {
    const args = ['--preset', 'smoke', '--steps', '3', '--seeds', '2', '--json'];
    const first = await fade(['evaluate', '3:1.7', ...args]);
    expect(first.code).toBe(0);
    const result = JSON.parse(first.out);
    expect(result.accuracies).toHaveLength(2);
    expect(result.losses[0]).not.toBe(result.losses[1]);
    expect(result.parameters).toBeGreaterThan(0);
    const twin = await fade(['evaluate', '3:2.7', ...args]);
    expect(twin.out).toBe(first.out);
    const text = await fade(['evaluate', '3:1.7', '--preset', 'smoke', '--steps', '3']);
    expect(text.out).toMatch(/seed 1 {2}accuracy [\d.]+ %/);
  });
});
