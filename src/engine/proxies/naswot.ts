/**
 * NASWOT: each image of a batch is coded by which ReLUs it switches on. K[i][j] counts the ReLUs
 * that two images treat alike, K = C Cᵀ + (1 − C)(1 − C)ᵀ; the score is log det K, with a ridge of
 * 1e-6 for images with the same code.
 */
import { activationCounts } from './passes.ts';
import { logDeterminant } from './symmetric.ts';
import type { ZeroCostProxy } from './types.ts';

const RIDGE = 1e-6;

export const naswot: ZeroCostProxy = {
  id: 'naswot',
  name: 'NASWOT',
  explanation: 'How differently the images of a batch switch the ReLUs of the untrained network.',
  source: 'Mellor et al. 2021, arXiv 2006.04647',
  async score({ plan, parameters, batch }) {
    const { shared, units } = await activationCounts(plan, parameters, batch.images);
    const size = batch.labels.length;
    const on = Array.from({ length: size }, (_, i) => shared[i * size + i]!);
    const alike = Float64Array.from(shared, (both, at) => {
      const [i, j] = [Math.floor(at / size), at % size];
      return units - on[i]! - on[j]! + 2 * both + (i === j ? RIDGE : 0);
    });
    return logDeterminant(alike, size);
  },
};
