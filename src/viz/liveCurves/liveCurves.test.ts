import { describe, expect, it } from 'vitest';
import { layoutLiveCurves } from './layout.ts';
import type { LiveCurvesModel } from './model.ts';
import { describeLiveCurves, tableLiveCurves } from './text.ts';

describe('curves of single networks', () => {
  const network = (key: string, more: Partial<LiveCurvesModel['networks'][number]> = {}) => ({
    key,
    name: key,
    category: 0,
    points: [
      { step: 5, loss: 2.3, accuracy: 0.1 },
      { step: 10, loss: 1.9, accuracy: 0.3 },
    ],
    test: null,
    diverged: false,
    ...more,
  });

  it('marks test accuracy at the end and a break where it happened', () => {
    const broken = {
      points: [
        { step: 5, loss: 2.3, accuracy: 0.1 },
        { step: 10, loss: Number.NaN, accuracy: 0.1 },
      ],
      diverged: true,
    };
    const model = {
      networks: [network('a', { test: 0.4 }), network('b', broken)],
      totalSteps: 100,
      chance: 0.1,
      selected: null,
    };
    const { lines, x, accuracy, loss } = layoutLiveCurves(model, { width: 600, height: 320 });
    expect(x.invert(lines[0]?.test?.x ?? 0)).toBeCloseTo(100);
    expect(accuracy.invert(lines[0]?.test?.y ?? 0)).toBeCloseTo(0.4, 2);
    expect(lines[1]?.loss).not.toContain('NaN');
    expect(x.invert(lines[1]?.broken?.x ?? 0)).toBeCloseTo(5, 0);
    expect(loss.invert(lines[1]?.broken?.y ?? 0)).toBeCloseTo(2.3, 1);
    const words = describeLiveCurves(model);
    expect(words).toContain(
      'a at step 10 of 100: loss 1.90, accuracy 30.0 %, test accuracy 40.0 %',
    );
    expect(words).toContain('diverged');
    expect(tableLiveCurves(model).rows).toHaveLength(4);
  });
});
