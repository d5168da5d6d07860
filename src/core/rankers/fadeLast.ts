/** FaDE on the last architecture weights: what averaging is compared with. */
import { logWeights } from '../ranks.ts';
import { supernetRanker } from './kinds.ts';

export const fadeLast = supernetRanker(
  {
    id: 'fade-last',
    name: 'FaDE, last weights',
    explanation: 'Product of the architecture weights after the last step, which are noisier.',
    source: 'Neumeyer, Stier, Granitzer, arXiv 2404.16218',
    cost: 'nothing',
    needs: ['last'],
    settings: { id: 'fade', readout: 'product', weights: 'last' },
  },
  ({ last }) => logWeights(last),
);
