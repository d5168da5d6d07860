/**
 * Regularised (aging) evolution: a population in which the oldest, not the worst, makes room. Each round
 * the best of a few members drawn at random has a child that differs in one decision. (Real, Aggarwal,
 * Huang, Le, “Regularized evolution for image classifier architecture search”, AAAI 2019.)
 */
import * as v from 'valibot';
import { LabError } from '../errors.ts';
import type { Random } from '../random.ts';
import type { ArchitectureId } from '../space/ids.ts';
import type { Space } from '../space/types.ts';
import {
  bestOf,
  betterIncumbent,
  drawUnseen,
  evaluateJob,
  knownAccuracy,
  neighboursOf,
  type Scored,
  scored,
  scoresOf,
} from './blackBox.ts';
import type { EvaluateJob, Incumbent, Origin } from './jobs.ts';
import { numberOption, OPTION_PREFIX } from './options.ts';
import { type Method, type MethodContext, registered } from './types.ts';

/** Mutations tried for a child that is new before chance draws one instead. */
const TRIES = 20;

const noteSchema = v.strictObject({
  /** Oldest first. */
  population: v.array(scored),
  /** Who made room in this round. */
  removed: v.nullable(v.string()),
});

type Note = v.InferOutput<typeof noteSchema>;

interface Memory {
  /** Oldest first. */
  readonly population: readonly Scored[];
  readonly seen: readonly ArchitectureId[];
  readonly incumbent: Incumbent | null;
}

/** The best of `count` members drawn with replacement: the first drawn of equals. */
function parentOf(population: readonly Scored[], count: number, random: Random): Scored {
  const drawn = Array.from({ length: count }, () => population[random.integer(population.length)]!);
  return bestOf(drawn)!;
}

/** A child one decision away that was never tried; null if chance finds none. */
function mutate(space: Space, parent: Scored, seen: ReadonlySet<ArchitectureId>, random: Random) {
  const neighbours = neighboursOf(space, parent.id);
  for (let attempt = 1; attempt <= TRIES && neighbours.length > 0; attempt++) {
    const child = neighbours[random.integer(neighbours.length)]!;
    if (seen.has(child)) continue;
    const origin: Origin = {
      kind: 'mutated',
      parents: [parent.id],
      values: { ...knownAccuracy(parent), tries: attempt },
    };
    return { id: child, origin };
  }
  return null;
}

function firstJobs(
  { seen, population }: Memory,
  context: MethodContext,
  random: Random,
): readonly EvaluateJob[] {
  const taken = new Set(seen);
  const jobs: EvaluateJob[] = [];
  while (population.length + jobs.length < numberOption(context.options, 'population')) {
    const drawn = drawUnseen(context.space, taken, random);
    if (!drawn) break;
    taken.add(drawn.id);
    jobs.push(evaluateJob(context, drawn.id, drawn.origin));
  }
  return jobs;
}

/** The search as its pieces, for tests; `regularizedEvolutionMethod` is the registered one. */
export const REGULARIZED_EVOLUTION: Method<Memory, Note> = {
  descriptor: {
    id: 'regularized-evolution',
    name: 'Regularised evolution',
    explanation:
      'Keeps a population in which the oldest makes room for a mutated child of a good member.',
    source: 'Real, Aggarwal, Huang, Le, AAAI 2019 (arXiv 1802.01548)',
    kind: 'black-box',
    round: 'round',
    told: 'Population aged',
    origins: [
      {
        kind: 'drawn',
        label: 'drawn',
        explain: () =>
          'Drawn at random: one of the first population, or where no mutation was new.',
      },
      {
        kind: 'mutated',
        label: 'mutated',
        explain: ({ parents }) =>
          `Mutated: one decision of ${parents[0]}, the best of those drawn from the population, was changed.`,
      },
    ],
    fields: [
      {
        kind: 'integer',
        path: `${OPTION_PREFIX}population`,
        label: 'Population',
        help: 'Members that live at a time; the first round draws as many.',
        minimum: 2,
        maximum: 1000,
      },
      {
        kind: 'integer',
        path: `${OPTION_PREFIX}sample`,
        label: 'Sample',
        help: 'Members drawn for a parent, the best of which is taken; 1 is a random walk.',
        minimum: 1,
        maximum: 1000,
      },
    ],
    defaults: { population: 10, sample: 3 },
  },
  noteSchema,
  accepts: () => true,
  init({ options }) {
    const [population, sample] = [
      numberOption(options, 'population'),
      numberOption(options, 'sample'),
    ];
    if (sample > population) {
      const field = `${OPTION_PREFIX}sample`;
      const message = `${field}: ${sample} members cannot be drawn from a population of ${population}. Use at most ${population}.`;
      throw new LabError('config-invalid', message, { field, value: sample, bound: population });
    }
    return { population: [], seen: [], incumbent: null };
  },
  ask(memory, context, random) {
    const { population } = memory;
    if (population.length < numberOption(context.options, 'population')) {
      const jobs = firstJobs(memory, context, random);
      if (jobs.length > 0) return jobs;
      // The space holds fewer architectures than the population wants, and all were tried.
      return null;
    }
    const seen = new Set(memory.seen);
    const parent = parentOf(population, numberOption(context.options, 'sample'), random);
    const child =
      mutate(context.space, parent, seen, random) ?? drawUnseen(context.space, seen, random);
    return child && [evaluateJob(context, child.id, child.origin)];
  },
  tell(memory, answers, { options }) {
    const found = scoresOf(answers);
    const all = [...memory.population, ...found];
    const most = numberOption(options, 'population');
    const population = all.slice(Math.max(0, all.length - most));
    const removed = all.length > most ? (all[0]?.id ?? null) : null;
    const incumbent = betterIncumbent(memory.incumbent, found);
    const seen = [...memory.seen, ...found.map(({ id }) => id)];
    return {
      state: { population, seen, incumbent },
      note: { population: [...population], removed },
      incumbent,
    };
  },
};

export const regularizedEvolutionMethod = registered(REGULARIZED_EVOLUTION);
