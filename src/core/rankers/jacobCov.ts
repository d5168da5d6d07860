/** Zero-cost proxy jacob-cov. */
import { proxyRanker } from './kinds.ts';

export const jacobCov = proxyRanker(
  {
    id: 'jacob-cov',
    name: 'jacob-cov',
    explanation:
      'How little the input gradients of different images correlate in the untrained network.',
    source: 'Mellor et al. 2020, first version of arXiv 2006.04647',
    cost: 'one gradient for each of three initialisations',
  },
  (values) => values.jacobCov,
);
