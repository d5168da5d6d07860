/** Size baseline: shallow cells. */
import { countRanker } from './kinds.ts';

export const depth = countRanker(
  {
    id: 'depth',
    name: '−depth',
    explanation: 'The shorter the longest paths through the cells, the better.',
    source: 'Size baseline',
    cost: 'nothing',
  },
  (cell) => -cell.depth,
);
