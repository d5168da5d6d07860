/**
 * Local search: measure every architecture one decision away from the present one and move to the best,
 * until none is better; then start again elsewhere. (White, Nolen, Savani, “Exploring the loss landscape
 * in neural architecture search”, UAI 2021; first improvement is their variant.)
 */
import * as v from 'valibot';
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
  worthOf,
} from './blackBox.ts';
import type { Incumbent } from './jobs.ts';
import { OPTION_PREFIX } from './options.ts';
import { type Method, type MethodContext, registered } from './types.ts';

const noteSchema = v.strictObject({
  /** Where the search stands after the round; null if it starts again next. */
  current: v.nullable(scored),
  /** Optima found so far, in their order: no neighbour is better. */
  optima: v.array(scored),
});

type Note = v.InferOutput<typeof noteSchema>;

interface Memory {
  readonly current: Scored | null;
  /** Everything measured, in its order. */
  readonly known: readonly Scored[];
  readonly optima: readonly Scored[];
  readonly incumbent: Incumbent | null;
}

/** Neighbours with what is known of them; accuracy is undefined where they were never measured. */
function around(space: Space, { id }: Scored, known: ReadonlyMap<ArchitectureId, Scored>) {
  return neighboursOf(space, id).map((one) => ({ id: one, scored: known.get(one) }));
}

/**
 * Walks on as far as what is known allows: to the best neighbour once all are known (or to any better
 * one, where the first improvement counts), and past every optimum.
 */
function settle(memory: Memory, { space, options }: MethodContext): Memory {
  const known = new Map(memory.known.map((one) => [one.id, one]));
  let { current, optima } = memory;
  while (current !== null) {
    const here: Scored = current;
    const neighbours = around(space, here, known);
    const measured = neighbours.flatMap((one) => one.scored ?? []);
    const better = measured.filter((one) => worthOf(one) > worthOf(here));
    const whole = measured.length === neighbours.length;
    const next: Scored | null =
      options.improvement === 'first' ? (better[0] ?? null) : whole ? bestOf(better) : null;
    if (next) {
      current = next;
    } else if (whole) {
      optima = [...optima, here];
      current = null;
    } else break;
  }
  return { ...memory, current, optima };
}

/** The search as its pieces, for tests; `localSearchMethod` is the registered one. */
export const LOCAL_SEARCH: Method<Memory, Note> = {
  descriptor: {
    id: 'local-search',
    name: 'Local search',
    explanation: 'Moves to the best architecture one decision away until none is better; restarts.',
    source: 'White, Nolen, Savani, UAI 2021 (arXiv 2005.02960)',
    kind: 'black-box',
    round: 'round',
    told: 'Neighbours compared',
    origins: [
      {
        kind: 'drawn',
        label: 'start',
        explain: () => 'Start: drawn at random, at the beginning or after an optimum.',
      },
      {
        kind: 'neighbour',
        label: 'neighbour',
        explain: ({ parents }) =>
          `Neighbour: one decision of ${parents[0]}, where the search stood, was changed.`,
      },
    ],
    fields: [
      {
        kind: 'choice',
        path: `${OPTION_PREFIX}improvement`,
        label: 'Improvement',
        help: 'When the search moves on.',
        choices: [
          { value: 'best', label: 'Best', help: 'To the best neighbour once all are measured.' },
          { value: 'first', label: 'First', help: 'To the first neighbour found to be better.' },
        ],
      },
    ],
    defaults: { improvement: 'best' },
  },
  noteSchema,
  accepts: () => true,
  init: () => ({ current: null, known: [], optima: [], incumbent: null }),
  ask({ current, known }, context, random) {
    const { space, options } = context;
    const scores = new Map(known.map((one) => [one.id, one]));
    if (current === null) {
      const start = drawUnseen(space, new Set(scores.keys()), random);
      return start && [evaluateJob(context, start.id, start.origin)];
    }
    const open = around(space, current, scores).filter((one) => one.scored === undefined);
    const order = random.shuffle(open).slice(0, options.improvement === 'first' ? 1 : open.length);
    const values = knownAccuracy(current);
    return order.map(({ id }) =>
      evaluateJob(context, id, { kind: 'neighbour', parents: [current.id], values }),
    );
  },
  tell(memory, answers, context) {
    const found = scoresOf(answers);
    const incumbent = betterIncumbent(memory.incumbent, found);
    const known = [...memory.known, ...found];
    const current = memory.current ?? found[0] ?? null;
    const state = settle({ ...memory, current, known, incumbent }, context);
    return {
      state,
      note: { current: state.current, optima: [...state.optima] },
      incumbent,
    };
  },
};

export const localSearchMethod = registered(LOCAL_SEARCH);
