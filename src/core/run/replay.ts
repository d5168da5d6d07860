/**
 * From a log to the search that goes on with it: a method's memory is not logged but folded from the
 * answers that are.
 */
import {
  type Answer,
  addCosts,
  type Cost,
  type EvaluateJob,
  type EvaluateResult,
  type Incumbent,
  NO_COST,
} from '../method/jobs.ts';
import { completeOptions } from '../method/options.ts';
import { methodById } from '../method/registry.ts';
import type { MethodContext, Search } from '../method/types.ts';
import { createRandom } from '../random.ts';
import { spaceOf } from '../space/registry.ts';
import type { RunConfig } from './config.ts';
import type { RoundStarted, RunEvent } from './events.ts';

export interface Replayed {
  readonly context: MethodContext;
  readonly search: Search;
  /** The next round to ask for, or the one that is open. */
  readonly round: number;
  /** A round that was asked for and not told yet. */
  readonly open: RoundStarted | null;
  /** Answers of the open round so far. */
  readonly answers: readonly Answer[];
  /** Training steps before the job that comes next. */
  readonly at: number;
  readonly spent: Cost;
  readonly incumbent: Incumbent | null;
  /** Trainings alone of this run, by `evaluationKey`. */
  readonly known: ReadonlyMap<string, EvaluateResult>;
}

/** Events between which jobs begin. */
const TOLD: readonly RunEvent['type'][] = ['round/started', 'job/finished', 'round/finished'];

/** What a method is given of a config. @throws LabError `config-invalid` where it does not fit. */
export function methodContext({ space, method, supernet }: RunConfig): MethodContext {
  return {
    space: spaceOf(space),
    candidates: space.candidates,
    steps: supernet.steps,
    options: completeOptions(methodById(method.id).descriptor, method.options),
  };
}

/** The same for trainings that come to the same: of one network, seed and length. */
export function evaluationKey({ space }: MethodContext, { id, steps, seed }: EvaluateJob): string {
  return `${space.networkKey(id)} ${steps} ${seed}`;
}

/** A job of a round with its result, if the two belong together. */
export function answerOf(round: RoundStarted, index: number, result: Answer['result']): Answer {
  const job = round.jobs[index];
  if (job?.kind === 'rank' && result.kind === 'rank') return { job, result };
  if (job?.kind === 'evaluate' && result.kind === 'evaluate') return { job, result };
  throw new Error(`Round ${round.round} has no ${result.kind} job ${index}.`);
}

/** The streams of chance of a method, by what it does and when. */
export const methodRandom = {
  begin: ({ search }: RunConfig) => createRandom(search.seed, 'strategy-init'),
  ask: ({ search }: RunConfig, round: number) =>
    createRandom(search.seed, 'strategy-propose', round),
  tell: ({ search }: RunConfig, round: number) =>
    createRandom(search.seed, 'strategy-update', round),
};

/**
 * Folds a log into its search.
 * @throws LabError `config-invalid` where method and space do not fit.
 */
export function replay(config: RunConfig, events: readonly RunEvent[]): Replayed {
  const context = methodContext(config);
  let search = methodById(config.method.id).begin(context, methodRandom.begin(config));
  let open: RoundStarted | null = null;
  let answers: Answer[] = [];
  let round = 0;
  let at = 0;
  let spent = NO_COST;
  let incumbent: Incumbent | null = null;
  const known = new Map<string, EvaluateResult>();
  for (const event of events) {
    if (TOLD.includes(event.type)) at = event.at;
    if (event.type === 'round/started') {
      open = event;
      answers = [];
    }
    if (event.type === 'job/finished' && open) {
      const answer = answerOf(open, event.job, event.result);
      answers.push(answer);
      spent = addCosts(spent, event.cost);
      if (answer.job.kind === 'evaluate' && answer.result.kind === 'evaluate') {
        known.set(evaluationKey(context, answer.job), answer.result);
      }
    }
    if (event.type === 'round/finished' && open) {
      search = search.tell(answers, methodRandom.tell(config, open.round)).next;
      incumbent = event.incumbent;
      round = open.round + 1;
      open = null;
      answers = [];
    }
  }
  if (open) round = open.round;
  return { context, search, round, open, answers, at, spent, incumbent, known };
}
