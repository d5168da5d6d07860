/** FaDE on the last architecture weights: what averaging is compared with. */
import { logWeights } from '../ranks.ts';
import { additiveRanker } from './kinds.ts';

export const fadeLast = additiveRanker(
  {
    id: 'fade-last',
    name: 'FaDE, last weights',
    explanation: 'Product of the architecture weights after the last step, which are noisier.',
    source: 'Neumeyer, Stier, Granitzer, arXiv 2404.16218',
    cost: 'nothing',
  },
  ({ last }) => logWeights(last),
);
