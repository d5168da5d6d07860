import { describe, expect, it } from 'vitest';
import type { EstimateModel } from '../shared/estimate.ts';
import { layoutCorrelation } from './layout.ts';
import type { CorrelationCurveModel } from './model.ts';
import { describeCorrelation, tableCorrelation } from './text.ts';

const estimate = (value: number | null): EstimateModel => ({
  value,
  interval: value === null ? null : [value - 0.3, Math.min(1, value + 0.1)],
});

const curve: CorrelationCurveModel = {
  metric: 'Spearman ρ',
  lines: [
    {
      key: 'fade',
      name: 'FaDE',
      category: 0,
      points: [
        { step: 100, ...estimate(null) },
        { step: 200, ...estimate(0.4) },
        { step: 375, ...estimate(0.7) },
      ],
    },
    {
      key: 'probe',
      name: 'probe',
      category: 1,
      points: [
        { step: 100, ...estimate(0.5) },
        { step: 375, ...estimate(0.69) },
      ],
    },
  ],
  selected: 'fade',
  alphaFrom: 225,
  totalSteps: 375,
  ceiling: 0.96,
};

describe('correlation against steps', () => {
  it('leaves out undefined readouts and draws the intervals of the chosen line only', () => {
    const { streams, steps, x, alphaX } = layoutCorrelation(curve, { width: 900, height: 320 });
    expect(streams.map((one) => one.dots.map((dot) => dot.step))).toEqual([
      [200, 375],
      [100, 375],
    ]);
    expect(streams.map((one) => one.band !== '')).toEqual([true, false]);
    expect(steps).toEqual([100, 200, 375]);
    expect(Math.round(x.invert(alphaX ?? 0))).toBe(225);
  });

  it('keeps labels apart: beside the plot where it is wide, below where it is narrow', () => {
    for (const width of [360, 900]) {
      const { streams, beside, area, height } = layoutCorrelation(curve, {
        width,
        height: 320,
      });
      const [a, b] = streams.map((one) => one.label);
      expect(beside).toBe(width === 900);
      expect(Math.hypot((a?.x ?? 0) - (b?.x ?? 0), (a?.y ?? 0) - (b?.y ?? 0))).toBeGreaterThan(12);
      if (beside) expect(a?.x).toBeGreaterThan(area.right);
      else expect(a?.y).toBeGreaterThan(area.bottom);
      expect(a?.y).toBeLessThan(height);
    }
  });

  it('says how each ranker moved', () => {
    expect(describeCorrelation(curve)).toContain(
      'FaDE from .40 at step 200 to .70 (interval .40 to .80) at step 375',
    );
    expect(describeCorrelation({ ...curve, lines: [] })).toContain('no readouts yet');
    expect(tableCorrelation(curve).rows[0]).toEqual(['FaDE', 100, 'n/a', '', '']);
  });
});
