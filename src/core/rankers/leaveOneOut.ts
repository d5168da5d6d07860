/** Leave one out: how much the supernet misses a candidate. */
import { leaveOneOutScores } from '../ranks.ts';
import { supernetRanker } from './kinds.ts';

export const leaveOneOut = supernetRanker(
  {
    id: 'leave-one-out',
    name: 'Leave one out',
    explanation:
      'How much the held-out loss rises when a candidate is removed from the even mixture.',
    source: 'This project',
    cost: 'S·k sweeps of the held-out images',
    needs: ['leaveOneOut'],
  },
  ({ leaveOneOut: losses }) => leaveOneOutScores(losses),
);
