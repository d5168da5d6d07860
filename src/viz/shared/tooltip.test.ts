import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { orderedCellId } from '../../core/cellId.ts';
import { layoutTooltip } from './tooltip.ts';

describe('tooltip', () => {
  it('stays inside the drawing, and beside its mark where there is room', () => {
    const at = fc.tuple(
      fc.integer({ min: 0, max: 700 }),
      fc.integer({ min: 0, max: 400 }),
      fc.integer({ min: 1, max: 6 }),
    );
    fc.assert(
      fc.property(at, ([x, y, stages]) => {
        const cells = Array.from({ length: stages }, () => orderedCellId(3, 1));
        const model = {
          key: 'a',
          x,
          y,
          lines: ['name', 'text'],
          cells,
        };
        const card = layoutTooltip(model, { width: 700, height: 400 });
        expect(card.glyphs).toHaveLength(stages);
        expect(card.x).toBeGreaterThanOrEqual(0);
        expect(card.x + card.width).toBeLessThanOrEqual(700.1);
        expect(card.y + card.height).toBeLessThanOrEqual(400.1);
        const room = Math.max(x, 700 - x) >= card.width + 24;
        if (room) expect(card.x > x || card.x + card.width < x).toBe(true);
      }),
    );
  });
});
