/** Zero-cost proxy naswot. */
import { proxyRanker } from './kinds.ts';

export const naswot = proxyRanker(
  {
    id: 'naswot',
    name: 'naswot',
    explanation: 'How differently the ReLUs of the untrained network respond to different images.',
    source: 'Mellor et al. 2021, arXiv 2006.04647',
    cost: 'one forward pass for each of three initialisations',
  },
  (values) => values.naswot,
);
