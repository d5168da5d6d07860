import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { fittedExponent, median } from './statistics.ts';

test('the median is the middle, or between the two middle ones', () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(median([4, 1, 3, 2])).toBe(2.5);
  expect(median([7])).toBe(7);
  expect(median([])).toBeNaN();
  // Numbers, not their names: "10" comes before "9".
  expect(median([10, 9, 100])).toBe(10);
});

test('the median leaves its argument as it is, and one outlier moves it by one place at most', () => {
  const times = fc.array(fc.double({ min: 0.1, max: 1e3, noNaN: true }), {
    minLength: 3,
    maxLength: 15,
  });
  fc.assert(
    fc.property(times, (values) => {
      const before = [...values];
      const middle = median(values);
      expect(values).toEqual(before);
      const sorted = [...values].sort((a, b) => a - b);
      const upset = median([...sorted.slice(0, -1), 1e9]);
      expect(upset).toBeLessThanOrEqual(sorted.at(-1) ?? 0);
      expect(upset).toBeGreaterThanOrEqual(middle);
    }),
  );
});

test('the fitted exponent of a power law is its exponent', () => {
  const exponents = fc.double({ min: -2, max: 3, noNaN: true });
  const factors = fc.double({ min: 0.01, max: 100, noNaN: true });
  fc.assert(
    fc.property(exponents, factors, (exponent, factor) => {
      const points = [4, 8, 12, 16, 24, 32].map((x) => ({ x, y: factor * x ** exponent }));
      expect(fittedExponent(points)).toBeCloseTo(exponent, 6);
    }),
  );
});

test('a constant part of the time makes the exponent less than one', () => {
  const points = [4, 8, 16, 32].map((x) => ({ x, y: 10 + 2 * x }));
  // log-log slope by hand: x = ln 2 · (2, 3, 4, 5), y = ln (18, 26, 42, 74)
  expect(fittedExponent(points)).toBeCloseTo(0.68, 2);
});

test('one x has no exponent', () => {
  expect(fittedExponent([{ x: 4, y: 1 }])).toBeNaN();
  const twice = [1, 2].map((y) => ({ x: 16, y }));
  expect(fittedExponent(twice)).toBeNaN();
});
