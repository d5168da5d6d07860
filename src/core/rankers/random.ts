/** Chance: seeded, and the same for an architecture whatever else is ranked. */
import { createRandom } from '../random.ts';
import { choiceId } from '../study/reducer.ts';
import type { StudyRanker } from './types.ts';

export const random: StudyRanker = {
  descriptor: {
    id: 'random',
    name: 'random',
    explanation: 'A random number for each architecture: what knowing nothing looks like.',
    source: 'Chance baseline',
    kind: 'chance',
    cost: 'nothing',
  },
  scores: ({ config }, _, choices) =>
    choices.map((choice) => {
      if (!config) return null;
      const id = choiceId(config.region, choice);
      return createRandom(config.run.search.seed, 'random-ranker', id).uniform();
    }),
};
