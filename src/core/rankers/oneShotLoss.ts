/** One-shot loss: every path of the supernet by its held-out loss. Exponential. */
import { pathRanker } from './kinds.ts';

export const oneShotLoss = pathRanker(
  {
    id: 'one-shot-loss',
    name: 'One-shot loss',
    explanation: 'Held-out loss of the single path through the supernet that the architecture is.',
    source: 'Guo et al. 2019, arXiv 1904.00420',
    cost: 'all k^S single paths',
  },
  ({ losses }) => losses.map((loss) => -loss),
);
