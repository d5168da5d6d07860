/** Gradient norm: ‖∂L/∂w‖₂ of each layer's weights, summed over the layers. */
import { zeroCostProxy } from './types.ts';
import { total, weightSlots } from './weights.ts';

export const gradNorm = zeroCostProxy(
  {
    id: 'grad-norm',
    key: 'gradNorm',
    name: 'grad-norm',
    explanation: 'Norm of the loss gradient of the untrained network, summed over its layers.',
    source: 'Abdelfattah et al. 2021, arXiv 2101.08134',
    cost: 'one gradient for each of three initialisations',
    passes: ['lossGradient'],
  },
  async ({ plan, lossGradient }) => {
    const gradient = await lossGradient();
    const norms = weightSlots(plan).map(({ offset, size }) => {
      let sum = 0;
      for (let i = offset; i < offset + size; i++) sum += gradient[i]! ** 2;
      return Math.sqrt(sum);
    });
    return total(norms);
  },
);
