import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compilePlan, type Plan } from '../../../core/schedule.ts';
import { bothOf, type Extent, extentOf, holds, windowSize, windowsOf } from './microbatches.ts';
import { SHARES } from './reductionSlots.ts';

const planOf = (side: number, normalisation: 'none' | 'batch'): Plan =>
  compilePlan(
    { vertices: 3, stages: [[7, 2]] },
    {
      input: { height: side, width: side, channels: 1 },
      classes: 3,
      operation: { kind: 'conv', kernel: 3 },
      stages: [{ channels: 8, pooling: 1 }],
    },
    { poolingType: 'max', normalisation, weightInit: 'uniform' },
  );

const plans = fc
  .record({ side: fc.integer({ min: 1, max: 40 }), batch: fc.boolean() })
  .map(({ side, batch }) => planOf(side, batch ? 'batch' : 'none'));
const images = fc.integer({ min: 1, max: 700 });
const crews = fc.integer({ min: 1, max: SHARES });

const solo = (index: number, count: number) => ({
  index,
  count,
  barrier: () => undefined,
  beat: () => undefined,
});

/** The windows of all threads of a crew. */
const allOf = (plan: Plan, batch: number, count: number) =>
  Array.from({ length: count }, (_, index) => windowsOf(plan, batch, solo(index, count)).flat())
    .flat()
    .sort((a, b) => a.first - b.first);

describe('the windows of a batch', () => {
  test('are the same for any number of threads, and hold each image once', () => {
    fc.assert(
      fc.property(plans, images, crews, (plan, batch, count) => {
        const windows = allOf(plan, batch, count);
        expect(windows).toEqual(allOf(plan, batch, 1));
        let next = 0;
        for (const { first, count: size } of windows) {
          expect(first).toBe(next);
          next += size;
        }
        expect(next).toBe(batch);
      }),
    );
  });

  test('fit the planes that are laid out for them', () => {
    fc.assert(
      fc.property(plans, images, (plan, batch) => {
        const extent = extentOf(plan, batch, true);
        for (const { slot, count, share } of allOf(plan, batch, 1)) {
          expect(count).toBeLessThanOrEqual(extent.window);
          expect(slot + count).toBeLessThanOrEqual(extent.slots);
          expect(share).toBeLessThan(extent.shares);
        }
      }),
    );
  });

  test('give work to several threads, even of a small batch', () => {
    const plan = planOf(14, 'none');
    expect([4, 8, 32, 64].map((batch) => windowSize(plan, batch))).toEqual([4, 4, 4, 8]);
  });
});

test('what holds two extents holds each of them', () => {
  const extents: fc.Arbitrary<Extent> = fc.record({
    slots: fc.nat(99),
    window: fc.nat(9),
    shares: fc.nat(9),
    training: fc.constant(true),
  });
  fc.assert(
    fc.property(extents, extents, (a, b) => {
      const both = bothOf(a, b);
      expect(holds(both, a) && holds(both, b)).toBe(true);
      expect(holds(a, b)).toBe(JSON.stringify(both) === JSON.stringify(a));
      expect(holds(both, { ...a, training: false })).toBe(false);
    }),
  );
});
