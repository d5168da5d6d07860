import { describe, expect, test } from 'vitest';
import type { NetworkShape } from '../../core/architecture.ts';
import { regionOf } from '../../core/cellId.ts';
import { createRandom } from '../../core/random.ts';
import { compilePlan } from '../../core/schedule.ts';
import { initialParameters } from './initialise.ts';

const NETWORK: NetworkShape = {
  input: { height: 8, width: 8, channels: 2 },
  classes: 3,
  operation: { kind: 'conv', kernel: 3 },
  stages: [
    { channels: 16, pooling: 2 },
    { channels: 24, pooling: 2 },
  ],
};

describe('initial weights', () => {
  const values = (weightInit: 'he' | 'uniform', name: string) => {
    const plan = compilePlan(regionOf(3, [[7], [7]]), NETWORK, {
      poolingType: 'max',
      normalisation: 'none',
      weightInit,
    });
    const flat = initialParameters(plan, createRandom(1, 'init'));
    const slots = plan.slots.filter((slot) => slot.name.endsWith(name));
    return slots.map(({ offset, size, fanIn }) => ({
      fanIn,
      own: flat.slice(offset, offset + size),
    }));
  };
  const deviation = (own: Float32Array) => Math.hypot(...own) / Math.sqrt(own.length);

  test('he: variance 2 over the inputs in cells, 1 elsewhere; biases 0', () => {
    for (const { fanIn, own } of values('he', '0-1.weight')) {
      expect(Math.abs(deviation(own) * Math.sqrt(fanIn) - Math.SQRT2)).toBeLessThan(0.12);
      expect(Math.max(...own)).toBeGreaterThan(2 * deviation(own));
    }
    for (const { fanIn, own } of values('he', '1.stem.weight')) {
      expect(Math.abs(deviation(own) * Math.sqrt(fanIn) - 1)).toBeLessThan(0.1);
    }
    for (const { own } of values('he', '.bias')) expect(own.every((x) => x === 0)).toBe(true);
  });

  test('uniform: within 1 over the root of the inputs, biases too', () => {
    for (const { fanIn, own } of values('uniform', 'weight')) {
      const bound = 1 / Math.sqrt(fanIn);
      expect(Math.max(...own.map(Math.abs))).toBeLessThanOrEqual(bound * (1 + 1e-6));
      if (own.length < 500) continue;
      expect(Math.abs((deviation(own) * Math.sqrt(3)) / bound - 1)).toBeLessThan(0.1);
    }
    expect(values('uniform', '.bias').every(({ own }) => own.some((x) => x !== 0))).toBe(true);
  });
});
