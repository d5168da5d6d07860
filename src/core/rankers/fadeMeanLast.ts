/** FaDE with both plain choices: the mean of the last architecture weights. */
import { readoutScores } from '../ranks.ts';
import { additiveRanker } from './kinds.ts';

export const fadeMeanLast = additiveRanker(
  {
    id: 'fade-mean-last',
    name: 'FaDE, mean of last weights',
    explanation: 'Mean over the stages of the architecture weights after the last step.',
    source: 'Neumeyer, Stier, Granitzer, arXiv 2404.16218',
    cost: 'nothing',
  },
  ({ last }) => readoutScores(last, 'mean'),
);
