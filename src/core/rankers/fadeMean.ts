/** FaDE, the other readout: the mean of the averaged architecture weights. */
import { readoutScores } from '../ranks.ts';
import { additiveRanker } from './kinds.ts';

export const fadeMean = additiveRanker(
  {
    id: 'fade-mean',
    name: 'FaDE, mean',
    explanation:
      'Mean over the stages of the averaged architecture weights, instead of their product.',
    source: 'Neumeyer, Stier, Granitzer, arXiv 2404.16218; the average is this project’s',
    cost: 'nothing',
  },
  ({ averaged }) => readoutScores(averaged, 'mean'),
);
