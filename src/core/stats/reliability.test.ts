import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../random.ts';
import {
  architectureStd,
  noiseCeiling,
  reliability,
  seedStd,
  spearman,
  spearmanBrown,
  splitHalf,
} from './index.ts';

const random = () => createRandom(1, 'splits');

describe('spread and noise', () => {
  it('are worked by hand', () => {
    const rows = [
      [0.1, 0.3],
      [0.4, 0.4],
      [0.6, 0.8, 0.7],
    ];
    // Means .2, .4, .7.
    expect(architectureStd(rows)).toBeCloseTo(
      Math.sqrt((0.2333333 ** 2 + 0.0333333 ** 2 + 0.2666667 ** 2) / 2),
      6,
    );
    // Squares .02 + 0 + .02, freedom 1 + 1 + 2.
    expect(seedStd(rows)).toBeCloseTo(0.1, 12);
  });

  it('are unknown without repetition', () => {
    expect(seedStd([[0.1], [0.2], []])).toBeNull();
    expect(architectureStd([[0.1], []])).toBeNull();
    expect(architectureStd([[0.3], [0.3]])).toBe(0);
  });
});

describe('split-half', () => {
  it('with two seeds is the correlation of the two', () => {
    // Deviations −1, 0, 1 and −1, 1, 0: r = .5.
    const rows = [
      [1, 1],
      [2, 3],
      [3, 2],
    ];
    expect(splitHalf(rows, random())).toBeCloseTo(0.5, 12);
  });

  it('with four seeds is the mean over the three splits', () => {
    const rows = [
      [1, 1, 2, 0],
      [2, 3, 2, 2],
      [3, 2, 4, 5],
    ];
    // Sums 01|23: 2, 5, 5 and 2, 4, 9; 02|13: 3, 4, 7 and 1, 5, 7; 03|12: 1, 4, 8 and 3, 5, 6.
    const parts = [9 / Math.sqrt(6 * 26), 102 / Math.sqrt(78 * 168), 93 / Math.sqrt(222 * 42)];
    const expected = parts.reduce((a, b) => a + b) / 3;
    expect(splitHalf(rows, random())).toBeCloseTo(expected, 12);
  });

  it('takes rows of any lengths and leaves out those that cannot be divided', () => {
    const rows = [[0.1, 0.11, 0.1], [0.5, 0.52], [0.9, 0.91, 0.9, 0.92], [0.3]];
    expect(splitHalf(rows, random())!).toBeGreaterThan(0.99);
    expect(splitHalf(rows, random())).toBe(splitHalf(rows, random()));
    expect(splitHalf([[0.1, 0.2], [0.3, 0.4], [0.5]], random())).toBeNull();
    expect(
      splitHalf(
        [
          [1, 2],
          [1, 3],
          [1, 4],
        ],
        random(),
      ),
    ).toBeNull();
  });

  it('does not depend on the order of architectures or seeds', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 2, max: 5 }), (seed, seeds) => {
        const draws = createRandom(seed);
        const rows = Array.from({ length: 8 }, (_, n) =>
          Array.from({ length: seeds }, () => n + 3 * draws.normal()),
        );
        const order = draws.shuffle(Array.from({ length: seeds }, (_, s) => s));
        const mixed = draws.shuffle(rows.map((row) => order.map((s) => row[s]!)));
        expect(splitHalf(mixed, random())).toBeCloseTo(splitHalf(rows, random())!, 9);
      }),
    );
  });

  it('takes every split of eight seeds, so that chance plays no part', () => {
    const draws = createRandom(2);
    const rows = Array.from({ length: 6 }, (_, n) =>
      Array.from({ length: 8 }, () => n + 4 * draws.normal()),
    );
    expect(splitHalf(rows, createRandom(1))).toBe(splitHalf(rows, createRandom(2)));
  });

  it('samples splits of many seeds', () => {
    const draws = createRandom(9);
    const rows = Array.from({ length: 400 }, () => {
      const truth = draws.normal();
      return Array.from({ length: 16 }, () => truth + 2 * draws.normal());
    });
    // Halves of eight: reliability 1 / (1 + 4 / 8).
    expect(Math.abs(splitHalf(rows, random())! - 2 / 3)).toBeLessThan(0.08);
  });
});

describe('noise ceiling', () => {
  it('has the known values', () => {
    expect(noiseCeiling(0.86)).toBeCloseTo(0.96, 2);
    expect(noiseCeiling(0.34)).toBeCloseTo(0.71, 2);
    expect(noiseCeiling(1)).toBe(1);
    expect(noiseCeiling(0)).toBe(0);
    expect(noiseCeiling(-0.4)).toBe(0);
    expect(spearmanBrown(0.5)).toBeCloseTo(2 / 3, 12);
  });

  it('is what a perfect ranker reaches', () => {
    const draws = createRandom(4, 'perfect');
    const truth = Array.from({ length: 1500 }, () => draws.normal());
    const rows = truth.map((value) => [value + 1.2 * draws.normal(), value + 1.2 * draws.normal()]);
    const means = rows.map(([a, b]) => (a! + b!) / 2);
    const { ceiling, reliability: whole } = reliability(rows, random());
    expect(Math.abs(ceiling! - spearman(truth, means)!)).toBeLessThan(0.04);
    expect(whole).toBeCloseTo(ceiling! ** 2, 12);
  });

  it('is unknown with one seed', () => {
    const one = reliability([[0.1], [0.2], [0.4]], random());
    expect(one).toMatchObject({ seedStd: null, splitHalf: null, reliability: null, ceiling: null });
    expect(one.architectureStd).not.toBeNull();
  });
});
