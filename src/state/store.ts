/**
 * The page's state: one vanilla store. What matters is the run log; views of it are derived, the rest
 * is about the screen (theme, notices, an unfinished form). No React here: views make their own hook.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ErrorRecord } from '../core/errors.ts';
import type { FieldIssue } from '../core/fields.ts';
import type { RunConfig } from '../core/run/config.ts';
import type { BackendProbe, RunEvent, RunLog } from '../core/run/events.ts';
import { DEFAULT_CONFIG } from '../core/run/presets.ts';
import { appendEvents, EMPTY_VIEW, type RunView, reduceLog } from '../core/run/reducer.ts';
import { editConfig } from '../core/run/resolve.ts';
import { checkConfig, isRunConfig } from '../core/run/validate.ts';
import type { Team } from '../worker/protocol/training.ts';
import type { RunSummary } from './storage/runs.ts';
import { INITIAL_STUDY, type StudySlice } from './study/slice.ts';

/**
 * idle: no run, or a shipped one to look at. starting: the worker is being made ready. running: it
 * trains. waiting: it stands at a phase boundary, asked to. paused: stopped in the middle, or
 * restored from storage. failed and finished: the log says so, or the worker died.
 */
export type RunStatus =
  | 'idle'
  | 'starting'
  | 'running'
  | 'paused'
  | 'waiting'
  | 'failed'
  | 'finished';

export type Theme = 'light' | 'dark' | 'system';

/** Screens, in the order of the rail and of the keys from 1. */
export const VIEW_IDS = ['search', 'correlation', 'architecture', 'learn', 'data'] as const;
export type ViewId = (typeof VIEW_IDS)[number];

export interface Notice {
  readonly id: number;
  readonly kind: 'info' | 'warning' | 'error';
  readonly text: string;
  /** Present if the notice tells of an error. */
  readonly error: ErrorRecord | null;
}

export interface LoadProgress {
  readonly topic: 'dataset' | 'backend';
  readonly text: string;
  readonly done: number;
  readonly total: number;
}

/** The config being edited. `config` is null as long as there are issues. */
export interface ConfigDraft {
  readonly values: unknown;
  readonly issues: readonly FieldIssue[];
  readonly config: RunConfig | null;
}

export interface Playback {
  readonly playing: boolean;
  /** Events a second at speed 1 are fixed; this multiplies them. */
  readonly speed: number;
}

export interface LabState {
  readonly runs: readonly RunSummary[];
  /** The open run; null before anything is loaded. */
  readonly run: RunLog | null;
  /** True for the shipped recording: it is played, never trained. */
  readonly recorded: boolean;
  /** The view of the whole log. */
  readonly live: RunView;
  /** The view at the cursor: what the screen shows. */
  readonly view: RunView;
  /** Events applied to `view`; null is LIVE. */
  readonly cursor: number | null;
  readonly status: RunStatus;
  /** Why the run stands in `failed`. */
  readonly failure: ErrorRecord | null;
  readonly playback: Playback;
  readonly draft: ConfigDraft;
  /** The correlation study, beside the run. */
  readonly study: StudySlice;
  /** Id of the architecture on the architecture screen; null: none chosen yet. */
  readonly architecture: string | null;
  /** The settings it was listed under, of the run or of the study; null: those of the next run. */
  readonly architectureConfig: RunConfig | null;
  readonly backend: BackendProbe | null;
  /** The threads of a run on WASM; null as long as that was not chosen. */
  readonly team: Team | null;
  /** True if the machine says that it runs on its battery. */
  readonly onBattery: boolean;
  readonly load: LoadProgress | null;
  readonly notices: readonly Notice[];
  readonly storage: 'indexeddb' | 'memory';
  readonly theme: Theme;
  readonly screen: ViewId;
  readonly tables: boolean;
  readonly help: boolean;
  readonly drawer: 'closed' | 'settings' | 'runs';
  readonly shortcuts: boolean;
}

export type LabStore = StoreApi<LabState>;

/** A draft with its issues found. */
export function makeDraft(values: unknown): ConfigDraft {
  const issues = checkConfig(values);
  return { values, issues, config: issues.length === 0 && isRunConfig(values) ? values : null };
}

export const INITIAL_STATE: LabState = {
  runs: [],
  run: null,
  recorded: false,
  live: EMPTY_VIEW,
  view: EMPTY_VIEW,
  cursor: null,
  status: 'idle',
  failure: null,
  playback: { playing: false, speed: 1 },
  draft: makeDraft(DEFAULT_CONFIG),
  study: INITIAL_STUDY,
  architecture: null,
  architectureConfig: null,
  backend: null,
  team: null,
  onBattery: false,
  load: null,
  notices: [],
  storage: 'indexeddb',
  theme: 'system',
  screen: 'search',
  tables: false,
  help: false,
  drawer: 'closed',
  shortcuts: true,
};

/** A fresh store. */
export function createLabStore(initial: Partial<LabState> = {}): LabStore {
  return createStore<LabState>()(() => ({ ...INITIAL_STATE, ...initial }));
}

/** Opens a log, LIVE or at a cursor. */
export function showRun(store: LabStore, run: RunLog, change: Partial<LabState> = {}): void {
  const live = reduceLog(run.events);
  store.setState({ run, live, view: live, cursor: null, failure: live.error, ...change });
  if (change.cursor !== undefined && change.cursor !== null) moveCursor(store, change.cursor);
}

/** Adds events to the open log; the view follows if it is LIVE. */
export function addEvents(store: LabStore, events: readonly RunEvent[]): void {
  const { run, live, cursor, view } = store.getState();
  if (!run || events.length === 0) return;
  const next = appendEvents(live, events);
  store.setState({
    run: { ...run, events: [...run.events, ...events] },
    live: next,
    view: cursor === null ? next : view,
  });
}

/** Moves the cursor; null, or anything at or after the end, is LIVE (except in a recording). */
export function moveCursor(store: LabStore, cursor: number | null): void {
  const { run, live, view, cursor: before } = store.getState();
  if (!run) return;
  if (cursor === null || cursor >= run.events.length) {
    store.setState({ cursor: null, view: live });
    return;
  }
  const target = Math.max(1, cursor);
  const from = view.eventCount;
  const forward = before !== null && target >= from;
  store.setState({
    cursor: target,
    view: forward
      ? appendEvents(view, run.events.slice(from, target))
      : reduceLog(run.events, target),
  });
}

/** Changes one field of the draft, e.g. `space.vertices`; dependent lists follow. */
export function editDraft(store: LabStore, path: string, value: unknown): void {
  store.setState(({ draft }) => ({ draft: makeDraft(editConfig(draft.values, path, value)) }));
}

/** Replaces the draft, e.g. by a preset or by the config of a run. */
export function setDraft(store: LabStore, values: unknown): void {
  store.setState({ draft: makeDraft(values) });
}

/** Shows a notice and returns its id. */
export function notify(
  store: LabStore,
  kind: Notice['kind'],
  text: string,
  error: ErrorRecord | null = null,
): number {
  const { notices } = store.getState();
  const id = (notices.at(-1)?.id ?? 0) + 1;
  store.setState({ notices: [...notices.slice(-4), { id, kind, text, error }] });
  return id;
}

/** Removes a notice. */
export function dismiss(store: LabStore, id: number): void {
  store.setState(({ notices }) => ({ notices: notices.filter((notice) => notice.id !== id) }));
}
