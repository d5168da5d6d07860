import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LabError } from '../core/errors.ts';
import { classCounts } from './images.ts';
import { type SplitCounts, splitDataset } from './split.ts';

const part = (count: number) => ({
  count,
  labels: Uint8Array.from({ length: count }, (_, i) => (i * 7) % 10),
});
const train = part(200);
const test = part(80);

const split = (counts: SplitCounts, seed = 1) => splitDataset(train, test, counts, seed);

function failure(counts: SplitCounts): LabError {
  try {
    split(counts);
  } catch (error) {
    if (error instanceof LabError) return error;
  }
  throw new Error('the split was accepted');
}

function spread(indices: Uint32Array, labels: Uint8Array): number {
  const counts = classCounts(
    Array.from(indices, (index) => labels[index]!),
    10,
  );
  return Math.max(...counts) - Math.min(...counts);
}

describe('split', () => {
  it('has the counts asked for, disjoint, in range and balanced, and repeats itself', () => {
    const counts = fc
      .record({
        train: fc.integer({ min: 1, max: 200 }),
        validation: fc.nat(199),
        test: fc.nat(80),
      })
      .filter((one) => one.train + one.validation <= 200);
    fc.assert(
      fc.property(counts, fc.integer(), (wanted, seed) => {
        const parts = split(wanted, seed);
        expect(parts.train).toHaveLength(wanted.train);
        expect(parts.validation).toHaveLength(wanted.validation);
        expect(parts.test).toHaveLength(wanted.test);
        const used = new Set([...parts.train, ...parts.validation]);
        expect(used.size).toBe(wanted.train + wanted.validation);
        expect(new Set(parts.test).size).toBe(wanted.test);
        expect(Math.max(...used)).toBeLessThan(200);
        expect(Math.max(-1, ...parts.test)).toBeLessThan(80);
        expect(spread(parts.train, train.labels)).toBeLessThanOrEqual(1);
        expect(spread(parts.validation, train.labels)).toBeLessThanOrEqual(1);
        expect(spread(parts.test, test.labels)).toBeLessThanOrEqual(1);
        expect(split(wanted, seed)).toEqual(parts);
      }),
    );
  });

  it('changes with the seed', () => {
    const counts = { train: 100, validation: 50, test: 40 };
    expect(split(counts, 1).train).not.toEqual(split(counts, 2).train);
    expect(split(counts, 1).test).not.toEqual(split(counts, 2).test);
  });

  it('keeps the validation images and a prefix when only the training part grows', () => {
    const small = split({ train: 40, validation: 50, test: 40 });
    const large = split({ train: 140, validation: 50, test: 40 });
    expect(large.validation).toEqual(small.validation);
    expect(large.train.slice(0, 40)).toEqual(small.train);
  });

  it('uses everything when asked to', () => {
    const all = split({ train: 150, validation: 50, test: 80 });
    expect(new Set([...all.train, ...all.validation]).size).toBe(200);
    expect([...all.test].sort((a, b) => a - b)).toEqual([...test.labels.keys()]);
  });

  it.each([
    [{ train: 201, validation: 0, test: 1 }, 'task.trainImages', '201', 'from 1 to 200', 200],
    [{ train: 0, validation: 0, test: 1 }, 'task.trainImages', '0', 'from 1 to 200', 1],
    [{ train: 150, validation: 51, test: 1 }, 'task.validationImages', '51', 'from 0 to 50', 50],
    [{ train: 10, validation: 10, test: 81 }, 'task.testImages', '81', 'from 0 to 80', 80],
    [{ train: 10.5, validation: 0, test: 1 }, 'task.trainImages', '10.5', 'a whole number', 11],
    [{ train: 9, validation: 0, test: Number.NaN }, 'task.testImages', 'NaN', 'a whole', 80],
  ])('refuses %o', (counts, field, value, bound, suggestion) => {
    const error = failure(counts);
    expect(error.code).toBe('config-invalid');
    expect(error.details).toMatchObject({ field, value, suggestion });
    expect(error.details.bound).toContain(bound);
    expect(error.message).toContain(field);
    expect(error.message).toContain(bound);
  });
});
