/** How correlation studies are kept, and what a list shows of them. */
import type { Region } from '../../core/region.ts';
import type { RegionOrigin, StudyAmount, StudyConfig } from '../../core/study/config.ts';
import type { StudyEvent } from '../../core/study/events.ts';
import { STUDY_LOG } from '../../core/study/log.ts';
import type { LogStore, StoredKind, Summary } from './logStore.ts';

/** The few settings that a list of studies shows. */
export interface StudySettings {
  readonly preset: string;
  readonly dataset: string;
  readonly stages: number;
  readonly candidates: number;
  readonly seed: number;
  readonly origin: RegionOrigin['kind'];
  readonly amount: StudyAmount;
}

export interface StudyFacts {
  /** Trainings of single architectures that are finished. */
  readonly evaluations: number;
  /** True if all that was asked for is measured. */
  readonly finished: boolean;
  /** Null until the header event has arrived. */
  readonly facts: StudySettings | null;
}

export type StudySummary = Summary<StudyFacts>;
export type StudyLogs = LogStore<StudyEvent, StudyFacts, never>;

const stageSizes = (region: Region) => Math.max(0, ...region.map((stage) => stage.length));

function settingsOf(config: StudyConfig, amount: StudyAmount): StudySettings {
  const { run, region, origin } = config;
  return {
    preset: run.preset,
    dataset: run.task.dataset,
    stages: region.length,
    candidates: stageSizes(region),
    seed: run.search.seed,
    origin: origin.kind,
    amount,
  };
}

function addFacts(before: StudyFacts, events: readonly StudyEvent[]): StudyFacts {
  let { facts, finished, evaluations } = before;
  for (const event of events) {
    if (event.type === 'study/started') facts = settingsOf(event.config, event.amount);
    if (event.type === 'study/extended' && facts) facts = { ...facts, amount: event.amount };
    if (event.type === 'evaluation/finished') evaluations += 1;
    finished = event.type === 'study/finished';
  }
  return { facts, finished, evaluations };
}

export const STORED_STUDIES: StoredKind<StudyEvent, StudyFacts, never> = {
  log: STUDY_LOG,
  stores: { heads: 'studies', events: 'studyEvents', snapshots: null },
  words: { many: 'studies', events: 'results', snapshot: 'snapshot' },
  noFacts: { evaluations: 0, finished: false, facts: null },
  addFacts,
  readSnapshot: () => null,
};
