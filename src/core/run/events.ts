/**
 * A run is an append-only log of these events; everything on the screen is a pure function of
 * (log, cursor). All are JSON-safe. `at` counts training steps since the start of the run and is the
 * only clock; `wall` (milliseconds since the start) is for display and never enters the digest.
 */
import type { ErrorRecord } from '../errors.ts';
import type { Cost, Incumbent, Job, JobResult } from '../method/jobs.ts';
import type { StageTable } from '../ranks.ts';
import type { ArchitectureId } from '../space/ids.ts';
import type { RunConfig } from './config.ts';
import type { BackendName, ExecutorId } from './executors.ts';

/**
 * 2: the header names the executor. 3: and how many threads shared each step. 4: rounds of jobs, ids of
 * cells and architectures, and no state of the method.
 */
export const LOG_VERSION = 4;

interface EventBase {
  readonly at: number;
  readonly wall: number;
}

export interface BackendInfo {
  readonly name: BackendName;
  /** Adapter description of WebGPU, or the SIMD variant of WASM. */
  readonly adapter: string;
  /** Why this backend was chosen, for the reader. */
  readonly reason: string;
}

/** What was found on this machine. */
export interface BackendProbe {
  readonly chosen: BackendInfo;
  readonly candidates: readonly BackendCandidate[];
  /** What keeps executors from running on this machine, each in a sentence. */
  readonly lacks: { readonly [id in ExecutorId]?: string };
}

export interface BackendCandidate {
  readonly name: BackendInfo['name'];
  readonly available: boolean;
  /** Adapter, or why it is not available. */
  readonly note: string;
  /** Largest gradient error of the self-test, relative to the largest gradient; null if not run. */
  readonly gradientError: number | null;
}

/** Largest gradient error of one kind of operation against `cpu`, relative to the largest gradient. */
export interface GradientCheck {
  readonly operation: string;
  readonly error: number;
}

export interface RunStarted extends EventBase {
  readonly type: 'run/started';
  readonly version: number;
  readonly config: RunConfig;
  /** Hex SHA-256 of the dataset's bytes and split. */
  readonly datasetDigest: string;
  readonly backend: BackendInfo;
  /** What trains; a resumed run goes on with it. */
  readonly executor: ExecutorId;
  /** Threads that shared each step where the run began; they decide nothing but its speed. */
  readonly threads: number;
  readonly engineVersion: string;
  /** Where this log branched from another, if it did. */
  readonly parent: { readonly run: string; readonly round: number } | null;
}

/** A method asked for these jobs. A generation of a region search is a round with one `rank` job. */
export interface RoundStarted extends EventBase {
  readonly type: 'round/started';
  /** From 0. */
  readonly round: number;
  readonly jobs: readonly Job[];
}

interface ProgressBase extends EventBase {
  readonly type: 'job/progress';
  readonly round: number;
  /** Which job of the round, from 0. */
  readonly job: number;
  /** Which supernet of an ensemble, from 0; 0 where a network is trained alone. */
  readonly supernet: number;
  /** Steps done, 1..steps. */
  readonly step: number;
  readonly steps: number;
  readonly epoch: number;
  /** Mean training loss and accuracy of the steps since the last report. */
  readonly loss: number;
  readonly accuracy: number;
  /** Milliseconds a step since the last report; display only, never in the digest. */
  readonly wallPerStep: number;
}

/** A supernet trains. */
export interface RankProgress extends ProgressBase {
  readonly kind: 'rank';
  /** softmax(alpha): `weights[stage][candidate]`, each stage sums to 1. */
  readonly weights: StageTable;
  readonly alphaMoves: boolean;
}

/** A network trains alone. */
export interface EvaluateProgress extends ProgressBase {
  readonly kind: 'evaluate';
}

export type JobProgress = RankProgress | EvaluateProgress;

export interface JobFinished extends EventBase {
  readonly type: 'job/finished';
  readonly round: number;
  readonly job: number;
  readonly result: JobResult;
  readonly cost: Cost;
}

/** The method was told the answers. */
export interface RoundFinished extends EventBase {
  readonly type: 'round/finished';
  readonly round: number;
  /** What the method's own panel draws; its shape is the method's (`noteSchema`). */
  readonly note: unknown;
  readonly incumbent: Incumbent | null;
  /** Only from methods that keep a front. */
  readonly front?: readonly ArchitectureId[];
}

export interface RunPaused extends EventBase {
  readonly type: 'run/paused';
  readonly round: number;
  readonly step: number;
}

/** A step of a training in the round that is under way. */
export interface TrainingPlace {
  /** Which job of the round, from 0. */
  readonly job: number;
  /** Which supernet of an ensemble, from 0. */
  readonly supernet: number;
  /** Steps done, 0..steps. */
  readonly step: number;
}

/**
 * The GPU was lost in the middle of a round and came back: training went on by itself. What was told
 * before is not told again, and results are those of an undisturbed run, so that this never enters the
 * digest. A loss that ends a run is `run/failed`.
 */
export interface DeviceLost extends EventBase, TrainingPlace {
  readonly type: 'device/lost';
  readonly round: number;
  /** What the device said. */
  readonly message: string;
  /** The last checkpoint, or the start of the job. */
  readonly from: TrainingPlace;
}

export interface RunFailed extends EventBase {
  readonly type: 'run/failed';
  readonly error: ErrorRecord;
}

export interface RunFinished extends EventBase {
  readonly type: 'run/finished';
  readonly rounds: number;
}

export type RunEvent =
  | RunStarted
  | RoundStarted
  | JobProgress
  | JobFinished
  | RoundFinished
  | RunPaused
  | DeviceLost
  | RunFailed
  | RunFinished;

/** A log with its name. `parent` is repeated from the header event. */
export interface RunLog {
  readonly id: string;
  readonly title: string;
  /** ISO date, for lists; not part of the digest. */
  readonly createdAt: string;
  readonly events: readonly RunEvent[];
}
