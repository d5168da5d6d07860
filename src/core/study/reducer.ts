/**
 * From the log of a correlation study to what the screen shows. Pure, and the same whether the events
 * come at once or one by one, as in `core/run/reducer.ts`.
 */
import { chainId } from '../cellId.ts';
import type { ErrorRecord } from '../errors.ts';
import type { ProxyValues } from '../proxies/registry.ts';
import { choiceParts, type Region } from '../region.ts';
import type { BackendInfo } from '../run/events.ts';
import type { ArchitectureId, PartId } from '../space/ids.ts';
import {
  FEWEST_ARCHITECTURES,
  type StudyAmount,
  type StudyConfig,
  type SupernetVariant,
} from './config.ts';
import type {
  EvaluationFinished,
  ExtraEvaluation,
  ProxiesFinished,
  StudyEvent,
  StudyExtended,
  StudyStarted,
  SupernetFinished,
} from './events.ts';

/** Where a study stands. `measuring` lasts until everything asked for so far is there. */
export type StudyPhase = 'empty' | 'measuring' | 'finished' | 'failed';

/** One architecture and what is known of it. */
export interface ArchitectureView {
  /** Architecture id, e.g. `5:a3.1f`: the same for isomorphic cells. */
  readonly architecture: ArchitectureId;
  /** Candidate of each stage. */
  readonly choice: readonly number[];
  /** One a stage. */
  readonly cells: readonly PartId[];
  /** Trainings with the study's own number of steps, by seed. */
  readonly evaluations: readonly EvaluationFinished[];
  /** Trainings with other numbers of steps, by steps and seed; no part of the truth. */
  readonly extra: readonly EvaluationFinished[];
  readonly proxies: ProxyValues | null;
}

/** One way to train a supernet, and those trained so far. */
export interface VariantView extends SupernetVariant {
  /** True for the first variant, whose rankers have plain ids. */
  readonly main: boolean;
  /** Finished ones, by their number in the ensemble. */
  readonly supernets: readonly SupernetFinished[];
}

export interface StudyView {
  /** Events applied: the cursor this view belongs to. */
  readonly eventCount: number;
  readonly header: StudyStarted | null;
  readonly config: StudyConfig | null;
  /** What is asked for, extensions included. */
  readonly amount: StudyAmount | null;
  /** Single trainings asked for besides, in the order they were asked for. */
  readonly extra: readonly ExtraEvaluation[];
  readonly backend: BackendInfo | null;
  readonly phase: StudyPhase;
  /** Selected for training alone, in the order of selection; no two are isomorphic. */
  readonly architectures: readonly ArchitectureView[];
  /** Trained on demand without having been selected; no part of the correlation. */
  readonly others: readonly ArchitectureView[];
  /** In the order of the config, the main one first. */
  readonly variants: readonly VariantView[];
  /** How often the GPU was lost and came back. */
  readonly losses: number;
  /** Why the study stopped; null again once it goes on. */
  readonly error: ErrorRecord | null;
  readonly finished: boolean;
  /** Training steps since the start. */
  readonly stepsDone: number;
  /** Wall milliseconds of the last event, for display. */
  readonly wall: number;
}

export const EMPTY_STUDY: StudyView = {
  eventCount: 0,
  header: null,
  config: null,
  amount: null,
  extra: [],
  backend: null,
  phase: 'empty',
  architectures: [],
  others: [],
  variants: [],
  losses: 0,
  error: null,
  finished: false,
  stepsDone: 0,
  wall: 0,
};

/** True if there is enough truth for a correlation: architectures trained, or failed, by plan. */
export function isReportable({ architectures }: StudyView): boolean {
  const tried = architectures.filter(({ evaluations }) => evaluations.length > 0);
  return tried.length >= FEWEST_ARCHITECTURES;
}

/** Id of the architecture that a choice of candidates stands for. */
export function choiceId(region: Region, choice: readonly number[]): ArchitectureId {
  return chainId(choiceParts(region, choice));
}

type Draft = { -readonly [K in keyof StudyView]: StudyView[K] };

function started(draft: Draft, event: StudyStarted): void {
  draft.header = event;
  draft.config = event.config;
  draft.amount = event.amount;
  draft.backend = event.backend;
  draft.variants = event.config.variants.map((variant, index) => ({
    ...variant,
    main: index === 0,
    supernets: [],
  }));
}

/** The amount never shrinks: what has been asked for stays asked for. */
function extended(draft: Draft, event: StudyExtended): void {
  const before = draft.amount ?? event.amount;
  draft.amount = {
    architectures: Math.max(before.architectures, event.amount.architectures),
    seeds: Math.max(before.seeds, event.amount.seeds),
    supernets: Math.max(before.supernets, event.amount.supernets),
  };
  draft.extra = [...draft.extra, ...event.extra];
}

