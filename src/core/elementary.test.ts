import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cos, exp, log } from './elementary.ts';

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

describe('log', () => {
  it('agrees with the built-in function', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-300, max: 1e300, noNaN: true }), (x) => {
        expect(Math.abs(log(x) - Math.log(x))).toBeLessThan(4e-16 * Math.max(1, Math.abs(log(x))));
      }),
    );
  });

  it('undoes exp', () => {
    fc.assert(
      fc.property(fc.double({ min: -500, max: 500, noNaN: true }), (x) => {
        expect(log(exp(x))).toBeCloseTo(x, 11);
      }),
    );
  });

  it('has its exact values and limits', () => {
    expect(log(1)).toBe(0);
    expect(log(2)).toBeCloseTo(Math.LN2, 16);
    expect(log(0)).toBe(-Infinity);
    expect(log(Infinity)).toBe(Infinity);
    expect(log(-1)).toBeNaN();
    expect(log(Number.NaN)).toBeNaN();
  });
});

describe('cos', () => {
  it('agrees with the built-in function', () => {
    fc.assert(
      fc.property(fc.double({ min: -1e6, max: 1e6, noNaN: true }), (x) => {
        expect(Math.abs(cos(x) - Math.cos(x))).toBeLessThan(5e-16);
      }),
    );
  });

  it('has its exact values, and is no number where the angle is none', () => {
    expect(cos(0)).toBe(1);
    expect(cos(Math.PI)).toBe(-1);
    expect(Math.abs(cos(Math.PI / 2) - Math.cos(Math.PI / 2))).toBeLessThan(1e-16);
    expect(cos(Number.POSITIVE_INFINITY)).toBeNaN();
    expect(cos(Number.NaN)).toBeNaN();
  });
});
