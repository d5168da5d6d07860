/** Sampled paths: losses of random single paths, fitted by one effect a candidate. */
import { sampledPathsFit } from '../ranks.ts';
import { supernetRanker } from './kinds.ts';

export const sampledPaths = supernetRanker(
  {
    id: 'sampled-paths',
    name: 'Sampled paths',
    explanation: 'Held-out losses of random single paths, fitted by one effect for each candidate.',
    source: 'This project; stands in for exhaustive one-shot ranking (Guo et al. 2019)',
    cost: '4·S·k single paths, as much as 4·S sweeps',
    needs: ['sampled'],
  },
  ({ sampled }, sizes) => sampledPathsFit(sampled.paths, sampled.losses, sizes),
);
