import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { differenceNoise, discordantPairs, kendallPairs } from './index.ts';

describe('discordant pairs', () => {
  it('come worst first, with what the noise says', () => {
    const x = [4, 1, 2, 3];
    const y = [0.1, 0.2, 0.3, 0.9];
    const pairs = discordantPairs(x, y, () => 0.15);
    // The ranker's best is the worst: (0,1) 3·1, (0,2) 2·2, (0,3) 1·3.
    expect(pairs.map(({ better, worse, severity }) => [better, worse, severity])).toEqual([
      [2, 0, 4],
      [1, 0, 3],
      [3, 0, 3],
    ]);
    expect(pairs.map(({ difference }) => difference)).toEqual([
      expect.closeTo(0.2, 12),
      expect.closeTo(0.1, 12),
      expect.closeTo(0.8, 12),
    ]);
    expect(pairs.map(({ beyondNoise }) => beyondNoise)).toEqual([true, false, true]);
  });

  it('know no difference from a failure, and no noise without seeds', () => {
    const failed = Number.NEGATIVE_INFINITY;
    expect(discordantPairs([2, 1], [failed, 0.4], () => 0.1)).toEqual([
      { better: 1, worse: 0, severity: 1, difference: null, beyondNoise: null },
    ]);
    expect(discordantPairs([2, 1], [0.3, 0.4], () => null)[0]).toMatchObject({ beyondNoise: null });
  });

  it('are as many as Kendall counts', () => {
    const values = fc.array(
      fc.tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 5 })),
    );
    fc.assert(
      fc.property(values, (pairs) => {
        const x = pairs.map(([a]) => a);
        const y = pairs.map(([, b]) => b);
        const found = discordantPairs(x, y, () => null);
        expect(found).toHaveLength(kendallPairs(x, y).discordant);
        for (const { better, worse } of found) {
          expect(y[better]).toBeGreaterThan(y[worse]!);
          expect(x[better]).toBeLessThan(x[worse]!);
        }
      }),
    );
  });

  it('need two standard errors of the difference', () => {
    expect(differenceNoise(0.01, 4, 4)).toBeCloseTo(0.02 / Math.SQRT2, 12);
    expect(differenceNoise(0.01, 1, 1)).toBeCloseTo(0.02 * Math.SQRT2, 12);
  });
});
