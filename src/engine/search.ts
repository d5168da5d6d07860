/**
 * The generator that turns a config into events: ask the method, do its jobs, tell it what came of them,
 * repeat. It continues from any log prefix, and from the middle of a training if a checkpoint is at
 * hand. It holds no clock and no state that the log does not hold.
 */
import { toErrorRecord } from '../core/errors.ts';
import { type Answer, addCosts, type JobResult } from '../core/method/jobs.ts';
import type { Search } from '../core/method/types.ts';
import { isSpent } from '../core/run/budget.ts';
import type { RunConfig } from '../core/run/config.ts';
import {
  type BackendInfo,
  LOG_VERSION,
  type RoundFinished,
  type RoundStarted,
  type RunEvent,
} from '../core/run/events.ts';
import { type ExecutorPreference, executorNeeds } from '../core/run/executors.ts';
import {
  answerOf,
  evaluationKey,
  methodRandom,
  type Replayed,
  replay,
} from '../core/run/replay.ts';
import { executorOf, threadsOf } from './executors/choose.ts';
import type { Training } from './rank.ts';
import {
  jobEvents,
  type Recover,
  type RoundContext,
  type SavedTraining,
  type Stamp,
} from './round.ts';
import type { Gate } from './supernet.ts';
import type { Task } from './task.ts';
import { ENGINE_VERSION } from './version.ts';

export interface SearchOptions {
  readonly config: RunConfig;
  readonly task: Task;
  readonly datasetDigest: string;
  readonly backend: BackendInfo;
  /** What trains in a new run; the fastest that can unless given. */
  readonly executor?: ExecutorPreference;
  /** Events so far; those after the last result need a checkpoint. */
  readonly events: readonly RunEvent[];
  readonly parent: { readonly run: string; readonly round: number } | null;
  /** Milliseconds, for display only. */
  readonly clock: () => number;
  readonly gate: Gate;
  readonly onTraining: (training: Training | null) => void;
  readonly checkpoint: SavedTraining | null;
  /** Goes on after an error in training, if it can; without it every error ends the run. */
  readonly recover?: Recover;
}

/** Steps that a log has told of: those of its last event. */
interface Clock {
  at: number;
  stamp(): Stamp;
}

/**
 * Runs a search, or goes on with one. Failures end the stream with `run/failed`; a cancelled gate
 * ends it by throwing, so that nothing false enters the log.
 */
export async function* runSearch(options: SearchOptions): AsyncGenerator<RunEvent, void> {
  const last = options.events.at(-1);
  const begun = options.clock() - (last?.wall ?? 0);
  const clock: Clock = {
    at: last?.at ?? 0,
    stamp: () => ({ at: clock.at, wall: Math.round(options.clock() - begun) }),
  };
  try {
    for await (const event of rounds(options, clock)) {
      clock.at = event.at;
      yield event;
    }
  } catch (thrown) {
    const error = toErrorRecord(thrown);
    if (error.code === 'cancelled') throw thrown;
    yield { type: 'run/failed', ...clock.stamp(), error };
  }
}

async function* rounds(options: SearchOptions, clock: Clock): AsyncGenerator<RunEvent, void> {
  const { config, backend, datasetDigest, parent, events } = options;
  const [header] = events;
  const begun = header?.type === 'run/started' ? header.executor : null;
  const executor = executorOf('run', executorNeeds(config), begun, options.executor);
  if (!header) {
    yield {
      type: 'run/started',
      ...clock.stamp(),
      version: LOG_VERSION,
      config,
      datasetDigest,
      backend,
      executor,
      threads: threadsOf(executor),
      engineVersion: ENGINE_VERSION,
      parent,
    };
  }
  const replayed = replay(config, events);
  const context: RoundContext = {
    ...options,
    space: replayed.context.space,
    executor,
    stamp: clock.stamp,
  };
  let finished = replayed.round;
  for await (const event of ask(config, replayed, context)) {
    if (event.type === 'round/finished') finished = event.round + 1;
    yield event;
  }
  yield { type: 'run/finished', ...clock.stamp(), rounds: finished };
}

/** Rounds until a limit is reached, or the method has nothing left to try. */
async function* ask(
  config: RunConfig,
  replayed: Replayed,
  context: RoundContext,
): AsyncGenerator<RunEvent, void> {
  const { generations } = config.search;
  const known = new Map(replayed.known);
  let { search, spent, at } = replayed;
  let open = replayed.open;
  let answers = [...replayed.answers];
  for (let round = replayed.round; generations === 0 || round < generations; round++) {
    if (!open) {
      if (isSpent(config.search, spent)) return;
      const jobs = search.ask(methodRandom.ask(config, round));
      if (jobs === null) return;
      open = { type: 'round/started', ...context.stamp(), round, jobs };
      at = open.at;
      yield open;
    }
    for (let index = answers.length; index < open.jobs.length; index++) {
      // A round that began is told of whatever it found before the budget ended.
      if (index > 0 && isSpent(config.search, spent)) break;
      const job = open.jobs[index]!;
      const key = job.kind === 'evaluate' ? evaluationKey(replayed.context, job) : null;
      const before = key === null ? undefined : known.get(key);
      const given: JobResult | null = before ? { ...before, known: true } : null;
      for await (const event of jobEvents(open, index, at, given, context)) {
        yield event;
        if (event.type !== 'job/finished') continue;
        at = event.at;
        const answer = answerOf(open, index, event.result);
        answers.push(answer);
        spent = addCosts(spent, event.cost);
        if (key !== null && answer.result.kind === 'evaluate') known.set(key, answer.result);
      }
    }
    const told = tell(config, search, open, answers, context.stamp());
    search = told.next;
    yield told.event;
    open = null;
    answers = [];
  }
}

function tell(
  config: RunConfig,
  search: Search,
  { round }: RoundStarted,
  answers: readonly Answer[],
  stamp: Stamp,
): { readonly next: Search; readonly event: RoundFinished } {
  const told = search.tell(answers, methodRandom.tell(config, round));
  const { next, note, incumbent, front } = told;
  const event = { type: 'round/finished', ...stamp, round, note, incumbent } as const;
  return { next, event: front ? { ...event, front } : event };
}
