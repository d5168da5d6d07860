import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRandom } from '../random.ts';
import { eigenvalues, logDeterminant } from './symmetric.ts';

/** A Aᵀ + ridge·I of random numbers. */
function positive(n: number, seed: number, ridge: number): Float64Array {
  const random = createRandom(seed, 'matrix');
  const a = Float64Array.from({ length: n * n }, random.normal);
  return Float64Array.from({ length: n * n }, (_, at) => {
    const [i, j] = [Math.floor(at / n), at % n];
    let sum = i === j ? ridge : 0;
    for (let k = 0; k < n; k++) sum += a[i * n + k]! * a[j * n + k]!;
    return sum;
  });
}

describe('log determinant', () => {
  test('of matrices worked by hand', () => {
    expect(logDeterminant([4], 1)).toBeCloseTo(Math.log(4), 14);
    expect(logDeterminant([2, 1, 1, 2], 2)).toBeCloseTo(Math.log(3), 14);
    expect(logDeterminant([4, 2, 0, 2, 5, 1, 0, 1, 3], 3)).toBeCloseTo(Math.log(44), 13);
  });

  test('is not a number where the matrix is not positive definite', () => {
    expect(logDeterminant([1, 1, 1, 1], 2)).toBeNaN();
    expect(logDeterminant([1, 2, 2, 1], 2)).toBeNaN();
    expect(logDeterminant([Number.NaN], 1)).toBeNaN();
  });

  test('grows by log c for each row that is multiplied by c', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), fc.nat(), (n, seed) => {
        const matrix = positive(n, seed, 0.5);
        const scaled = matrix.map((value) => 3 * value);
        const grown = logDeterminant(matrix, n) + n * Math.log(3);
        expect(logDeterminant(scaled, n)).toBeCloseTo(grown, 8);
      }),
    );
  });
});

describe('eigenvalues', () => {
  test('of matrices worked by hand, ascending', () => {
    const close = (found: number[], wanted: number[]) => {
      expect(found.length).toBe(wanted.length);
      found.forEach((value, i) => {
        expect(value).toBeCloseTo(wanted[i]!, 12);
      });
    };
    close(eigenvalues([5, 0, 0, -2], 2), [-2, 5]);
    close(eigenvalues([2, 1, 1, 2], 2), [1, 3]);
    close(eigenvalues([2, -1, 0, -1, 2, -1, 0, -1, 2], 3), [2 - Math.SQRT2, 2, 2 + Math.SQRT2]);
  });

  test('sum to the trace; their logarithms to the log determinant', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 24 }), fc.nat(), (n, seed) => {
        const matrix = positive(n, seed, 0.5);
        const values = eigenvalues(matrix, n);
        const trace = values.reduce((sum, _, i) => sum + matrix[i * n + i]!, 0);
        expect(values.reduce((a, b) => a + b, 0) / trace).toBeCloseTo(1, 10);
        const logs = values.reduce((sum, value) => sum + Math.log(value), 0);
        expect(logs).toBeCloseTo(logDeterminant(matrix, n), 6);
      }),
    );
  });
});
