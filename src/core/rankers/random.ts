/** Chance: seeded, and the same for an architecture whatever else is ranked. */
import { createRandom } from '../random.ts';
import type { ChoiceRanker } from './types.ts';

export const random: ChoiceRanker = {
  form: 'choices',
  descriptor: {
    id: 'random',
    name: 'random',
    explanation: 'A random number for each architecture: what knowing nothing looks like.',
    source: 'Chance baseline',
    kind: 'chance',
    cost: 'nothing',
    needs: [],
  },
  scores: ({ seed, contenders }) =>
    contenders.map(({ architecture }) =>
      createRandom(seed, 'random-ranker', architecture).uniform(),
    ),
};
