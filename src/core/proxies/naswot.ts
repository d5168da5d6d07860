/**
 * NASWOT: each image of a batch is coded by which ReLUs it switches on. K[i][j] counts the ReLUs
 * that two images treat alike, K = C Cᵀ + (1 − C)(1 − C)ᵀ; the score is log det K, with a ridge of
 * 1e-6 for images with the same code.
 */
import { logDeterminant } from './symmetric.ts';
import { zeroCostProxy } from './types.ts';

const RIDGE = 1e-6;

export const naswot = zeroCostProxy(
  {
    id: 'naswot',
    key: 'naswot',
    name: 'naswot',
    explanation: 'How differently the ReLUs of the untrained network respond to different images.',
    source: 'Mellor et al. 2021, arXiv 2006.04647',
    cost: 'one forward pass for each of three initialisations',
    passes: ['activationCounts'],
  },
  async ({ images: size, activationCounts }) => {
    const { shared, units } = await activationCounts();
    const on = Array.from({ length: size }, (_, i) => shared[i * size + i]!);
    const alike = Float64Array.from(shared, (both, at) => {
      const [i, j] = [Math.floor(at / size), at % size];
      return units - on[i]! - on[j]! + 2 * both + (i === j ? RIDGE : 0);
    });
    return logDeterminant(alike, size);
  },
);
