import { describe, expect, test } from 'vitest';
import { regionOf } from '../cellId.ts';
import { neededParts } from '../cost/readout.ts';
import { createRandom } from '../random.ts';
import type { StageTable } from '../ranks.ts';
import { fieldsFor } from '../run/schema.ts';
import { fadeProbe } from './fadeProbe.ts';
import { planReadout } from './readout.ts';
import { RANKERS, SEARCH_RANKERS, searchRanker } from './registry.ts';
import type { AdditiveRanker, Reading } from './types.ts';

const ids = SEARCH_RANKERS.map(({ descriptor }) => descriptor.id);
const DEFAULTS = { readout: 'product', weights: 'averaged' } as const;

describe('the registry', () => {
  test('has unique ids, and says what every ranker is', () => {
    const all = RANKERS.map(({ descriptor }) => descriptor.id);
    expect(new Set(all).size).toBe(all.length);
    for (const { descriptor } of RANKERS) {
      expect(descriptor.explanation).toMatch(/^[A-Z].*\.$/);
      expect(descriptor.source).not.toBe('');
      expect(descriptor.cost).not.toBe('');
    }
  });

  test('offers a search the additive rankers', () => {
    const field = fieldsFor('pseudo-gradient').find(({ path }) => path === 'ranker.id');
    if (field?.kind !== 'choice') throw new Error('ranker.id is no choice');
    expect(field.choices.map(({ value }) => value)).toEqual(ids);
    expect(ids[0]).toBe('fade');
    for (const id of ['fade-probe', 'leave-one-out', 'sampled-paths', 'probe', 'depth']) {
      expect(ids).toContain(id);
    }
    for (const id of ['one-shot', 'flops', 'synflow', 'random']) expect(ids).not.toContain(id);
  });

  test('knows the rankers that options of a search stand for', () => {
    const id = (settings: object) =>
      searchRanker({ ...DEFAULTS, id: 'fade', ...settings }).descriptor.id;
    expect(id({})).toBe('fade');
    expect(id({ readout: 'mean' })).toBe('fade-mean');
    expect(id({ weights: 'last' })).toBe('fade-last');
    expect(id({ readout: 'mean', weights: 'last' })).toBe('fade-mean-last');
    expect(id({ id: 'probe', readout: 'mean', weights: 'last' })).toBe('probe');
    for (const { descriptor, form } of RANKERS) {
      if (form === 'choices') continue;
      expect(id(descriptor.settings ?? { id: descriptor.id })).toBe(descriptor.id);
    }
  });

  test('names the known ones when asked for another', () => {
    expect(() => searchRanker({ ...DEFAULTS, id: 'fad' })).toThrow(/fade-probe/);
    expect(() => searchRanker({ ...DEFAULTS, id: 'one-shot' })).toThrow(/is no ranker/);
  });
});

/** Held-out loss of each candidate; a mixture's loss is the sum over stages, weights, candidates. */
const LOSSES = [
  [0.2, 0.9, 1.1],
  [1.3, 0.1, 0.8],
];
const WEIGHTS = [
  [0.5, 0.3, 0.2],
  [0.2, 0.6, 0.2],
];
const lossOf = (mixture: StageTable) =>
  mixture.reduce(
    (sum, row, s) => sum + row.reduce((part, weight, i) => part + weight * LOSSES[s]![i]!, 0),
    0,
  );

const order = (row: readonly number[]) =>
  row.map((_, i) => i).sort((a, b) => (row[b] ?? 0) - (row[a] ?? 0));

/** R after measuring just what the ranker needs, and the mixtures that took. */
function rank(ranker: AdditiveRanker): { table: StageTable | null; mixtures: StageTable[] } {
  const parts = neededParts(ranker.descriptor);
  const random = createRandom(1, ranker.descriptor.id);
  const plan = planReadout({ parts, weights: WEIGHTS, random });
  const measured = plan.read(plan.mixtures.map((one) => ({ loss: lossOf(one), accuracy: 0 })));
  const reading: Reading = { ...measured, weights: WEIGHTS, last: WEIGHTS };
  // The empty cell, and cells of more and more edges.
  const region = regionOf(3, [
    [0, 1, 3],
    [7, 0, 3],
  ]);
  const table = ranker.form === 'cells' ? ranker.table(region) : ranker.table(reading);
  return { table, mixtures: [...plan.mixtures] };
}

const supernetRankers = SEARCH_RANKERS.filter(({ form }) => form === 'supernet');

describe.each(supernetRankers.map((ranker) => [ranker.descriptor.id, ranker] as const))(
  '%s',
  (id, ranker) => {
    test('prefers candidates of lower loss and greater weight', () => {
      const { table, mixtures } = rank(ranker);
      if (!table) throw new Error('no table');
      expect(table.map((row) => row.length)).toEqual([3, 3]);
      expect(order(table[0]!)[0]).toBe(0);
      expect(order(table[1]!)[0]).toBe(1);
      if (id !== 'fade') expect(order(table[0]!)).toEqual([0, 1, 2]);
      const sums = mixtures.flatMap((one) => one.map((row) => row.reduce((a, b) => a + b, 0)));
      for (const sum of sums) expect(sum).toBeCloseTo(1, 12);
      // Linear in S·k: a sweep a candidate, or the nine paths that there are; and one of the whole.
      const sweeps = { probe: 6, leaveOneOut: 6, sampled: 9, exhaustive: 9 };
      const parts = neededParts(ranker.descriptor);
      const most = parts.reduce((sum, part) => sum + sweeps[part], 1);
      expect(mixtures.length).toBeLessThanOrEqual(most);
      if (parts.length < 2) expect(mixtures.length).toBe(most);
    });
  },
);

test('the size baselines read the cells alone', () => {
  const depth = SEARCH_RANKERS.find(({ descriptor }) => descriptor.id === 'depth');
  if (!depth) throw new Error('no depth');
  const { table, mixtures } = rank(depth);
  expect(table).toEqual([
    [-1, -2, -2],
    [-3, -1, -2],
  ]);
  expect(mixtures).toEqual([WEIGHTS]);
});

test('the mean reads the weights, not their logarithms', () => {
  const { table } = rank(searchRanker({ id: 'fade', readout: 'mean', weights: 'averaged' }));
  expect(table).toEqual(WEIGHTS.map((row) => row.map((weight) => weight / 2)));
});

test('a ranker gives nothing without what it needs', () => {
  const nothing = { probe: null, leaveOneOut: null, sampled: null, exhaustive: null };
  expect(fadeProbe.table({ ...nothing, weights: WEIGHTS, last: WEIGHTS })).toBeNull();
});
