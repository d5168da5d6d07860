import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { packLog } from '../core/log/file.ts';
import { resolveConfig } from '../core/run/resolve.ts';
import { forStudy, studyConfig } from '../core/study/defaults.ts';
import { STUDY_LOG } from '../core/study/log.ts';
import { syntheticStudyEvents } from '../core/study/testing.ts';
import { commandLine } from './testing.ts';

const cli = commandLine();
const fade = (...argv: string[]) => cli.run(argv);

async function save(file: string, title: string, seed: number, vertices = 4): Promise<void> {
  const config = resolveConfig({
    preset: 'smoke',
    overrides: { search: { seed }, space: { vertices } },
  });
  const events = syntheticStudyEvents({ config: studyConfig(forStudy(config)), salt: seed });
  const log = { id: title, title, createdAt: '2026-01-01T00:00:00.000Z', events };
  await writeFile(join(cli.folder(), file), await packLog(STUDY_LOG, log));
}

beforeAll(async () => {
  await save('a.jsonl.gz', 'region A', 1);
  await save('b.jsonl.gz', 'region B', 2);
  await save('other.jsonl.gz', 'other space', 1, 5);
});

describe('regions', () => {
  it('gives each ranker inside every region, and its mean with an interval', async () => {
    const { code, out } = await fade('regions', 'a.jsonl.gz', 'b.jsonl.gz', '--json');
    expect(code).toBe(0);
    const { regions, rankers } = JSON.parse(out);
    expect(regions.map(({ region }: { region: string }) => region)).toEqual([
      'region A',
      'region B',
    ]);
    const fadeRow = rankers.find(({ id }: { id: string }) => id === 'fade');
    const [a, b] = fadeRow.regions;
    expect(fadeRow.spearman).toBeGreaterThan(Math.min(a.spearman, b.spearman));
    expect(fadeRow.spearman).toBeLessThan(Math.max(a.spearman, b.spearman));
    expect(fadeRow.differences.map(({ against }: { against: string }) => against)).toEqual([
      'depth',
      'sinks',
      'edges',
    ]);
    expect(fadeRow.intervals.nested[0]).toBeLessThan(fadeRow.intervals.nested[1]);
    expect(fadeRow.single).toBeTypeOf('number');
    const depth = rankers.find(({ id }: { id: string }) => id === 'depth');
    expect(depth.single).toBeNull();
  });

  it('prints a table for people', async () => {
    const { out } = await fade('regions', 'a.jsonl.gz', 'b.jsonl.gz');
    expect(out).toContain('2  region B: ');
    expect(out).toMatch(/ranker +1 +2 +mean +95 % +single +minus depth/);
    expect(out).toMatch(/\nFaDE +-?\.\d\d /);
  });

  it('says that one region is one region', async () => {
    expect((await fade('regions', 'a.jsonl.gz')).out).toContain('one region only');
  });

  it('tells studies of one title apart', async () => {
    await save('twin.jsonl.gz', 'region A', 2);
    const { out } = await fade('regions', 'a.jsonl.gz', 'twin.jsonl.gz', '--json');
    const { regions, rankers } = JSON.parse(out);
    const names = ['region A (a.jsonl.gz)', 'region A (twin.jsonl.gz)'];
    expect(regions.map(({ region }: { region: string }) => region)).toEqual(names);
    const [a, twin] = rankers.find(({ id }: { id: string }) => id === 'fade').regions;
    expect(a.spearman).not.toBe(twin.spearman);
  });

  it.each([
    [[], 'regions needs <study.jsonl.gz>'],
    [['missing.jsonl.gz'], 'missing.jsonl.gz cannot be read'],
    [['a.jsonl.gz', 'other.jsonl.gz'], 'other.jsonl.gz is a study of another task, space'],
  ])('refuses %j', async (files, words) => {
    const { code, err } = await fade('regions', ...files);
    expect(code).toBe(2);
    expect(err).toContain(words);
  });

  it('explains that it takes several studies', async () => {
    expect((await fade('help', 'regions')).out).toContain('<study.jsonl.gz> [study.jsonl.gz …]');
  });
});
