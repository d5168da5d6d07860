/**
 * Sampled paths (ours): held-out losses of 4·S·k random single-path networks of the supernet, fitted
 * by a sum of one effect a candidate. Each path costs 1/k of a sweep, so the whole stays linear.
 */
import type { Random } from '../../core/random.ts';
import { type StageTable, sampledPathsFit } from '../../core/ranks.ts';
import type { Ranker } from './types.ts';

const PATHS_PER_CANDIDATE = 4;

/** 4·S·k random paths: the candidate of each stage, for stages of `sizes` candidates. */
export function drawPaths(sizes: readonly number[], random: Random): number[][] {
  const cells = sizes.reduce((a, b) => a + b, 0);
  return Array.from({ length: PATHS_PER_CANDIDATE * cells }, () =>
    sizes.map((k) => random.integer(k)),
  );
}

/** The mixture that is one-hot on a path's candidate in every stage. */
export function pathMixture(sizes: readonly number[], path: readonly number[]): StageTable {
  return sizes.map((k, s) => Array.from({ length: k }, (_, i) => (i === path[s] ? 1 : 0)));
}

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
    const paths = drawPaths(sizes, random);
    const evaluations = await evaluate(paths.map((path) => pathMixture(sizes, path)));
    return sampledPathsFit(
      paths,
      evaluations.map(({ loss }) => loss),
      sizes,
    );
  },
};
