/** Size baseline: the number of parameters. */
import { costRanker } from './kinds.ts';

export const parameters = costRanker(
  {
    id: 'parameters',
    name: 'parameters',
    explanation: 'The more parameters, the better.',
    source: 'Size baseline',
    cost: 'nothing',
  },
  (cost) => cost.parameters,
);
