import { expect, test } from 'vitest';
import type { GrowthSample } from '../../core/bench/results.ts';
import { grownIn } from './growth.ts';

const sample = (step: number, more: Partial<GrowthSample> = {}): GrowthSample => ({
  step,
  tensors: 8,
  tensorBytes: 100,
  heap: 5e6,
  external: null,
  gpuBuffers: null,
  gpuBytes: null,
  ...more,
});

test('what is taken with the first steps is not growth', () => {
  const samples = [sample(0, { tensors: 0, heap: 1e6 }), ...[1, 2, 3, 4].map((i) => sample(i))];
  expect(grownIn(samples)).toEqual([]);
});

test('what was held before the first step hides no growth after it', () => {
  const steady = [1, 2, 3].map((i) => sample(i));
  const samples = [sample(0, { heap: 9e6 }), ...steady, sample(4, { heap: 8e6 })];
  expect(grownIn(samples)).toEqual(['heap']);
});

test('one tensor more at the end is growth; a breathing heap is not', () => {
  const steady = [0, 1, 2, 3].map((i) => sample(i));
  expect(grownIn([...steady, sample(4, { tensors: 9 })])).toEqual(['tensors']);
  expect(grownIn([...steady, sample(4, { heap: 6e6 })])).toEqual([]);
  expect(grownIn([...steady, sample(4, { heap: 8e6 })])).toEqual(['heap']);
});

test('what rises and falls again did not grow', () => {
  const pool = [10, 14, 12, 13, 14].map((gpuBuffers, i) => sample(i, { gpuBuffers }));
  expect(grownIn(pool)).toEqual([]);
  expect(grownIn([...pool, sample(5, { gpuBuffers: 15 })])).toEqual(['gpuBuffers']);
});

test('what cannot be seen cannot grow, and no samples mean nothing', () => {
  expect(grownIn([])).toEqual([]);
  expect(grownIn([sample(0)])).toEqual([]);
  const unseen = [0, 1, 2].map((i) => sample(i, { heap: null }));
  expect(grownIn(unseen)).toEqual([]);
});
