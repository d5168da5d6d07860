/** SNIP: Σ |w · ∂L/∂w| over all weights. */
import type { ZeroCostProxy } from './types.ts';
import { saliencies, total } from './weights.ts';

export const snip: ZeroCostProxy = {
  id: 'snip',
  name: 'SNIP',
  explanation: 'How much the loss of one batch hangs on each weight, summed.',
  source: 'Lee et al. 2019, arXiv 1810.02340; as a proxy Abdelfattah et al. 2021',
  async score({ plan, parameters, lossGradient }) {
    return total(saliencies(plan, parameters, await lossGradient()));
  },
};
