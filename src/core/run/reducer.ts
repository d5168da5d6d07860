/**
 * From a log to what the screen shows. Pure: the view is a function of the events applied so far, so
 * that scrubbing is reducing a shorter prefix, and live updates are the same reduction carried on.
 */
import type { ErrorRecord } from '../errors.ts';
import {
  addCosts,
  type Cost,
  type Incumbent,
  type Job,
  type JobResult,
  NO_COST,
} from '../method/jobs.ts';
import type { StageTable } from '../ranks.ts';
import type { ArchitectureId } from '../space/ids.ts';
import type { RunConfig } from './config.ts';
import type {
  BackendInfo,
  DeviceLost,
  JobFinished,
  JobProgress,
  RoundFinished,
  RoundStarted,
  RunEvent,
  RunStarted,
} from './events.ts';
import { NOWHERE, type RunPhase, type Standing, standingAfter } from './phase.ts';

/** A span of milliseconds, since honest estimates are ranges. */
export interface TimeRange {
  readonly low: number;
  readonly high: number;
}

/** One job of a round, and what is known of it. */
export interface JobView {
  readonly job: Job;
  readonly progress: readonly JobProgress[];
  readonly result: JobResult | null;
  readonly cost: Cost | null;
}

export interface RoundView {
  readonly index: number;
  readonly jobs: readonly JobView[];
  /** The job that trains, or the last one. */
  readonly current: number;
  /** Training steps, and what was spent, before the round. */
  readonly at: number;
  readonly before: Cost;
  /** Wall milliseconds at its start, and at its last event. */
  readonly wall: number;
  readonly wallEnd: number;
  readonly phase: RunPhase;
  /** What the method said once it was told; null before. */
  readonly note: unknown;
  readonly incumbent: Incumbent | null;
  readonly front: readonly ArchitectureId[] | null;
  /** True once the method was told. */
  readonly complete: boolean;
}

export interface RunView {
  /** Events applied: the cursor this view belongs to. */
  readonly eventCount: number;
  readonly header: RunStarted | null;
  readonly config: RunConfig | null;
  readonly backend: BackendInfo | null;
  readonly parent: RunStarted['parent'];
  readonly standing: Standing;
  readonly phase: RunPhase;
  /** True if the last event is a pause. */
  readonly paused: boolean;
  readonly rounds: readonly RoundView[];
  /** Position of the current round in `rounds`; -1 before the first. */
  readonly current: number;
  /** Latest architecture weights of the supernet in training, `[stage][candidate]`. */
  readonly weights: StageTable | null;
  /** What all finished jobs took. */
  readonly spent: Cost;
  /** The architecture that the search would hand out now. */
  readonly incumbent: Incumbent | null;
  /** The latest loss of the GPU that the current round survived. */
  readonly lost: DeviceLost | null;
  readonly error: ErrorRecord | null;
  readonly finished: boolean;
  /** Training steps since the start of the run. */
  readonly stepsDone: number;
  /** Wall milliseconds of the last event, for display. */
  readonly wall: number;
  /** Milliseconds a step of the latest reports, newest last (at most 24). */
  readonly recentStepMs: readonly number[];
  readonly meanStepMs: number | null;
  /** Training time left, of this round and of the run; null while unknown. */
  readonly eta: { readonly round: TimeRange | null; readonly run: TimeRange | null };
}

const RECENT = 24;

export const EMPTY_VIEW: RunView = {
  eventCount: 0,
  header: null,
  config: null,
  backend: null,
  parent: null,
  standing: NOWHERE,
  phase: 'empty',
  paused: false,
  rounds: [],
  current: -1,
  weights: null,
  spent: NO_COST,
  incumbent: null,
  lost: null,
  error: null,
  finished: false,
  stepsDone: 0,
  wall: 0,
  recentStepMs: [],
  meanStepMs: null,
  eta: { round: null, run: null },
};

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
type JobDraft = Omit<Mutable<JobView>, 'progress'> & { progress: JobProgress[] };
type RoundDraft = Omit<Mutable<RoundView>, 'jobs'> & { jobs: JobDraft[] };

/** A view under construction. Only `rounds[length - 1]` may be written, once `open` says so. */
interface Draft extends Omit<Mutable<RunView>, 'rounds' | 'recentStepMs'> {
  rounds: RoundView[];
  recentStepMs: number[];
  open: RoundDraft | null;
}

function openDraft(view: RunView): Draft {
  return {
    ...view,
    rounds: [...view.rounds],
    recentStepMs: [...view.recentStepMs],
    open: null,
  };
}

/** The round being written: copied once, so that earlier views keep theirs. */
function writable(draft: Draft): RoundDraft | null {
  if (draft.open) return draft.open;
  const last = draft.rounds.at(-1);
  if (!last) return null;
  const jobs = last.jobs.map((one) => ({ ...one, progress: [...one.progress] }));
  const copy = { ...last, jobs };
  draft.rounds[draft.rounds.length - 1] = copy;
  draft.open = copy;
  return copy;
}

function startRound(draft: Draft, event: RoundStarted): void {
  // A round that starts again replaces its interrupted self and all after it.
  const dropped = draft.rounds.find((one) => one.index >= event.round);
  if (dropped) draft.spent = dropped.before;
  draft.rounds = draft.rounds.filter((one) => one.index < event.round);
  const round: RoundDraft = {
    index: event.round,
    jobs: event.jobs.map((job) => ({ job, progress: [], result: null, cost: null })),
    current: 0,
    at: event.at,
    before: draft.spent,
    wall: event.wall,
    wallEnd: event.wall,
    phase: 'proposed',
    note: null,
    incumbent: null,
    front: null,
    complete: false,
  };
  draft.rounds.push(round);
  draft.open = round;
  draft.current = draft.rounds.length - 1;
  draft.weights = null;
  draft.lost = null;
}

