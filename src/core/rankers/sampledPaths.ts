/** Sampled paths: losses of random single paths, fitted by one effect a candidate. */
import { sampledPathsFit } from '../ranks.ts';
import { readoutRanker } from './kinds.ts';

export const sampledPaths = readoutRanker(
  {
    id: 'sampled-paths',
    name: 'Sampled paths',
    explanation: 'Held-out losses of random single paths, fitted by one effect for each candidate.',
    source: 'This project; stands in for exhaustive one-shot ranking (Guo et al. 2019)',
    cost: '4·S·k single paths, as much as 4·S sweeps',
  },
  ({ averaged, sampled }) => {
    const sizes = averaged.map((stage) => stage.length);
    return sampledPathsFit(sampled.paths, sampled.losses, sizes);
  },
);
