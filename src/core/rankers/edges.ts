/** Size baseline: few inner edges. */
import { countRanker } from './kinds.ts';

export const edges = countRanker(
  {
    id: 'edges',
    name: '−edges',
    explanation: 'The fewer inner edges the cells have, the better.',
    source: 'Size baseline',
    cost: 'nothing',
  },
  (cell) => -cell.edges,
);
