/** Size baseline: many sinks. */
import { countRanker } from './kinds.ts';

export const sinks = countRanker(
  {
    id: 'sinks',
    name: 'sinks',
    explanation: 'The more vertices of the cells feed the output, the better.',
    source: 'Size baseline',
    cost: 'nothing',
  },
  (cell) => cell.sinks,
);
