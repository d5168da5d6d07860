/** FaDE: the logarithm of the averaged architecture weights. Costs nothing beyond the supernet. */
import { readoutScores } from '../../core/ranks.ts';
import type { Ranker } from './types.ts';

export const fade: Ranker = {
  descriptor: {
    id: 'fade',
    name: 'FaDE',
    explanation: 'Ranks candidates by their architecture weights in the trained supernet.',
    source: 'Neumeyer, Stier, Granitzer, arXiv 2404.16218',
  },
  rank: async ({ weights, options }) => readoutScores(weights, options.readout),
};
