import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { layoutTimeline } from './layout.ts';
import type { TimelineModel } from './model.ts';
import { describeTimeline, tableTimeline } from './text.ts';

const WORDS: Pick<TimelineModel, 'round' | 'phases'> = {
  round: 'round',
  phases: { proposed: 'Asked', training: 'In training', measured: 'Measured', moved: 'Told' },
};

describe('timeline', () => {
  it('speaks in the words of its search', () => {
    const model: TimelineModel = {
      ...WORDS,
      total: 3,
      generations: [
        { index: 0, phase: 'moved', progress: 1 },
        { index: 1, phase: 'training', progress: 0.5 },
      ],
      cursor: { generation: 0, phase: 'moved', progress: 1 },
      live: false,
      running: true,
    };
    expect(describeTimeline(model)).toBe('Timeline: 1 of 3 rounds complete. Shown: round 1: Told.');
    expect(tableTimeline(model)).toEqual({
      columns: ['round', 'phase', 'training done (%)'],
      rows: [
        [1, 'Told', 100],
        [2, 'In training', 50],
      ],
    });
  });

  it('orders its ticks, fills what is done and keeps the future hollow', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 300 }),
        fc.integer({ min: 320, max: 1400 }),
        (total, width) => {
          const model: TimelineModel = {
            ...WORDS,
            total,
            generations: [{ index: 0, phase: 'training', progress: 0.5 }],
            cursor: { generation: 0, phase: 'training', progress: 0.5 },
            live: true,
            running: true,
          };
          const { ticks, live, cursorX } = layoutTimeline(model, { width, height: 56 });
          expect(ticks).toHaveLength(total);
          ticks.forEach((t, i) => {
            const next = ticks[i + 1];
            if (next) expect(next.x).toBeGreaterThan(t.x);
            expect(t.state).toBe(i === 0 ? 'current' : 'future');
          });
          expect(live.x + live.width).toBeLessThanOrEqual(width);
          expect(cursorX).toBeGreaterThan(ticks[0]?.x ?? 0);
        },
      ),
    );
  });
});
