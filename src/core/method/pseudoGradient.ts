/**
 * The pseudo-gradient search: for each stage a vector θ of probabilities, one for each site of a part
 * (an edge of a cell). A batch is drawn from θ, ranked, and θ moves towards the edges of the cells that
 * rank above the average. It keeps nothing else of the past, since ranks of different regions cannot be
 * compared. (arXiv 2404.16218, outer search; step size, bounds, elite and immigrant are our choice.)
 */
import * as v from 'valibot';
import { log } from '../elementary.ts';
import type { Random } from '../random.ts';
import { type StageTable, softmax } from '../ranks.ts';
import type { PartId } from '../space/ids.ts';
import type { PartSpace, Space } from '../space/types.ts';
import { numberOption, OPTION_PREFIX } from './options.ts';
import {
  acceptsParts,
  type Birth,
  checkBatch,
  drawFresh,
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
import { type Method, type MethodContext, type MethodDescriptor, registered } from './types.ts';

const descriptor: MethodDescriptor = {
  id: 'pseudo-gradient',
  name: 'Pseudo-gradient',
  explanation:
    'Draws cells from edge probabilities and moves these towards the edges of the cells that rank high.',
  source: 'arXiv 2404.16218, outer search; elite, immigrant and bounds by this project',
  kind: 'region',
  round: 'generation',
  told: 'Pseudo-gradient taken',
  origins: [
    ...REGION_ORIGINS,
    {
      kind: 'sampled',
      label: 'sampled from θ',
      explain({ values: { logLikelihood = 0, retries = 0 } }) {
        const chance = (100 * Math.exp(logLikelihood)).toPrecision(2);
        const tries =
          retries === 0
            ? 'on the first draw'
            : `after ${retries} ${retries === 1 ? 'draw' : 'draws'} that repeated a cell`;
        return `Sampled: each edge was taken with its probability θ, ${tries}. θ gives these edges a chance of ${Number(chance)} %.`;
      },
    },
  ],
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

const rows = v.array(v.array(v.number()));

/** What the panel of this search draws. */
const noteSchema = v.strictObject({
  /** Probabilities after the move, and the pseudo-gradient that moved them: `[stage][site]`. */
  theta: rows,
  gradient: rows,
  /** W, `[stage][candidate]`: what each candidate weighed, sum 1 in each stage. */
  utilities: rows,
});

export type PseudoGradientNote = v.InferOutput<typeof noteSchema>;

interface Memory {
  /** Batches ranked so far. */
  readonly generation: number;
  readonly theta: StageTable;
  readonly elites: Elites;
}

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
 * @param theta Probabilities of one stage.
 * @param utilities W, sum 1, one a candidate.
 * @param bits a, 0 or 1: `bits[candidate][site]`.
 */
export function pseudoGradient(
  theta: readonly number[],
  utilities: readonly number[],
  bits: readonly (readonly number[])[],
): number[] {
  return theta.map((probability, site) =>
    utilities.reduce(
      (sum, w, i) => sum + (w - 1 / utilities.length) * (bits[i]![site]! - probability),
      0,
    ),
  );
}

/** ln of the probability that a code is drawn from θ; −∞ if it cannot. */
export function logLikelihood(theta: readonly number[], code: readonly number[]): number {
  return theta.reduce((sum, p, site) => sum + log(code[site] === 1 ? p : 1 - p), 0);
}

/** Of the codes of a part, the likeliest under θ; the earliest listed of equals. (Our option.) */
function alignedCode(space: PartSpace, theta: readonly number[], part: PartId): readonly number[] {
  let best = space.code(part);
  let likeliest = Number.NEGATIVE_INFINITY;
  for (const code of space.codes(part)) {
    const likelihood = logLikelihood(theta, code);
    if (likelihood <= likeliest) continue;
    likeliest = likelihood;
    best = code;
  }
  return best;
}

const clip = (value: number, lower: number, upper: number) =>
  Math.min(upper, Math.max(lower, value));

/** θ speaks of yes and no: parts whose sites have two options each. */
function accepts(space: Space): true | string {
  const verdict = acceptsParts(descriptor.name, space);
  if (verdict !== true) return verdict;
  const binary = space.parts?.space.sites.every(({ options }) => options.length === 2);
  return binary
    ? true
    : `${descriptor.name} moves probabilities of yes or no, and parts of the space “${space.descriptor.name}” have more options.`;
}

/** Every site on its own: 1 with the probability θ. */
function drawFromTheta(space: PartSpace, theta: readonly number[], random: Random) {
  const code = theta.map((p) => Number(random.bernoulli(p)));
  const likelihood = logLikelihood(theta, code);
  return {
    id: space.part(code),
    code,
    origin: (retries: number) => ({
      kind: 'sampled',
      parents: [],
      values: { logLikelihood: likelihood, retries },
    }),
  };
}

/** Elites, then immigrants, then draws from θ. */
function laterBatch(
  { theta, elites }: Memory,
  context: MethodContext,
  stage: number,
  random: Random,
): Birth[] {
  const { space } = partsOf(context);
  const taken = new Set<PartId>();
  const births = eliteBirths(elites, stage, taken);
  for (let i = 0; i < numberOption(context.options, 'immigrants'); i++) {
    births.push(drawSample(space, taken, 'immigrant', random));
  }
  while (births.length < context.candidates[stage]!) {
    births.push(drawFresh(space, taken, () => drawFromTheta(space, theta[stage]!, random)));
  }
  return births;
}

/** The search as its pieces, for tests; `pseudoGradientMethod` is the registered one. */
export const PSEUDO_GRADIENT: Method<Memory, PseudoGradientNote> = {
  descriptor,
  noteSchema,
  accepts,
  init(context) {
    const { options, candidates } = context;
    const kept = numberOption(options, 'elites') + numberOption(options, 'immigrants');
    checkBatch(context, kept, 'elites and immigrants');
    const start = partsOf(context).space.sites.map(() => 0.5);
    return { generation: 0, theta: candidates.map(() => start), elites: candidates.map(() => []) };
  },
  ask: (memory, context, random) => [
    rankJob(
      context.candidates.map((count, stage) =>
        memory.generation === 0
          ? firstBatch(context, count, random)
          : laterBatch(memory, context, stage, random),
      ),
    ),
  ],
  tell(memory, answers, context) {
    const { region, ranks, result } = rankAnswer(answers);
    const { options } = context;
    const { space } = partsOf(context);
    const utilities = ranks.map(options.utilities === 'rank' ? rankShaped : softmax);
    const gradient = memory.theta.map((theta, s) => {
      const codeOf = (part: PartId) =>
        options.alignment === 'aligned' ? alignedCode(space, theta, part) : space.code(part);
      return pseudoGradient(theta, utilities[s]!, region[s]!.map(codeOf));
    });
    const [eta, lower, upper] = ['eta', 'lowerBound', 'upperBound'].map((name) =>
      numberOption(options, name),
    ) as [number, number, number];
    const theta = memory.theta.map((row, s) =>
      row.map((probability, e) => clip(probability + eta * gradient[s]![e]!, lower, upper)),
    );
    return {
      state: { generation: memory.generation + 1, theta, elites: elitesOf(region, ranks, context) },
      note: { theta, gradient, utilities },
      incumbent: rankedIncumbent(result),
    };
  },
};

export const pseudoGradientMethod = registered(PSEUDO_GRADIENT);

/** The note of a round, for whoever draws it; null if another method wrote it. */
export function readPseudoGradientNote(note: unknown): PseudoGradientNote | null {
  return v.is(noteSchema, note) ? note : null;
}
