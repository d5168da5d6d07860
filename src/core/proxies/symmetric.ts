/** Dense symmetric matrices of the size of a batch, row-major, in double precision. */
import { log } from '../../core/elementary.ts';

/**
 * log det of a symmetric positive definite n×n matrix by Cholesky's decomposition. NaN where it is
 * not positive definite.
 */
export function logDeterminant(matrix: ArrayLike<number>, n: number): number {
  const lower = Float64Array.from(matrix);
  let sum = 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let value = lower[i * n + j]!;
      for (let k = 0; k < j; k++) value -= lower[i * n + k]! * lower[j * n + k]!;
      if (i > j) lower[i * n + j] = value / lower[j * n + j]!;
      else if (value > 0) lower[i * n + i] = Math.sqrt(value);
      else return Number.NaN;
    }
    sum += 2 * log(lower[i * n + i]!);
  }
  return sum;
}

/** Rows p and q, then columns p and q, by the rotation that makes entry (p, q) zero. */
function rotate(a: Float64Array, n: number, p: number, q: number): void {
  const apq = a[p * n + q]!;
  if (apq === 0) return;
  const theta = (a[q * n + q]! - a[p * n + p]!) / (2 * apq);
  const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
  const cosine = 1 / Math.sqrt(t * t + 1);
  const sine = t * cosine;
  for (let k = 0; k < n; k++) {
    const x = a[k * n + p]!;
    const y = a[k * n + q]!;
    a[k * n + p] = cosine * x - sine * y;
    a[k * n + q] = sine * x + cosine * y;
  }
  for (let k = 0; k < n; k++) {
    const x = a[p * n + k]!;
    const y = a[q * n + k]!;
    a[p * n + k] = cosine * x - sine * y;
    a[q * n + k] = sine * x + cosine * y;
  }
}

function offDiagonal(a: Float64Array, n: number): number {
  let sum = 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) sum += a[i * n + j]! ** 2;
  }
  return sum;
}

/** Far more sweeps than the method needs: it converges quadratically. */
const MOST_SWEEPS = 50;

/** Eigenvalues of a symmetric n×n matrix, ascending, by cyclic Jacobi rotations. */
export function eigenvalues(matrix: ArrayLike<number>, n: number): number[] {
  const a = Float64Array.from(matrix);
  const scale = a.reduce((sum, value) => sum + value * value, 0);
  for (let sweep = 0; sweep < MOST_SWEEPS && offDiagonal(a, n) > 1e-26 * scale; sweep++) {
    for (let p = 0; p < n - 1; p++) {
      for (let q = p + 1; q < n; q++) rotate(a, n, p, q);
    }
  }
  return Array.from({ length: n }, (_, i) => a[i * n + i]!).sort((x, y) => x - y);
}
