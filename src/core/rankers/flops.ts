/** Size baseline: the FLOPs of a forward pass. */
import { costRanker } from './kinds.ts';

export const flops = costRanker(
  {
    id: 'flops',
    name: 'FLOPs',
    explanation: 'The more FLOPs a forward pass takes, the better.',
    source: 'Size baseline',
    cost: 'nothing',
  },
  (cost) => cost.flops,
);
