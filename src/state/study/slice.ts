/**
 * The correlation study beside the run: its log, the view derived from it, what is measured now, what
 * the statistics say, and what the reader has chosen to look at.
 */
import type { StoreApi } from 'zustand/vanilla';
import type { ErrorRecord } from '../../core/errors.ts';
import type { PooledAnalysis } from '../../core/study/analysisPooling.ts';
import type { JobProgress, StudyEvent, StudyLog } from '../../core/study/events.ts';
import type { FigureId } from '../../core/study/figures.ts';
import {
  appendStudyEvents,
  EMPTY_STUDY,
  reduceStudy,
  type StudyView,
} from '../../core/study/reducer.ts';
import type { NamedPair, StudyReport } from '../../core/study/report.ts';
import type { StudySummary } from '../storage/studies.ts';
import { EMPTY_STUDY_DRAFT, type StudyDraft } from './draft.ts';

/**
 * idle: none is open. starting: the worker is being made ready. measuring: it trains. paused: stopped,
 * or restored from storage, with something left to do. failed and finished: the log says so, or the
 * worker died.
 */
export type StudyStatus = 'idle' | 'starting' | 'measuring' | 'paused' | 'failed' | 'finished';

/** A study that ships with the lab, as its index lists it. */
export interface ShippedStudy {
  readonly file: string;
  readonly title: string;
  readonly dataset: string;
  /** One sentence of what it holds. */
  readonly about: string;
}

/** What the reader looks at. Keys are ids of rankers and of architectures. */
export interface StudyChosen {
  readonly ranker: string;
  readonly figure: FigureId;
  /** Ranker that the others are compared with; null: the best size baseline. */
  readonly reference: string | null;
  readonly axis: 'values' | 'ranks';
  readonly k: number;
  /** Architectures that are brushed. */
  readonly architectures: readonly string[];
  /** A discordant pair under inspection. */
  readonly pair: readonly [string, string] | null;
}

/** Discordant pairs of a ranker in a report; null where there are too many to list. */
export interface ListedPairs {
  readonly ranker: string;
  readonly eventCount: number;
  readonly list: readonly NamedPair[] | null;
}

export interface StudySlice {
  readonly studies: readonly StudySummary[];
  readonly shipped: readonly ShippedStudy[];
  readonly log: StudyLog | null;
  /** True for a shipped study: adding to it makes a copy of one's own. */
  readonly recorded: boolean;
  readonly view: StudyView;
  readonly status: StudyStatus;
  readonly failure: ErrorRecord | null;
  /** What each lane does now; empty unless measuring. */
  readonly lanes: readonly JobProgress[];
  readonly report: StudyReport | null;
  /** The view that the report is about: an earlier one while a newer one is analysed. */
  readonly reportedView: StudyView;
  /** Why there is no report, e.g. too few architectures. */
  readonly reportError: ErrorRecord | null;
  readonly pairs: ListedPairs | null;
  /** Several finished studies of one kind together; null until there are any. */
  readonly pooled: PooledAnalysis | null;
  readonly chosen: StudyChosen;
  readonly draft: StudyDraft;
  /** True while the form for a new study is shown although one is open. */
  readonly settingUp: boolean;
  /** True while the dialog that asks for more is open. */
  readonly adding: boolean;
}

export const INITIAL_CHOSEN: StudyChosen = {
  ranker: 'fade',
  figure: 'spearman',
  reference: null,
  axis: 'ranks',
  k: 5,
  architectures: [],
  pair: null,
};

export const INITIAL_STUDY: StudySlice = {
  studies: [],
  shipped: [],
  log: null,
  recorded: false,
  view: EMPTY_STUDY,
  status: 'idle',
  failure: null,
  lanes: [],
  report: null,
  reportedView: EMPTY_STUDY,
  reportError: null,
  pairs: null,
  pooled: null,
  chosen: INITIAL_CHOSEN,
  draft: EMPTY_STUDY_DRAFT,
  settingUp: false,
  adding: false,
};

/** Whatever holds the slice under `study`. */
export type StudyStore = StoreApi<{ readonly study: StudySlice }>;

/** Changes fields of the slice. */
export function setStudy(store: StudyStore, change: Partial<StudySlice>): void {
  store.setState(({ study }) => ({ study: { ...study, ...change } }));
}

/** Changes what the reader looks at. */
export function chooseInStudy(store: StudyStore, change: Partial<StudyChosen>): void {
  store.setState(({ study }) => ({ study: { ...study, chosen: { ...study.chosen, ...change } } }));
}

/** How a study that nobody measures stands. */
export function restingStudy(view: StudyView): StudyStatus {
  if (view.finished) return 'finished';
  return view.phase === 'failed' ? 'failed' : 'paused';
}

/** Opens a log; what was derived from another is dropped. */
export function showStudy(
  store: StudyStore,
  log: StudyLog,
  change: Partial<StudySlice> = {},
): void {
  const view = reduceStudy(log.events);
  store.setState(({ study }) => ({
    study: {
      ...study,
      log,
      view,
      recorded: false,
      status: restingStudy(view),
      failure: view.error,
      lanes: [],
      report: null,
      reportError: null,
      pairs: null,
      pooled: null,
      settingUp: false,
      chosen: { ...study.chosen, architectures: [], pair: null },
      ...change,
    },
  }));
}

/** Adds events to the open log. */
export function addStudyEvents(store: StudyStore, events: readonly StudyEvent[]): void {
  const { log, view } = store.getState().study;
  if (!log || events.length === 0) return;
  setStudy(store, {
    log: { ...log, events: [...log.events, ...events] },
    view: appendStudyEvents(view, events),
  });
}
