/** Zero-cost proxy grad-norm. */
import { proxyRanker } from './kinds.ts';

export const gradNorm = proxyRanker(
  {
    id: 'grad-norm',
    name: 'grad-norm',
    explanation: 'Norm of the loss gradient of the untrained network, summed over its layers.',
    source: 'Abdelfattah et al. 2021, arXiv 2101.08134',
    cost: 'one gradient for each of three initialisations',
  },
  (values) => values.gradNorm,
);
