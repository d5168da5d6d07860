/** Learning rates by step. */
import { cos } from '../core/elementary.ts';
import type { OptimiserConfig } from '../core/run/config.ts';

/**
 * Rate of `step` (from 0) of `steps`. `constant`: always `rate`. `linear`: from `rate` to
 * `finalRate` over the first `scheduleEpochs` epochs, then `finalRate`. `cosine`: a linear rise over
 * the share `warmUp` of the steps, then a half cosine to 0.
 */
export function rateAt(
  config: OptimiserConfig,
  step: number,
  steps: number,
  stepsPerEpoch: number,
): number {
  switch (config.schedule) {
    case 'constant':
      return config.rate;
    case 'linear': {
      const share = Math.min(1, step / Math.max(1, config.scheduleEpochs * stepsPerEpoch));
      return config.rate + (config.finalRate - config.rate) * share;
    }
    case 'cosine': {
      const rising = Math.round(config.warmUp * steps);
      if (step < rising) return (config.rate * (step + 1)) / rising;
      return 0.5 * config.rate * (1 + cos((Math.PI * (step - rising)) / (steps - rising)));
    }
    default:
      return config.schedule satisfies never;
  }
}
