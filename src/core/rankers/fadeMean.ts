/** FaDE, the other readout: the mean of the averaged architecture weights. */
import { weightScores } from '../ranks.ts';
import { supernetRanker } from './kinds.ts';

export const fadeMean = supernetRanker(
  {
    id: 'fade-mean',
    name: 'FaDE, mean',
    explanation:
      'Mean over the stages of the averaged architecture weights, instead of their product.',
    source: 'Neumeyer, Stier, Granitzer, arXiv 2404.16218; the average is this project’s',
    cost: 'nothing',
    needs: ['weights'],
    settings: { id: 'fade', readout: 'mean', weights: 'averaged' },
  },
  ({ weights }) => weightScores(weights, 'mean'),
);
