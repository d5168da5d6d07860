/**
 * From a log to what the screen shows. Pure: the view is a function of the events applied so far, so
 * that scrubbing is reducing a shorter prefix, and live updates are the same reduction carried on.
 */
import type { ErrorRecord } from '../errors.ts';
import type { Region } from '../region.ts';
import type { Origin, StrategyState } from '../strategies/types.ts';
import type { RunConfig } from './config.ts';
import type {
  BackendInfo,
  DeviceLost,
  GenerationMoved,
  GenerationRanked,
  GenerationStarted,
  RunEvent,
  RunStarted,
  SupernetCost,
  SupernetProgress,
} from './events.ts';

/** Where a run stands. `trained` is reached with the last step of the last supernet. */
export type ViewPhase =
  | 'empty'
  | 'started'
  | 'proposed'
  | 'training'
  | 'trained'
  | 'ranked'
  | 'moved'
  | 'finished'
  | 'failed';

/** A span of milliseconds, since honest estimates are ranges. */
export interface TimeRange {
  readonly low: number;
  readonly high: number;
}

export interface GenerationView {
  readonly index: number;
  readonly region: Region;
  /** Why each cell was born, `[stage][candidate]`. */
  readonly origins: readonly (readonly Origin[])[];
  /** Memory of the outer search that proposed this region. */
  readonly strategy: StrategyState;
  readonly cost: SupernetCost;
  readonly progress: readonly SupernetProgress[];
  readonly ranked: GenerationRanked | null;
  readonly moved: GenerationMoved | null;
  /** True once the outer search has moved. */
  readonly complete: boolean;
}

export interface RunView {
  /** Events applied: the cursor this view belongs to. */
  readonly eventCount: number;
  readonly header: RunStarted | null;
  readonly config: RunConfig | null;
  readonly backend: BackendInfo | null;
  readonly parent: RunStarted['parent'];
  readonly phase: ViewPhase;
  /** True if the last event is a pause. */
  readonly paused: boolean;
  readonly generations: readonly GenerationView[];
  /** Position of the current generation in `generations`; -1 before the first. */
  readonly current: number;
  /** Latest architecture weights of the current generation, `[stage][candidate]`. */
  readonly weights: readonly (readonly number[])[] | null;
  /** The latest loss of the GPU that the current generation survived. */
  readonly lost: DeviceLost | null;
  readonly error: ErrorRecord | null;
  readonly finished: boolean;
  /** Supernet steps since the start of the run. */
  readonly stepsDone: number;
  /** Wall milliseconds of the last event, for display. */
  readonly wall: number;
  /** Milliseconds a step of the latest reports, newest last (at most 24). */
  readonly recentStepMs: readonly number[];
  readonly meanStepMs: number | null;
  /** Training time left, of this generation and of the run; null while unknown. */
  readonly eta: { readonly generation: TimeRange | null; readonly run: TimeRange | null };
}

const RECENT = 24;

export const EMPTY_VIEW: RunView = {
  eventCount: 0,
  header: null,
  config: null,
  backend: null,
  parent: null,
  phase: 'empty',
  paused: false,
  generations: [],
  current: -1,
  weights: null,
  lost: null,
  error: null,
  finished: false,
  stepsDone: 0,
  wall: 0,
  recentStepMs: [],
  meanStepMs: null,
  eta: { generation: null, run: null },
};

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
type GenerationDraft = Omit<Mutable<GenerationView>, 'progress'> & { progress: SupernetProgress[] };

/** A view under construction. Only `generations[length - 1]` may be written, once `open` says so. */
interface Draft extends Omit<Mutable<RunView>, 'generations' | 'recentStepMs'> {
  generations: GenerationView[];
  recentStepMs: number[];
  open: GenerationDraft | null;
}

function openDraft(view: RunView): Draft {
  return {
    ...view,
    generations: [...view.generations],
    recentStepMs: [...view.recentStepMs],
    open: null,
  };
}

/** The generation being written: copied once, so that earlier views keep theirs. */
function writable(draft: Draft): GenerationDraft | null {
  if (draft.open) return draft.open;
  const last = draft.generations.at(-1);
  if (!last) return null;
  const copy = { ...last, progress: [...last.progress] };
  draft.generations[draft.generations.length - 1] = copy;
  draft.open = copy;
  return copy;
}