function unmeasured(region: Region, choice: readonly number[]): ArchitectureView {
  return {
    architecture: choiceId(region, choice),
    choice,
    cells: choiceParts(region, choice),
    evaluations: [],
    extra: [],
    proxies: null,
  };
}

function selected(draft: Draft, choices: readonly (readonly number[])[]): void {
  if (!draft.config) return;
  const architectures = [...draft.architectures];
  const known = new Set(architectures.map(({ architecture }) => architecture));
  for (const choice of choices) {
    const fresh = unmeasured(draft.config.region, choice);
    if (known.has(fresh.architecture)) continue;
    known.add(fresh.architecture);
    const other = draft.others.find(({ architecture }) => architecture === fresh.architecture);
    architectures.push(other ?? fresh);
  }
  draft.architectures = architectures;
  draft.others = draft.others.filter(({ architecture }) => !known.has(architecture));
}

/** Replaces the architecture of an event; one that was never selected joins the others. */
function change(
  draft: Draft,
  { architecture, choice }: { readonly architecture: string; readonly choice: readonly number[] },
  update: (before: ArchitectureView) => ArchitectureView,
): void {
  if (!draft.config) return;
  const replace = (list: readonly ArchitectureView[]) =>
    list.map((one) => (one.architecture === architecture ? update(one) : one));
  const within = (list: readonly ArchitectureView[]) =>
    list.some((one) => one.architecture === architecture);
  if (within(draft.architectures)) draft.architectures = replace(draft.architectures);
  else if (within(draft.others)) draft.others = replace(draft.others);
  else draft.others = [...draft.others, update(unmeasured(draft.config.region, choice))];
}

const byStepsAndSeed = (a: EvaluationFinished, b: EvaluationFinished) =>
  a.steps - b.steps || a.seed - b.seed;

/** A result that is there already stays: facts do not change. */
function withEvaluation(
  list: readonly EvaluationFinished[],
  event: EvaluationFinished,
): readonly EvaluationFinished[] {
  const known = list.some(({ seed, steps }) => seed === event.seed && steps === event.steps);
  return known ? list : [...list, event].sort(byStepsAndSeed);
}

function evaluated(draft: Draft, event: EvaluationFinished): void {
  const list = event.steps === draft.config?.steps ? 'evaluations' : 'extra';
  change(draft, event, (one) => ({ ...one, [list]: withEvaluation(one[list], event) }));
}

function proxied(draft: Draft, event: ProxiesFinished): void {
  change(draft, event, (one) => ({ ...one, proxies: one.proxies ?? event.values }));
}

function supernetDone(draft: Draft, event: SupernetFinished): void {
  draft.variants = draft.variants.map((variant) => {
    const known = variant.supernets.some(({ supernet }) => supernet === event.supernet);
    if (variant.id !== event.variant || known) return variant;
    const supernets = [...variant.supernets, event].sort((a, b) => a.supernet - b.supernet);
    return { ...variant, supernets };
  });
}

function apply(draft: Draft, event: StudyEvent): void {
  draft.eventCount += 1;
  draft.stepsDone = event.at;
  draft.wall = event.wall;
  draft.error = event.type === 'study/failed' ? event.error : null;
  draft.finished = event.type === 'study/finished';
  draft.phase = draft.error ? 'failed' : draft.finished ? 'finished' : 'measuring';
  switch (event.type) {
    case 'study/started':
      started(draft, event);
      break;
    case 'study/extended':
      extended(draft, event);
      break;
    case 'study/selected':
      selected(draft, event.choices);
      break;
    case 'supernet/finished':
      supernetDone(draft, event);
      break;
    case 'evaluation/finished':
      evaluated(draft, event);
      break;
    case 'proxies/finished':
      proxied(draft, event);
      break;
    case 'device/lost':
      draft.losses += 1;
      break;
    case 'study/failed':
    case 'study/finished':
      break;
    default:
      event satisfies never;
  }
}

/** Carries a view on; the given one stays as it is. */
export function appendStudyEvents(view: StudyView, events: readonly StudyEvent[]): StudyView {
  if (events.length === 0) return view;
  const draft: Draft = { ...view };
  for (const event of events) apply(draft, event);
  return draft;
}

/** The view after the first `cursor` events (all of them by default). */
export function reduceStudy(
  events: readonly StudyEvent[],
  cursor: number = events.length,
): StudyView {
  return appendStudyEvents(EMPTY_STUDY, events.slice(0, Math.max(0, cursor)));
}
