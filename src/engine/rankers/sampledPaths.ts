/**
 * Sampled paths (ours): held-out losses of 4·S·k random single-path networks of the supernet, fitted
 * by a sum of one effect a candidate. Each path costs 1/k of a sweep, so the whole stays linear.
 */
import { sampledPathsFit } from '../../core/ranks.ts';
import type { Ranker } from './types.ts';

const PATHS_PER_CANDIDATE = 4;

export const sampledPaths: Ranker = {
  descriptor: {
    id: 'sampled-paths',
    name: 'Sampled paths',
    explanation:
      'Fits the held-out losses of random single paths by one effect for each candidate.',
    source: 'This project; stands in for exhaustive one-shot ranking (Guo et al. 2019)',
  },
  rank: async ({ plan, evaluate, random }) => {
    const sizes = plan.stages.map((stage) => stage.candidates.length);
    const cells = sizes.reduce((a, b) => a + b, 0);
    const paths = Array.from({ length: PATHS_PER_CANDIDATE * cells }, () =>
      sizes.map((k) => random.integer(k)),
    );
    const mixtures = paths.map((path) =>
      sizes.map((k, s) => Array.from({ length: k }, (_, i) => (i === path[s] ? 1 : 0))),
    );
    const evaluations = await evaluate(mixtures);
    return sampledPathsFit(
      paths,
      evaluations.map(({ loss }) => loss),
      Math.max(...sizes),
    );
  },
};
