/**
 * FaDE + probe (ours): adds to the weights how well the supernet does on held-out images when one
 * stage uses one candidate alone. S·k forward sweeps, still linear.
 */
import { combineProbe, logWeights, type StageTable } from '../../core/ranks.ts';
import type { Ranker } from './types.ts';

/** One mixture a candidate, stage after stage: its stage one-hot on it, the others as they were. */
export function oneHotMixtures(weights: StageTable): StageTable[] {
  return weights.flatMap((stage, s) =>
    stage.map((_, i) =>
      weights.map((row, t) => (t === s ? row.map((_, j) => (j === i ? 1 : 0)) : row)),
    ),
  );
}

export const fadeProbe: Ranker = {
  descriptor: {
    id: 'fade-probe',
    name: 'FaDE + probe',
    explanation:
      'Architecture weights plus the held-out loss with one candidate alone in its stage.',
    source: 'This project',
  },
  rank: async ({ weights, evaluate }) => {
    const evaluations = await evaluate(oneHotMixtures(weights));
    let next = 0;
    const probe = weights.map((stage) => stage.map(() => -(evaluations[next++]?.loss ?? 0)));
    return combineProbe(logWeights(weights), probe);
  },
};