function startGeneration(draft: Draft, event: GenerationStarted): void {
  // A generation that starts again replaces its interrupted self and all after it.
  draft.generations = draft.generations.filter((one) => one.index < event.generation);
  const generation: GenerationDraft = {
    index: event.generation,
    region: event.region,
    origins: event.origins,
    strategy: event.strategy,
    cost: event.cost,
    progress: [],
    ranked: null,
    moved: null,
    complete: false,
  };
  draft.generations.push(generation);
  draft.open = generation;
  draft.current = draft.generations.length - 1;
  draft.weights = null;
  draft.lost = null;
  draft.phase = 'proposed';
}

function isLastStep(draft: Draft, event: SupernetProgress): boolean {
  const supernets = draft.config?.ranker.supernets ?? 1;
  return event.step >= event.steps && event.supernet >= supernets - 1;
}

function addProgress(draft: Draft, event: SupernetProgress): void {
  writable(draft)?.progress.push(event);
  draft.weights = event.weights;
  draft.phase = isLastStep(draft, event) ? 'trained' : 'training';
  if (event.wallPerStep > 0) draft.recentStepMs.push(event.wallPerStep);
  if (draft.recentStepMs.length > RECENT) draft.recentStepMs.shift();
}

function addHeader(draft: Draft, event: RunStarted): void {
  draft.header = event;
  draft.config = event.config;
  draft.backend = event.backend;
  draft.parent = event.parent;
  if (draft.generations.length === 0) draft.phase = 'started';
}

function apply(draft: Draft, event: RunEvent): void {
  draft.eventCount += 1;
  draft.stepsDone = event.at;
  draft.wall = event.wall;
  draft.paused = event.type === 'run/paused';
  switch (event.type) {
    case 'run/started':
      addHeader(draft, event);
      break;
    case 'generation/started':
      startGeneration(draft, event);
      break;
    case 'supernet/progress':
      addProgress(draft, event);
      break;
    case 'generation/ranked':
      Object.assign(writable(draft) ?? {}, { ranked: event });
      draft.weights = event.weights;
      draft.phase = 'ranked';
      break;
    case 'generation/moved':
      Object.assign(writable(draft) ?? {}, { moved: event, complete: true });
      draft.phase = 'moved';
      break;
    case 'run/paused':
      break;
    case 'device/lost':
      draft.lost = event;
      break;
    case 'run/failed':
      draft.error = event.error;
      draft.phase = 'failed';
      break;
    case 'run/finished':
      draft.finished = true;
      draft.phase = 'finished';
      break;
    default:
      event satisfies never;
  }
}

/** Mean and spread of the latest step times, and from them what is left. */
function withEstimates(draft: Draft): Pick<RunView, 'meanStepMs' | 'eta'> {
  const times = draft.recentStepMs;
  const none = { meanStepMs: null, eta: { generation: null, run: null } };
  if (times.length === 0 || !draft.config) return none;
  const mean = times.reduce((sum, ms) => sum + ms, 0) / times.length;
  const variance = times.reduce((sum, ms) => sum + (ms - mean) ** 2, 0) / times.length;
  const spread = Math.max(Math.sqrt(variance), 0.1 * mean);
  const range = (steps: number): TimeRange => ({
    low: steps * Math.max(0.5 * mean, mean - spread),
    high: steps * (mean + spread),
  });
  const left = stepsLeft(draft, draft.config);
  return { meanStepMs: mean, eta: { generation: range(left.generation), run: range(left.run) } };
}

function stepsLeft(draft: Draft, config: RunConfig): { generation: number; run: number } {
  if (draft.finished) return { generation: 0, run: 0 };
  const each = config.supernet.steps * config.ranker.supernets;
  const current = draft.generations[draft.current];
  const last = current?.progress.at(-1);
  const done = last ? last.supernet * last.steps + last.step : 0;
  const generation = !current || current.ranked ? 0 : Math.max(0, each - done);
  const later = Math.max(0, config.search.generations - draft.generations.length);
  return { generation, run: generation + later * each };
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

/** The generation the view stands in; null before the first. */
export function currentGeneration(view: RunView): GenerationView | null {
  return view.generations[view.current] ?? null;
}
