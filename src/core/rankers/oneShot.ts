/** One-shot accuracy: every path of the supernet by its held-out accuracy. Exponential. */
import { pathRanker } from './kinds.ts';

export const oneShot = pathRanker(
  {
    id: 'one-shot',
    name: 'One-shot accuracy',
    explanation:
      'Held-out accuracy of the single path through the supernet that the architecture is.',
    source: 'Guo et al. 2019, arXiv 1904.00420',
    cost: 'all k^S single paths',
  },
  ({ accuracies }) => accuracies,
);
