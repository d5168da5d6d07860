import { beforeAll, expect, test } from 'vitest';
import { netNamed } from '../../engine/bench/nets.ts';
import type { BenchHost } from '../../engine/bench/timing.ts';
import { memory } from '../../engine/memory.ts';
import { useBackend } from '../../engine/testing.ts';
import { compareThreads, evaluation } from './executors.ts';

const HOST: BenchHost = {
  clock: () => performance.now(),
  gate: async () => undefined,
  tell: () => undefined,
};

beforeAll(() => useBackend('wasm'));

test('without a second thread there is no time for two', async () => {
  const found = await compareThreads(netNamed('Q', 2), 1, HOST, (work) => work(1));
  expect(found[1]).toBeGreaterThan(0);
  expect(found[2]).toBeNull();
});

test('with a second thread both are timed', async () => {
  const found = await compareThreads(netNamed('Q', 2), 1, HOST, (work) => work(2));
  expect(found[1]).toBeGreaterThan(0);
  expect(found[2]).toBeGreaterThan(0);
});

test('every path of a net is evaluated', async () => {
  const before = memory();
  const found = await evaluation(netNamed('Q'), 1, HOST, 4);
  expect(found).toMatchObject({ name: 'Q', images: 4, paths: 25 });
  expect(found.everyPath).toBeGreaterThan(found.mixture);
  expect(memory()).toEqual(before);
});
