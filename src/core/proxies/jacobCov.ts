/**
 * Jacobian covariance: the rows ∂(Σ logits)/∂x of the images x of a batch are correlated with each
 * other; the score is −Σ [log(v + k) + 1/(v + k)] over the eigenvalues v of the matrix of
 * correlations, with k = 1e-5. It is highest if the network treats every image in its own way.
 */

import { log } from '../elementary.ts';
import { eigenvalues } from './symmetric.ts';
import { zeroCostProxy } from './types.ts';

const OFFSET = 1e-5;

/** Pearson correlations of `rows` rows of equal length; NaN with a row that does not vary. */
export function correlations(values: Float32Array, rows: number): Float64Array {
  const columns = values.length / rows;
  const standard = Array.from({ length: rows }, (_, r) => {
    const own = Float64Array.from(values.subarray(r * columns, (r + 1) * columns));
    const mean = own.reduce((sum, value) => sum + value, 0) / columns;
    const centred = own.map((value) => value - mean);
    const norm = Math.sqrt(centred.reduce((sum, value) => sum + value * value, 0));
    return centred.map((value) => value / norm);
  });
  const matrix = new Float64Array(rows * rows);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j <= i; j++) {
      const dot = standard[i]!.reduce((sum, value, k) => sum + value * standard[j]![k]!, 0);
      matrix[i * rows + j] = dot;
      matrix[j * rows + i] = dot;
    }
  }
  return matrix;
}

export const jacobCov = zeroCostProxy(
  {
    id: 'jacob-cov',
    key: 'jacobCov',
    name: 'jacob-cov',
    explanation:
      'How little the input gradients of different images correlate in the untrained network.',
    source: 'Mellor et al. 2020, first version of arXiv 2006.04647',
    cost: 'one gradient for each of three initialisations',
    passes: ['imageGradient'],
  },
  async ({ images: size, imageGradient }) => {
    const matrix = correlations(await imageGradient(), size);
    if (!matrix.every(Number.isFinite)) return Number.NaN;
    return -eigenvalues(matrix, size).reduce((sum, value) => {
      // Rounding leaves eigenvalues of 0 a little below it.
      const shifted = Math.max(value, 0) + OFFSET;
      return sum + log(shifted) + 1 / shifted;
    }, 0);
  },
);
