/** A network trained alone, on a device that is lost on the way. */
import { beforeAll, expect, test } from 'vitest';
import { LabError } from '../../core/errors.ts';
import { tinyConfig, tinyDataset, useBackend } from '../../engine/testing.ts';
import { createArchitectureHandlers } from './architecture.ts';
import type { WorkerHost } from './host.ts';
import { createTurn } from './turn.ts';

const LOSS = new LabError('device-lost', 'gone');
const REQUEST = { config: tinyConfig(), architecture: '3:7.3', seed: 0, steps: 60 };
const untouched = new AbortController().signal;

beforeAll(() => useBackend('wasm'));

/** A host whose device is lost soon after training has begun, or begun again, `losses` times. */
function createHost(losses: number) {
  const listeners = new Set<(error: LabError) => void>();
  const warnings: string[] = [];
  let left = losses;
  const loseSoon = () => {
    if (left === 0) return;
    left -= 1;
    setTimeout(() => {
      for (const listener of listeners) listener(LOSS);
    });
  };
  const host: WorkerHost = {
    baseUrl: './',
    push: () => undefined,
    clock: () => 0,
    turn: createTurn(),
    backend: async () => ({
      chosen: { name: 'wasm', adapter: '', reason: '' },
      candidates: [],
      lacks: {},
    }),
    dataset: async () => tinyDataset(),
    team: async () => undefined,
    onLost(listener) {
      listeners.add(listener);
      loseSoon();
      return () => listeners.delete(listener);
    },
    lossBehind: async (thrown) => (thrown === LOSS ? LOSS : null),
    renew: async () => loseSoon(),
    warn: (text) => void warnings.push(text),
  };
  return { host, warnings, listeners };
}

const train = (host: WorkerHost) =>
  createArchitectureHandlers(host).train(
    { key: 'k', request: REQUEST },
    untouched,
    () => undefined,
  );

test('begins again, says so, and ends as it would have', async () => {
  const calm = createHost(0);
  const expected = await train(calm.host);
  expect(calm.warnings).toEqual([]);

  const { host, warnings, listeners } = createHost(1);
  const outcome = await train(host);
  expect(outcome.history).toEqual(expected.history);
  expect(outcome.trained?.model.parameters).toEqual(expected.trained?.model.parameters);
  expect(warnings).toEqual([expect.stringMatching(/GPU was lost.*began again/)]);
  expect(listeners.size).toBe(0);
});

test('a device that is lost again and again ends it', async () => {
  const { host, warnings } = createHost(9);
  await expect(train(host)).rejects.toBe(LOSS);
  expect(warnings).toHaveLength(2);
});
