/** For tests: an outer search played against made-up ranks. */
import { createRandom } from '../random.ts';
import type { Region } from '../region.ts';
import type { SpaceDescription, Strategy, StrategyOptions } from './types.ts';

/** Runs some generations; returns every proposal and state. */
export function play(
  strategy: Strategy,
  played: SpaceDescription,
  options: StrategyOptions,
  seed: number,
  generations: number,
  rank: (region: Region, generation: number) => number[][],
) {
  let state = strategy.init(played, options, createRandom(seed, 'init'));
  const steps = [];
  for (let g = 0; g < generations; g++) {
    const proposal = strategy.propose(state, createRandom(seed, 'propose', g));
    const ranks = rank(proposal.region, g);
    const { state: after, move } = strategy.update(
      state,
      proposal.region,
      ranks,
      createRandom(seed, 'update', g),
    );
    steps.push({ before: state, proposal, ranks, after, move });
    state = after;
  }
  return steps;
}