function addProgress(draft: Draft, event: JobProgress): void {
  const round = writable(draft);
  round?.jobs[event.job]?.progress.push(event);
  if (round) round.current = event.job;
  if (event.kind === 'rank') draft.weights = event.weights;
  if (event.wallPerStep > 0) draft.recentStepMs.push(event.wallPerStep);
  if (draft.recentStepMs.length > RECENT) draft.recentStepMs.shift();
}

function finishJob(draft: Draft, { job, result, cost }: JobFinished): void {
  const round = writable(draft);
  Object.assign(round?.jobs[job] ?? {}, { result, cost });
  if (round) round.current = job;
  if (result.kind === 'rank') draft.weights = result.weights;
  draft.spent = addCosts(draft.spent, cost);
}

function finishRound(draft: Draft, { note, incumbent, front }: RoundFinished): void {
  Object.assign(writable(draft) ?? {}, { note, incumbent, front: front ?? null, complete: true });
  draft.incumbent = incumbent;
}

function addHeader(draft: Draft, event: RunStarted): void {
  draft.header = event;
  draft.config = event.config;
  draft.backend = event.backend;
  draft.parent = event.parent;
}

function apply(draft: Draft, event: RunEvent): void {
  draft.eventCount += 1;
  draft.stepsDone = event.at;
  draft.wall = event.wall;
  draft.paused = event.type === 'run/paused';
  draft.standing = standingAfter(draft.standing, event);
  draft.phase = draft.standing.phase;
  switch (event.type) {
    case 'run/started':
      addHeader(draft, event);
      break;
    case 'round/started':
      startRound(draft, event);
      break;
    case 'job/progress':
      addProgress(draft, event);
      break;
    case 'job/finished':
      finishJob(draft, event);
      break;
    case 'round/finished':
      finishRound(draft, event);
      break;
    case 'run/paused':
      break;
    case 'device/lost':
      draft.lost = event;
      break;
    case 'run/failed':
      draft.error = event.error;
      break;
    case 'run/finished':
      draft.finished = true;
      break;
    default:
      event satisfies never;
  }
  if ('round' in event && event.type !== 'run/paused') {
    Object.assign(writable(draft) ?? {}, { phase: draft.phase, wallEnd: event.wall });
  }
}

/** Mean and spread of the latest step times, and from them what is left. */
function withEstimates(draft: Draft): Pick<RunView, 'meanStepMs' | 'eta'> {
  const times = draft.recentStepMs;
  const none = { meanStepMs: null, eta: { round: null, run: null } };
  if (times.length === 0 || !draft.config) return none;
  const mean = times.reduce((sum, ms) => sum + ms, 0) / times.length;
  const variance = times.reduce((sum, ms) => sum + (ms - mean) ** 2, 0) / times.length;
  const spread = Math.max(Math.sqrt(variance), 0.1 * mean);
  const range = (steps: number): TimeRange => ({
    low: steps * Math.max(0.5 * mean, mean - spread),
    high: steps * (mean + spread),
  });
  const left = stepsLeft(draft, draft.config);
  return {
    meanStepMs: mean,
    eta: { round: range(left.round), run: left.run === null ? null : range(left.run) },
  };
}

/** Training steps of a job. */
export function jobSteps(job: Job, { supernet, ranker }: RunConfig): number {
  return job.kind === 'rank' ? supernet.steps * ranker.supernets : job.steps;
}

/** Steps of a round that are done: whole jobs, and the reports of the others. */
export function roundSteps(round: RoundView, config: RunConfig): { done: number; all: number } {
  let done = 0;
  let all = 0;
  for (const { job, progress, result } of round.jobs) {
    const steps = jobSteps(job, config);
    const last = progress.at(-1);
    const reached = last ? last.supernet * last.steps + last.step : 0;
    done += result ? steps : reached;
    all += steps;
  }
  return { done, all };
}

/** Later rounds count as the mean of those so far; null where nothing says how many there will be. */
function stepsLeft(draft: Draft, config: RunConfig): { round: number; run: number | null } {
  if (draft.finished) return { round: 0, run: 0 };
  const sizes = draft.rounds.map((one) => roundSteps(one, config));
  const current = sizes[draft.current];
  const round = current ? Math.max(0, current.all - current.done) : 0;
  const each =
    sizes.length > 0
      ? sizes.reduce((sum, { all }) => sum + all, 0) / sizes.length
      : config.supernet.steps * config.ranker.supernets;
  const { generations } = config.search;
  if (generations === 0) return { round, run: null };
  return { round, run: round + Math.max(0, generations - draft.rounds.length) * each };
}

/** Carries a view on. The cost is one shallow copy a call, however many events it adds. */
export function appendEvents(view: RunView, events: readonly RunEvent[]): RunView {
  if (events.length === 0) return view;
  const draft = openDraft(view);
  for (const event of events) apply(draft, event);
  const { open: _, ...rest } = draft;
  return { ...rest, ...withEstimates(draft) };
}

/** Carries a view on by one event. */
export function appendEvent(view: RunView, event: RunEvent): RunView {
  return appendEvents(view, [event]);
}

/** The view after the first `cursor` events (all of them by default). */
export function reduceLog(events: readonly RunEvent[], cursor: number = events.length): RunView {
  return appendEvents(
    EMPTY_VIEW,
    cursor >= events.length ? events : events.slice(0, Math.max(0, cursor)),
  );
}

/** The round the view stands in; null before the first. */
export function currentRound(view: RunView): RoundView | null {
  return view.rounds[view.current] ?? null;
}
