/** Why a cell is in the region, in plain words with the numbers that decided it. */
import type { Origin } from '../../core/strategies/types.ts';
import { score } from '../shared/text.ts';

export function whyBorn(origin: Origin): string {
  switch (origin.kind) {
    case 'initial':
      return `First batch: a density of ${origin.density.toFixed(2)} was drawn, and every possible edge was taken with that probability.`;
    case 'immigrant':
      return `Immigrant: drawn without looking at θ. A density of ${origin.density.toFixed(2)} was drawn, and every possible edge was taken with that probability.`;
    case 'elite':
      return `Elite: kept from the last generation, where it was candidate ${origin.parent.candidate + 1} of stage ${origin.parent.stage + 1} with rank score ${score(origin.rank)}.`;
    case 'sampled': {
      const chance = (100 * Math.exp(origin.logLikelihood)).toPrecision(2);
      const tries =
        origin.retries === 0
          ? 'on the first draw'
          : `after ${origin.retries} ${origin.retries === 1 ? 'draw' : 'draws'} that repeated a cell`;
      return `Sampled: each edge was taken with its probability θ, ${tries}. θ gives these edges a chance of ${Number(chance)} %.`;
    }
    case 'nearest':
      return `Nearest unused: every draw from θ repeated a cell, so the closest one not yet in this stage was taken, ${origin.distance} ${origin.distance === 1 ? 'edge' : 'edges'} away.`;
  }
}
