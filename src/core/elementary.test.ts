import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exp } from './elementary.ts';

describe('exp', () => {
  it('agrees with the built-in function to a few units in the last place', () => {
    fc.assert(
      fc.property(fc.double({ min: -700, max: 700, noNaN: true }), (x) => {
        expect(Math.abs(exp(x) / Math.exp(x) - 1)).toBeLessThan(2e-15);
      }),
    );
  });

  it('has its exact values and limits', () => {
    expect(exp(0)).toBe(1);
    expect(exp(1)).toBeCloseTo(Math.E, 15);
    expect(exp(-Infinity)).toBe(0);
    expect(exp(Infinity)).toBe(Infinity);
    expect(exp(710)).toBe(Infinity);
    expect(exp(-746)).toBe(0);
    expect(exp(-700)).toBeGreaterThan(0);
    expect(exp(Number.NaN)).toBeNaN();
  });
});
