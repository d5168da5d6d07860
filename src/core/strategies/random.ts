/**
 * Random search, the baseline: fresh density draws in every generation. It learns nothing, so θ stays
 * at .5 and its pseudo-gradient is zero; with elites the best cells of the last batch stay on.
 */
import { edgeCount } from '../cell.ts';
import { LabError } from '../errors.ts';
import { softmax } from '../ranks.ts';
import type { CellMask } from '../region.ts';
import {
  bestCells,
  checkRanks,
  checkSpace,
  completeOptions,
  drawByDensity,
  ELITES_FIELD,
  eliteBirths,
  FIRST_BATCH_FIELD,
  firstBatch,
  numberOption,
  OPTION_PREFIX,
  proposalOf,
} from './batch.ts';
import type { Strategy, StrategyDescriptor } from './types.ts';

const descriptor: StrategyDescriptor = {
  id: 'random',
  name: 'Random search',
  explanation: 'Draws every batch afresh, whatever the ranks say: the baseline to beat.',
  source: 'Baseline of arXiv 2404.16218; keeping elites is an option of this project',
  needsTruth: false,
  fields: [ELITES_FIELD, FIRST_BATCH_FIELD],
  defaults: { elites: 0, firstBatch: 'density' },
};

export const randomStrategy: Strategy = {
  descriptor,
  init(space, given) {
    const options = completeOptions(descriptor, given);
    checkSpace(space);
    const elites = numberOption(options, 'elites');
    if (elites > space.candidates) {
      throw new LabError(
        'config-invalid',
        `${OPTION_PREFIX}elites: ${elites} elites do not fit a batch of ${space.candidates} cells. Use fewer of them or more candidates.`,
        { field: `${OPTION_PREFIX}elites`, value: elites, bound: space.candidates },
      );
    }
    const start = () => new Array<number>(edgeCount(space.vertices)).fill(0.5);
    return {
      space,
      options,
      generation: 0,
      theta: Array.from({ length: space.stages }, start),
      elites: Array.from({ length: space.stages }, () => []),
    };
  },
  propose: (state, random) =>
    proposalOf(state.space, (stage) => {
      if (state.generation === 0) return firstBatch(state, random);
      const taken = new Set<CellMask>();
      const births = eliteBirths(state, stage, taken);
      while (births.length < state.space.candidates) {
        births.push(drawByDensity(state.space.vertices, taken, 'immigrant', random));
      }
      return births;
    }),
  update(state, region, ranks) {
    checkRanks(region, ranks);
    const elites = bestCells(region, ranks, numberOption(state.options, 'elites'));
    return {
      state: { ...state, generation: state.generation + 1, elites },
      move: {
        gradient: state.theta.map((row) => row.map(() => 0)),
        utilities: ranks.map(softmax),
      },
    };
  },
};
