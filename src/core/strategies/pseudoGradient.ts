/**
 * The pseudo-gradient search: for each stage a vector θ of edge probabilities. A batch is drawn from
 * θ, ranked, and θ moves towards the edges of the cells that rank above the average. It keeps nothing
 * else of the past, since ranks of different regions cannot be compared. (arXiv 2404.16218, outer
 * search; step size, bounds, elite and immigrant are our choice.)
 */
import { bitsOf, edgeCount } from '../cell.ts';
import { alignTo, logLikelihood, sampleFrom } from '../cellSpace.ts';
import { log } from '../elementary.ts';
import { LabError } from '../errors.ts';
import type { Random } from '../random.ts';
import { softmax } from '../ranks.ts';
import type { CellMask } from '../region.ts';
import {
  type Birth,
  bestCells,
  checkRanks,
  checkSpace,
  completeOptions,
  drawByDensity,
  drawFresh,
  ELITES_FIELD,
  eliteBirths,
  FIRST_BATCH_FIELD,
  firstBatch,
  numberOption,
  OPTION_PREFIX,
  proposalOf,
} from './batch.ts';
import type {
  SpaceDescription,
  Strategy,
  StrategyDescriptor,
  StrategyOptions,
  StrategyState,
} from './types.ts';

const descriptor: StrategyDescriptor = {
  id: 'pseudo-gradient',
  name: 'Pseudo-gradient',
  explanation:
    'Draws cells from edge probabilities and moves these towards the edges of the cells that rank high.',
  source: 'arXiv 2404.16218, outer search; elite, immigrant and bounds by this project',
  needsTruth: false,
  fields: [
    ELITES_FIELD,
    {
      kind: 'integer',
      path: `${OPTION_PREFIX}immigrants`,
      label: 'Immigrants',
      help: 'Cells of each batch drawn by density, whatever the edge probabilities say.',
      minimum: 0,
      maximum: 16,
    },
    {
      kind: 'number',
      path: `${OPTION_PREFIX}eta`,
      label: 'Step size η',
      help: 'How far the edge probabilities follow the pseudo-gradient.',
      minimum: 0,
      maximum: 10,
    },
    {
      kind: 'number',
      path: `${OPTION_PREFIX}lowerBound`,
      label: 'Lowest probability',
      help: 'No edge becomes less likely than this.',
      minimum: 0,
      maximum: 0.5,
    },
    {
      kind: 'number',
      path: `${OPTION_PREFIX}upperBound`,
      label: 'Highest probability',
      help: 'No edge becomes more likely than this.',
      minimum: 0.5,
      maximum: 1,
    },
    {
      kind: 'choice',
      path: `${OPTION_PREFIX}utilities`,
      label: 'Utilities',
      help: 'What of the ranks counts.',
      choices: [
        { value: 'raw', label: 'Values', help: 'Softmax of the ranks.' },
        {
          value: 'rank',
          label: 'Order only',
          help: 'Fixed weights by position; outliers pull less.',
        },
      ],
    },
    {
      kind: 'choice',
      path: `${OPTION_PREFIX}alignment`,
      label: 'Vertex order',
      help: 'Which of the equivalent orders of its vertices a cell counts with.',
      choices: [
        { value: 'canonical', label: 'Canonical', help: 'The order of the canonical form.' },
        {
          value: 'aligned',
          label: 'Aligned',
          help: 'The order likeliest under the probabilities.',
        },
      ],
    },
    FIRST_BATCH_FIELD,
  ],
  defaults: {
    elites: 1,
    immigrants: 1,
    eta: 2,
    lowerBound: 0.08,
    upperBound: 0.92,
    utilities: 'raw',
    alignment: 'canonical',
    firstBatch: 'density',
  },
};

/**
 * Weights by position: max(0, ln(k/2 + 1) − ln place), normalised to sum 1; equal ranks share the
 * weights of their places. (Rank shaping as in natural evolution strategies; our option.)
 */
