/** Leave one out: how much the supernet misses a candidate. */
import { leaveOneOutScores } from '../ranks.ts';
import { readoutRanker } from './kinds.ts';

export const leaveOneOut = readoutRanker(
  {
    id: 'leave-one-out',
    name: 'Leave one out',
    explanation:
      'How much the held-out loss rises when a candidate is removed from the even mixture.',
    source: 'This project',
    cost: 'S·k sweeps of the held-out images',
  },
  (readout) => leaveOneOutScores(readout.leaveOneOut),
);
