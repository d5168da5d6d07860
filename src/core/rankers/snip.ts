/** Zero-cost proxy snip. */
import { proxyRanker } from './kinds.ts';

export const snip = proxyRanker(
  {
    id: 'snip',
    name: 'snip',
    explanation: 'Summed sizes of weight times loss gradient in the untrained network.',
    source: 'Lee et al. 2019, arXiv 1810.02340; as a proxy Abdelfattah et al. 2021',
    cost: 'one gradient for each of three initialisations',
  },
  (values) => values.snip,
);