export function rankShaped(ranks: readonly number[]): number[] {
  const places = ranks.map((_, i) => Math.max(0, log(ranks.length / 2 + 1) - log(i + 1)));
  const sum = places.reduce((a, b) => a + b, 0);
  return ranks.map((rank) => {
    const above = ranks.filter((other) => other > rank).length;
    const equals = ranks.filter((other) => other === rank).length;
    return places.slice(above, above + equals).reduce((a, b) => a + b, 0) / equals / sum;
  });
}

/**
 * g_e = Σ_i (W_i − 1/k)(a_{i,e} − θ_e). Since Σ W = 1, the terms with θ cancel: equal ranks give 0.
 * @param theta Edge probabilities of one stage.
 * @param utilities W, sum 1, one a candidate.
 * @param bits a, 0 or 1: `bits[candidate][edge]`.
 */
export function pseudoGradient(
  theta: readonly number[],
  utilities: readonly number[],
  bits: readonly (readonly number[])[],
): number[] {
  return theta.map((probability, edge) =>
    utilities.reduce(
      (sum, w, i) => sum + (w - 1 / utilities.length) * (bits[i]![edge]! - probability),
      0,
    ),
  );
}

const clip = (value: number, lower: number, upper: number) =>
  Math.min(upper, Math.max(lower, value));

/** @throws LabError `config-invalid` for options out of bounds, or more candidates than classes. */
function init(space: SpaceDescription, given: StrategyOptions): StrategyState {
  const options = completeOptions(descriptor, given);
  checkSpace(space);
  const kept = numberOption(options, 'elites') + numberOption(options, 'immigrants');
  if (kept > space.candidates) {
    throw new LabError(
      'config-invalid',
      `${OPTION_PREFIX}elites: elites and immigrants take ${kept} places of a batch of ${space.candidates} cells. Use fewer of them or more candidates.`,
      { field: `${OPTION_PREFIX}elites`, value: kept, bound: space.candidates },
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
}

/** Elites, then immigrants, then draws from θ. */
function laterBatch(state: StrategyState, stage: number, random: Random): Birth[] {
  const { vertices, candidates } = state.space;
  const theta = state.theta[stage]!;
  const taken = new Set<CellMask>();
  const births = eliteBirths(state, stage, taken);
  for (let i = 0; i < numberOption(state.options, 'immigrants'); i++) {
    births.push(drawByDensity(vertices, taken, 'immigrant', random));
  }
  while (births.length < candidates) {
    const birth = drawFresh(vertices, taken, () => {
      const mask = sampleFrom(theta, random);
      const likelihood = logLikelihood(theta, mask);
      return {
        mask,
        origin: (retries) => ({ kind: 'sampled', logLikelihood: likelihood, retries }),
      };
    });
    births.push(birth);
  }
  return births;
}

export const pseudoGradientStrategy: Strategy = {
  descriptor,
  init,
  propose: (state, random) =>
    proposalOf(state.space, (stage) =>
      state.generation === 0 ? firstBatch(state, random) : laterBatch(state, stage, random),
    ),
  update(state, region, ranks) {
    checkRanks(region, ranks);
    const { options } = state;
    const { vertices } = region;
    const aligned = options.alignment === 'aligned';
    const utilities = ranks.map(options.utilities === 'rank' ? rankShaped : softmax);
    const gradient = state.theta.map((theta, s) => {
      const ordered = region.stages[s]!.map((mask) =>
        aligned ? alignTo(vertices, theta, mask).mask : mask,
      );
      return pseudoGradient(
        theta,
        utilities[s]!,
        ordered.map((mask) => bitsOf(vertices, mask)),
      );
    });
    const eta = numberOption(options, 'eta');
    const lower = numberOption(options, 'lowerBound');
    const upper = numberOption(options, 'upperBound');
    const theta = state.theta.map((row, s) =>
      row.map((probability, e) => clip(probability + eta * gradient[s]![e]!, lower, upper)),
    );
    const elites = bestCells(region, ranks, numberOption(options, 'elites'));
    return {
      state: { ...state, generation: state.generation + 1, theta, elites },
      move: { gradient, utilities },
    };
  },
};
