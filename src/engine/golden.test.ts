/**
 * Golden logs: a tiny run and a tiny study of each executor, as they were when the engine's version was
 * last raised. Replaying their headers must give the same digests. `npm run golden` records them anew.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { logDigest } from '../core/log/digest.ts';
import type { LogEvent, LogKind } from '../core/log/kind.ts';
import { decodeLog, encodeLog } from '../core/log/lines.ts';
import { RUN_LOG } from '../core/run/log.ts';
import type { StudyConfig } from '../core/study/config.ts';
import type { StudyEvent } from '../core/study/events.ts';
import { STUDY_LOG } from '../core/study/log.ts';
import { runSearch } from './search.ts';
import { inlineRunner } from './study/runners.ts';
import { runStudy } from './study/runStudy.ts';
import { tinyStudy } from './task.testing.ts';
import { prepareTask } from './task.ts';
import { collect, tinyConfig, tinyDataset, tinySearch, useBackend } from './testing.ts';
import { ENGINE_VERSION } from './version.ts';

const RECORD = process.env.GOLDEN === 'record';

const CONFIG = tinyConfig({ search: { generations: 2 }, ranker: { id: 'fade-probe' } });

const STUDY: StudyConfig = tinyStudy(
  [
    [0, 7],
    [3, 1],
  ],
  { checkpoints: 1, proxies: true },
);

type Golden = 'stock' | 'wasm';

async function studyEvents(executor: Golden): Promise<StudyEvent[]> {
  const dataset = tinyDataset();
  const signal = new AbortController().signal;
  const context = {
    config: STUDY,
    executor,
    task: prepareTask(dataset, STUDY.run),
    gate: async () => undefined,
    clock: () => 0,
  };
  const stream = runStudy({
    config: STUDY,
    amount: { architectures: 4, seeds: 1, supernets: 1 },
    extra: [],
    events: [],
    known: [],
    backend: { name: 'wasm', adapter: 'test', reason: 'a test' },
    executor,
    datasetDigest: dataset.digest,
    runners: [inlineRunner(context)],
    clock: () => 0,
    signal,
  });
  const events: StudyEvent[] = [];
  for await (const said of stream) if ('type' in said) events.push(said);
  return events;
}

const fileOf = (name: string) => new URL(`./golden/${name}.jsonl`, import.meta.url);

/** Compares with what was recorded, or records. */
function compare<E extends LogEvent & { readonly engineVersion?: string }>(
  kind: LogKind<E>,
  name: string,
  events: readonly E[],
): void {
  const file = fileOf(name);
  if (RECORD) {
    const log = { id: name, title: name, createdAt: '2026-01-01T00:00:00.000Z', events };
    writeFileSync(file, encodeLog(kind, log));
  }
  expect(existsSync(file), `${name}: record it with npm run golden`).toBe(true);
  const golden = decodeLog(kind, readFileSync(file, 'utf8'), name).events;
  const recorded = golden[0]?.engineVersion;
  expect(
    recorded,
    `${name} was recorded by version ${recorded} of the engine: run npm run golden, and commit what it writes`,
  ).toBe(ENGINE_VERSION);
  expect(
    logDigest(kind, events),
    `Results changed (${name}). If that is meant, raise ENGINE_VERSION in src/engine/version.ts and run npm run golden`,
  ).toBe(logDigest(kind, golden));
}

beforeAll(() => useBackend('wasm'));

describe.each(['stock', 'wasm'] as const)('with the executor %s', (executor) => {
  test('a run comes to the bits that were recorded', async () => {
    const events = await collect(runSearch(tinySearch(CONFIG, { executor })));
    expect(events.at(-1)?.type).toBe('run/finished');
    compare(RUN_LOG, `run-${executor}`, events);
  });

  test('a study comes to the bits that were recorded', async () => {
    const events = await studyEvents(executor);
    expect(events.at(-1)?.type).toBe('study/finished');
    compare(STUDY_LOG, `study-${executor}`, events);
  });
});
