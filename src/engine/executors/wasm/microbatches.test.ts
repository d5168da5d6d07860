import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { regionOf } from '../../../core/cellId.ts';
import { compilePlan, type Plan } from '../../../core/schedule.ts';
import {
  bothOf,
  type Capacity,
  capacityFor,
  holds,
  microbatchesOf,
  microbatchSize,
} from './microbatches.ts';
import { REDUCTION_SLOTS } from './reductionSlots.ts';

const planOf = (side: number, normalisation: 'none' | 'batch'): Plan =>
  compilePlan(
    regionOf(3, [[7, 2]]),
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
const counts = fc.integer({ min: 1, max: REDUCTION_SLOTS });

const solo = (index: number, count: number) => ({
  index,
  count,
  barrier: () => undefined,
  beat: () => undefined,
});

/** The microbatches of all threads of a thread team. */
const allOf = (plan: Plan, batch: number, count: number) =>
  Array.from({ length: count }, (_, index) =>
    microbatchesOf(plan, batch, solo(index, count)).flat(),
  )
    .flat()
    .sort((a, b) => a.first - b.first);

describe('the microbatches of a batch', () => {
  test('are the same for any number of threads, and hold each image once', () => {
    fc.assert(
      fc.property(plans, images, counts, (plan, batch, count) => {
        const microbatches = allOf(plan, batch, count);
        expect(microbatches).toEqual(allOf(plan, batch, 1));
        let next = 0;
        for (const { first, count: size } of microbatches) {
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
        const capacity = capacityFor(plan, batch, true);
        for (const { planeImage, count, slot } of allOf(plan, batch, 1)) {
          expect(count).toBeLessThanOrEqual(capacity.microbatch);
          expect(planeImage + count).toBeLessThanOrEqual(capacity.planeImages);
          expect(slot).toBeLessThan(capacity.slots);
        }
      }),
    );
  });

  test('give work to several threads, even of a small batch', () => {
    const plan = planOf(14, 'none');
    expect([4, 8, 32, 64].map((batch) => microbatchSize(plan, batch))).toEqual([4, 4, 4, 8]);
  });
});

test('what holds two capacities holds each of them', () => {
  const capacities: fc.Arbitrary<Capacity> = fc.record({
    planeImages: fc.nat(99),
    microbatch: fc.nat(9),
    slots: fc.nat(9),
    training: fc.constant(true),
  });
  fc.assert(
    fc.property(capacities, capacities, (a, b) => {
      const both = bothOf(a, b);
      expect(holds(both, a) && holds(both, b)).toBe(true);
      expect(holds(a, b)).toBe(JSON.stringify(both) === JSON.stringify(a));
      expect(holds(both, { ...a, training: false })).toBe(false);
    }),
  );
});
