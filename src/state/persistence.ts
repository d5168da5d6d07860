/**
 * Where runs live between visits: IndexedDB, or memory if the browser refuses it. Events are appended
 * in chunks as they arrive, keyed by [run, position of the first], in one transaction with the run's
 * summary, so that a crash in between does no harm.
 */
import type { RunConfig } from '../core/run/config.ts';
import type { RunEvent, RunLog, RunStarted } from '../core/run/events.ts';
import type { Checkpoint } from '../worker/protocol/training.ts';
import type { NetworkStorage } from './networks/storage.ts';
import type { StudyStorage } from './study/storage.ts';

/** The few settings a list of runs shows. */
export interface ConfigSummary {
  readonly preset: string;
  readonly dataset: string;
  readonly stages: number;
  readonly vertices: number;
  readonly candidates: number;
  readonly generations: number;
  readonly seed: number;
  readonly strategy: string;
  readonly ranker: string;
}

export interface RunSummary {
  readonly id: string;
  readonly title: string;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly eventCount: number;
  /** Null until the header event has arrived. */
  readonly config: ConfigSummary | null;
  readonly parent: RunStarted['parent'];
}

export interface RunStorage {
  readonly kind: 'indexeddb' | 'memory';
  /** All runs, latest first. */
  list(): Promise<readonly RunSummary[]>;
  /** The whole log; null if there is no such run. */
  load(id: string): Promise<RunLog | null>;
  /** Stores a log anew, replacing one of the same id. */
  create(log: RunLog, at: string): Promise<RunSummary>;
  append(id: string, events: readonly RunEvent[], at: string): Promise<RunSummary>;
  /** Drops all events from position `count` on. */
  truncate(id: string, count: number, at: string): Promise<RunSummary>;
  rename(id: string, title: string, at: string): Promise<RunSummary>;
  remove(id: string): Promise<void>;
  saveCheckpoint(id: string, checkpoint: Checkpoint): Promise<void>;
  loadCheckpoint(id: string): Promise<Checkpoint | null>;
  removeCheckpoint(id: string): Promise<void>;
  /** The studies, in the same place. */
  readonly studies: StudyStorage;
  /** The networks trained alone, too. */
  readonly networks: NetworkStorage;
  close(): void;
}

/** What a list shows of a config. */
export function summariseConfig(config: RunConfig): ConfigSummary {
  const { preset, task, space, search, strategy, ranker } = config;
  return {
    preset,
    dataset: task.dataset,
    stages: space.stages,
    vertices: space.vertices,
    candidates: space.candidates,
    generations: search.generations,
    seed: search.seed,
    strategy: strategy.id,
    ranker: ranker.id,
  };
}

/** The summary of a log. */
export function summarise(log: RunLog, at: string): RunSummary {
  const header = log.events.find((event) => event.type === 'run/started');
  return {
    id: log.id,
    title: log.title,
    createdAt: log.createdAt,
    updatedAt: at,
    eventCount: log.events.length,
    config: header ? summariseConfig(header.config) : null,
    parent: header?.parent ?? null,
  };
}

/** The summary after `events` were added. */
export function extend(summary: RunSummary, events: readonly RunEvent[], at: string): RunSummary {
  const header = events.find((event) => event.type === 'run/started');
  return {
    ...summary,
    updatedAt: at,
    eventCount: summary.eventCount + events.length,
    config: header ? summariseConfig(header.config) : summary.config,
    parent: header ? header.parent : summary.parent,
  };
}

/** Latest first. */
export function byRecency(a: RunSummary, b: RunSummary): number {
  return b.updatedAt.localeCompare(a.updatedAt) || a.id.localeCompare(b.id);
}
