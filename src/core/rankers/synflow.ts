/** Zero-cost proxy synflow. */
import { proxyRanker } from './kinds.ts';

export const synflow = proxyRanker(
  {
    id: 'synflow',
    name: 'synflow',
    explanation:
      'How much signal flows through the untrained network: the summed products of weights and gradients, on ones for images.',
    source: 'Tanaka et al. 2020, arXiv 2006.05467; as a proxy Abdelfattah et al. 2021',
    cost: 'one gradient for each of three initialisations',
  },
  (values) => values.synflow,
);
