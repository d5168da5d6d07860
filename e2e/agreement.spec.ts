/** The browser and the command line are one engine: same config and seed, same log on WASM. */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from './support/lab.ts';
import { digestOf, readLog } from './support/logs.ts';

const SETTINGS = { 'supernet.steps': 20, 'search.generations': 2, 'search.seed': 11 } as const;

async function runInNode(): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), 'fade-lab-'));
  try {
    const out = join(folder, 'run.jsonl.gz');
    const set = Object.entries(SETTINGS).flatMap(([path, value]) => ['--set', `${path}=${value}`]);
    await promisify(execFile)('node', [
      'scripts/fade.mjs',
      'search',
      ...['--preset', 'smoke', '--backend', 'wasm', '--out', out, '--json'],
      ...set,
    ]);
    return await readFile(out);
  } finally {
    await rm(folder, { recursive: true });
  }
}

test('Node and the browser give the same log, bit for bit', async ({ lab }) => {
  await lab.open();
  await lab.start('smoke', SETTINGS);
  await lab.finish();
  const here = await readLog(await lab.exportRun());
  const there = await readLog(await runInNode());
  expect(here.events).toHaveLength(there.events.length);
  expect(digestOf(here)).toBe(digestOf(there));
  // Each with as many threads as suit it: that decides nothing.
  const cores = await lab.page.evaluate(() => navigator.hardwareConcurrency);
  const threads = here.events.flatMap((event) =>
    event.type === 'run/started' ? event.threads : [],
  );
  expect(threads[0]).toBeGreaterThanOrEqual(Math.min(2, cores));
});
