/** What a search is said to cost, with and without a limit. */
import { describe, expect, test } from 'vitest';
import { DEFAULT_CONFIG } from '../../core/run/presets.ts';
import { resolveOver } from '../../core/run/resolve.ts';
import { candidatesText } from './candidates.ts';
import { type Estimate, estimateCost } from './estimate.ts';

function costOf(search: Partial<(typeof DEFAULT_CONFIG)['search']>): Estimate {
  const config = { ...DEFAULT_CONFIG, search: { ...DEFAULT_CONFIG.search, ...search } };
  const cost = estimateCost(config);
  if (!cost) throw new Error('no estimate');
  return cost;
}

describe('the estimate of a search', () => {
  test('is as long as its generations', () => {
    const cost = costOf({ generations: 3, macs: 0 });
    const { ranker, supernet, space } = DEFAULT_CONFIG;
    expect(cost.network.cells).toBe(space.candidates.reduce((sum, count) => sum + count));
    expect(cost.architectures).toBe(space.candidates.reduce((product, count) => product * count));
    expect(cost.whole?.trainings).toBe(3 * ranker.supernets);
    expect(cost.whole?.steps).toBe(3 * ranker.supernets * supernet.steps);
    expect(cost.whole?.flops).toBe((cost.whole?.steps ?? 0) * cost.network.flopsPerStep);
  });

  test('ends with whatever limit comes first, and not at all without any', () => {
    const one = costOf({ generations: 3 }).flops;
    expect(costOf({ generations: 3, macs: 0.6 * one }).whole?.trainings).toBe(2);
    expect(costOf({ generations: 3, macs: 60 * one }).whole?.trainings).toBe(3);
    expect(costOf({ generations: 0, macs: 0.6 * one }).whole?.trainings).toBe(2);
    expect(costOf({ generations: 0, macs: 0 })).toMatchObject({ whole: null, flops: one });
  });

  test('counts the candidates of each stage', () => {
    const uneven = resolveOver(DEFAULT_CONFIG, {
      space: { candidates: DEFAULT_CONFIG.space.candidates.map((_, stage) => 3 + stage) },
    });
    expect(estimateCost(uneven)?.network.cells).toBe(
      uneven.space.candidates.reduce((sum, count) => sum + count),
    );
    expect(candidatesText([5, 5])).toBe('2 × 5');
    expect(candidatesText([5, 3])).toBe('5 + 3');
  });
});
