/** Where correlation studies live between visits, beside the runs. */
import type { Region } from '../../core/region.ts';
import type { RegionOrigin, StudyAmount, StudyConfig } from '../../core/study/config.ts';
import type { StudyEvent, StudyLog } from '../../core/study/events.ts';

/** The few facts that a list of studies shows. */
export interface StudyFacts {
  readonly preset: string;
  readonly dataset: string;
  readonly stages: number;
  readonly candidates: number;
  readonly seed: number;
  readonly origin: RegionOrigin['kind'];
  readonly amount: StudyAmount;
}

export interface StudySummary {
  readonly id: string;
  readonly title: string;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly eventCount: number;
  /** Trainings of single architectures that are finished. */
  readonly evaluations: number;
  /** True if all that was asked for is measured. */
  readonly finished: boolean;
  /** Null until the header event has arrived. */
  readonly facts: StudyFacts | null;
}

export interface StudyStorage {
  /** All studies, latest first. */
  list(): Promise<readonly StudySummary[]>;
  /** The whole log; null if there is no such study. */
  load(id: string): Promise<StudyLog | null>;
  /** Stores a log anew, replacing one of the same id. */
  create(log: StudyLog, at: string): Promise<StudySummary>;
  append(id: string, events: readonly StudyEvent[], at: string): Promise<StudySummary>;
  rename(id: string, title: string, at: string): Promise<StudySummary>;
  remove(id: string): Promise<void>;
}

const stageSizes = ({ stages }: Region) => Math.max(0, ...stages.map((stage) => stage.length));

function factsOf(config: StudyConfig, amount: StudyAmount): StudyFacts {
  const { run, region, origin } = config;
  return {
    preset: run.preset,
    dataset: run.task.dataset,
    stages: region.stages.length,
    candidates: stageSizes(region),
    seed: run.search.seed,
    origin: origin.kind,
    amount,
  };
}

/** The summary after `events` were added. */
export function extendStudy(
  summary: StudySummary,
  events: readonly StudyEvent[],
  at: string,
): StudySummary {
  let { facts, finished, evaluations } = summary;
  for (const event of events) {
    if (event.type === 'study/started') facts = factsOf(event.config, event.amount);
    if (event.type === 'study/extended' && facts) facts = { ...facts, amount: event.amount };
    if (event.type === 'evaluation/finished') evaluations += 1;
    finished = event.type === 'study/finished';
  }
  const eventCount = summary.eventCount + events.length;
  return { ...summary, updatedAt: at, eventCount, facts, finished, evaluations };
}

/** The summary of a log. */
export function summariseStudy(log: StudyLog, at: string): StudySummary {
  const { id, title, createdAt } = log;
  const empty = { id, title, createdAt, updatedAt: at, eventCount: 0, evaluations: 0 };
  return extendStudy({ ...empty, finished: false, facts: null }, log.events, at);
}

/** Latest first. */
export function studiesByRecency(a: StudySummary, b: StudySummary): number {
  return b.updatedAt.localeCompare(a.updatedAt) || a.id.localeCompare(b.id);
}
