import { describe, expect, it } from 'vitest';
import { layoutSplitHalf } from './layout.ts';
import type { SplitHalfModel } from './model.ts';
import { describeSplitHalf, tableSplitHalf } from './text.ts';

describe('split halves', () => {
  const model: SplitHalfModel = {
    points: [
      { key: 'a', name: 'a', first: 0.3, second: 0.4 },
      { key: 'b', name: 'b', first: 0.5, second: 0.5 },
    ],
    seeds: [2, 2],
    correlation: { value: 0.86, interval: null },
    reliability: 0.92,
    selected: [],
  };

  it('is square, with equal halves on the diagonal and a better second half above it', () => {
    const { area, marks } = layoutSplitHalf(model, { width: 700, height: 380 });
    expect(area.right - area.left).toBeCloseTo(area.bottom - area.top, 1);
    const above = marks.map(({ x, y }) => area.bottom - y - (x - area.left));
    expect(above[0]).toBeGreaterThan(5);
    expect(Math.abs(above[1] ?? 9)).toBeLessThan(0.3);
    expect(describeSplitHalf(model)).toContain('2 seeds against 2 seeds: r .86');
    expect(tableSplitHalf(model).rows).toHaveLength(2);
  });
});
