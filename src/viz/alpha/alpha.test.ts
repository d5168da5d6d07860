import { describe, expect, it } from 'vitest';
import { layoutAlpha } from './layout.ts';
import { tableAlpha } from './text.ts';

describe('architecture weights', () => {
  it('puts alpha panels side by side only where they fit', () => {
    const model = {
      steps: [1, 2],
      weights: [
        [
          [0.5, 0.5],
          [0.5, 0.5],
        ],
        [
          [0.6, 0.4],
          [0.2, 0.8],
        ],
      ],
      totalSteps: 4,
      frozenUntil: null,
    };
    const tops = (width: number) => layoutAlpha(model, { width }).panels.map((p) => p.area.top);
    expect(new Set(tops(900)).size).toBe(1);
    expect(new Set(tops(320)).size).toBe(2);
    expect(tableAlpha(model).rows[1]).toEqual([2, 0.6, 0.4, 0.2, 0.8]);
  });
});
