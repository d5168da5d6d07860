/**
 * Leave-one-out: the held-out loss with uniform weights when one candidate is removed from its
 * stage; the more it is missed, the better it is. S·k forward sweeps.
 */
import { leaveOneOutScores, type StageTable } from '../../core/ranks.ts';
import type { Ranker } from './types.ts';

/**
 * One mixture a candidate, stage after stage: uniform weights, the candidate left out of its stage
 * (unless it is alone there).
 */
export function withoutOne(weights: StageTable): StageTable[] {
  const uniform = weights.map((row) => row.map(() => 1 / row.length));
  return uniform.flatMap((stage, s) =>
    stage.map((_, i) =>
      uniform.map((row, t) => {
        if (t !== s || row.length === 1) return row;
        return row.map((_, j) => (j === i ? 0 : 1 / (row.length - 1)));
      }),
    ),
  );
}

export const leaveOneOut: Ranker = {
  descriptor: {
    id: 'leave-one-out',
    name: 'Leave one out',
    explanation: 'Ranks candidates by how much the held-out loss rises when they are removed.',
    source: 'This project',
  },
  rank: async ({ weights, evaluate }) => {
    const evaluations = await evaluate(withoutOne(weights));
    let next = 0;
    return leaveOneOutScores(
      weights.map((stage) => stage.map(() => evaluations[next++]?.loss ?? 0)),
    );
  },
};
