/** How runs are kept: what a list shows of them, and the checkpoint beside each. */
import { isRecord } from '../../core/paths.ts';
import type { RunConfig } from '../../core/run/config.ts';
import type { RunEvent, RunStarted } from '../../core/run/events.ts';
import { RUN_LOG } from '../../core/run/log.ts';
import type { Checkpoint } from '../../worker/protocol/training.ts';
import type { LogStore, StoredKind, Summary } from './logStore.ts';

/** The few settings a list of runs shows. */
export interface ConfigSummary {
  readonly preset: string;
  readonly dataset: string;
  readonly stages: number;
  readonly vertices: number;
  /** Of each stage. */
  readonly candidates: readonly number[];
  readonly generations: number;
  readonly seed: number;
  readonly method: string;
  readonly ranker: string;
}

export interface RunFacts {
  /** Null until the header event has arrived. */
  readonly config: ConfigSummary | null;
  readonly parent: RunStarted['parent'];
}

export type RunSummary = Summary<RunFacts>;
export type RunLogs = LogStore<RunEvent, RunFacts, Checkpoint>;

/** What a list shows of a config. */
function summariseConfig(config: RunConfig): ConfigSummary {
  const { preset, task, space, search, method, ranker } = config;
  return {
    preset,
    dataset: task.dataset,
    stages: space.stages,
    vertices: space.vertices,
    candidates: space.candidates,
    generations: search.generations,
    seed: search.seed,
    method: method.id,
    ranker: ranker.id,
  };
}

function addFacts({ config, parent }: RunFacts, events: readonly RunEvent[]): RunFacts {
  const header = events.find((event) => event.type === 'run/started');
  if (!header) return { config, parent };
  return { config: summariseConfig(header.config), parent: header.parent };
}

function isCheckpoint(value: unknown): value is Checkpoint {
  if (!isRecord(value) || !isRecord(value.buffers)) return false;
  const place = [value.round, value.job, value.supernet, value.step];
  const buffers = Object.values(value.buffers);
  return place.every(Number.isInteger) && buffers.every((one) => one instanceof Float32Array);
}

/** Logs before version 4 had generations of one job each. */
function readCheckpoint(value: unknown): Checkpoint | null {
  const { generation, ...rest } = isRecord(value) ? value : {};
  const present = generation === undefined ? value : { ...rest, round: generation, job: 0 };
  return isCheckpoint(present) ? present : null;
}

export const STORED_RUNS: StoredKind<RunEvent, RunFacts, Checkpoint> = {
  log: RUN_LOG,
  stores: { heads: 'runs', events: 'events', snapshots: 'checkpoints' },
  words: { many: 'runs', events: 'events', snapshot: 'checkpoint' },
  noFacts: { config: null, parent: null },
  addFacts,
  readSnapshot: readCheckpoint,
};
