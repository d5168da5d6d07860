/** SNIP: Σ |w · ∂L/∂w| over all weights. */
import { zeroCostProxy } from './types.ts';
import { saliencies, total } from './weights.ts';

export const snip = zeroCostProxy(
  {
    id: 'snip',
    key: 'snip',
    name: 'snip',
    explanation: 'Summed sizes of weight times loss gradient in the untrained network.',
    source: 'Lee et al. 2019, arXiv 1810.02340; as a proxy Abdelfattah et al. 2021',
    cost: 'one gradient for each of three initialisations',
    passes: ['lossGradient'],
  },
  async ({ plan, parameters, lossGradient }) =>
    total(saliencies(plan, parameters, await lossGradient())),
);
