/** FaDE with both plain choices: the mean of the last architecture weights. */
import { weightScores } from '../ranks.ts';
import { supernetRanker } from './kinds.ts';

export const fadeMeanLast = supernetRanker(
  {
    id: 'fade-mean-last',
    name: 'FaDE, mean of last weights',
    explanation: 'Mean over the stages of the architecture weights after the last step.',
    source: 'Neumeyer, Stier, Granitzer, arXiv 2404.16218',
    cost: 'nothing',
    needs: ['last'],
    settings: { id: 'fade', readout: 'mean', weights: 'last' },
  },
  ({ last }) => weightScores(last, 'mean'),
);
