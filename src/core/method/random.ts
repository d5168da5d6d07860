/**
 * Random search over regions, the baseline: fresh draws in every generation. It learns nothing; with
 * elites the best cells of the last batch stay on.
 */
import * as v from 'valibot';
import type { PartId } from '../space/ids.ts';
import { numberOption } from './options.ts';
import {
  acceptsParts,
  checkBatch,
  drawSample,
  ELITES_FIELD,
  type Elites,
  eliteBirths,
  elitesOf,
  FIRST_BATCH_FIELD,
  firstBatch,
  partsOf,
  REGION_ORIGINS,
  rankAnswer,
  rankedIncumbent,
  rankJob,
} from './regions.ts';
import { type Method, registered } from './types.ts';

interface Memory {
  readonly generation: number;
  readonly elites: Elites;
}

/** The search as its pieces, for tests; `randomMethod` is the registered one. */
export const RANDOM: Method<Memory, null> = {
  descriptor: {
    id: 'random',
    name: 'Random search',
    explanation: 'Draws every batch afresh, whatever the ranks say: the baseline to beat.',
    source: 'Baseline of arXiv 2404.16218; keeping elites is an option of this project',
    kind: 'region',
    round: 'generation',
    told: 'Ranks noted',
    origins: REGION_ORIGINS,
    fields: [ELITES_FIELD, FIRST_BATCH_FIELD],
    defaults: { elites: 0, firstBatch: 'density' },
  },
  noteSchema: v.null(),
  accepts: (space) => acceptsParts('Random search', space),
  init(context) {
    checkBatch(context, numberOption(context.options, 'elites'), 'elites');
    return { generation: 0, elites: context.candidates.map(() => []) };
  },
  ask(memory, context, random) {
    const batches = context.candidates.map((count, stage) => {
      if (memory.generation === 0) return firstBatch(context, count, random);
      const taken = new Set<PartId>();
      const births = eliteBirths(memory.elites, stage, taken);
      const { space } = partsOf(context);
      while (births.length < count) births.push(drawSample(space, taken, 'immigrant', random));
      return births;
    });
    return [rankJob(batches)];
  },
  tell(memory, answers, context) {
    const { region, ranks, result } = rankAnswer(answers);
    return {
      state: { generation: memory.generation + 1, elites: elitesOf(region, ranks, context) },
      note: null,
      incumbent: rankedIncumbent(result),
    };
  },
};

export const randomMethod = registered(RANDOM);
