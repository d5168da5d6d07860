/** Gradient norm: ‖∂L/∂w‖₂ of each layer's weights, summed over the layers. */
import type { ZeroCostProxy } from './types.ts';
import { total, weightSlots } from './weights.ts';

export const gradNorm: ZeroCostProxy = {
  id: 'gradNorm',
  name: 'Gradient norm',
  explanation: 'How strongly one batch would move the weights, before any training.',
  source: 'Abdelfattah et al. 2021, arXiv 2101.08134',
  async score({ plan, lossGradient }) {
    const gradient = await lossGradient();
    const norms = weightSlots(plan).map(({ offset, size }) => {
      let sum = 0;
      for (let i = offset; i < offset + size; i++) sum += gradient[i]! ** 2;
      return Math.sqrt(sum);
    });
    return total(norms);
  },
};
