/** FaDE: the product of the averaged architecture weights. */
import { logWeights } from '../ranks.ts';
import { supernetRanker } from './kinds.ts';

export const fade = supernetRanker(
  {
    id: 'fade',
    name: 'FaDE',
    explanation:
      'Product of the architecture weights of the supernet, averaged over the last third of its steps.',
    source: 'Neumeyer, Stier, Granitzer, arXiv 2404.16218; the average is this project’s',
    cost: 'nothing',
    needs: ['weights'],
  },
  ({ weights }) => logWeights(weights),
);
