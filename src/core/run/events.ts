/**
 * A run is an append-only log of these events; everything on the screen is a pure function of
 * (log, cursor). All are JSON-safe. `at` counts supernet steps since the start of the run and is the
 * only clock; `wall` (milliseconds since the start) is for display and never enters the digest.
 */
import type { ErrorRecord } from '../errors.ts';
import type { CellMask, Region } from '../region.ts';
import type { Origin, StrategyState } from '../strategies/types.ts';
import type { RunConfig } from './config.ts';
import type { BackendName, ExecutorId } from './executors.ts';

/** 2: the header names the executor. 3: and how many threads shared each step. */
export const LOG_VERSION = 3;

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
  /** What trained the supernets; a resumed run goes on with it. */
  readonly executor: ExecutorId;
  /** Threads that shared each step where the run began; they decide nothing but its speed. */
  readonly threads: number;
  readonly engineVersion: string;
  /** Where this log branched from another, if it did. */
  readonly parent: { readonly run: string; readonly generation: number } | null;
}

export interface SupernetCost {
  /** Networks trained side by side: S·k cells. */
  readonly cells: number;
  readonly parameters: number;
  /** FLOPs of one training step (3 × forward × batch). */
  readonly flopsPerStep: number;
}

export interface GenerationStarted extends EventBase {
  readonly type: 'generation/started';
  readonly generation: number;
  readonly region: Region;
  /** Why each cell was born: `origins[stage][candidate]`. */
  readonly origins: readonly (readonly Origin[])[];
  readonly strategy: StrategyState;
  readonly cost: SupernetCost;
}

export interface SupernetProgress extends EventBase {
  readonly type: 'supernet/progress';
  readonly generation: number;
  /** Which supernet of an ensemble, from 0. */
  readonly supernet: number;
  /** Steps done, 1..steps. */
  readonly step: number;
  readonly steps: number;
  readonly epoch: number;
  /** Mean training loss and accuracy of the steps since the last report. */
  readonly loss: number;
  readonly accuracy: number;
  /** softmax(alpha): `weights[stage][candidate]`, each stage sums to 1. */
  readonly weights: readonly (readonly number[])[];
  readonly alphaMoves: boolean;
  /** Milliseconds a step since the last report; display only, never in the digest. */
  readonly wallPerStep: number;
}

export interface RankedArchitecture {
  /** Index of the chosen candidate of each stage. */
  readonly choice: readonly number[];
  readonly masks: readonly CellMask[];
  /** Additive rank score; comparable inside this region only. */
  readonly score: number;
}

export interface GenerationRanked extends EventBase {
  readonly type: 'generation/ranked';
  readonly generation: number;
  readonly ranker: string;
  /** Averaged architecture weights, `[stage][candidate]`. */
  readonly weights: readonly (readonly number[])[];
  /** Ranks R, `[stage][candidate]`; higher is better. */
  readonly ranks: readonly (readonly number[])[];
  /** The k-best architectures, best first (at most 12). */
  readonly best: readonly RankedArchitecture[];
  /** Validation cross-entropy and accuracy of the mixed supernet. */
  readonly loss: number;
  readonly accuracy: number;
  readonly steps: number;
}

export interface GenerationMoved extends EventBase {
  readonly type: 'generation/moved';
  readonly generation: number;
  /** Pseudo-gradient, `[stage][edge]`. */
  readonly gradient: readonly (readonly number[])[];
  /** W = utility of each candidate, `[stage][candidate]`. */
  readonly utilities: readonly (readonly number[])[];
  readonly before: StrategyState;
  readonly after: StrategyState;
}

export interface RunPaused extends EventBase {
  readonly type: 'run/paused';
  readonly generation: number;
  readonly step: number;
}

/** A step of a supernet in the generation that is being trained. */
export interface TrainingPlace {
  /** Which supernet of an ensemble, from 0. */
  readonly supernet: number;
  /** Steps done, 0..steps. */
  readonly step: number;
}

/**
 * The GPU was lost in the middle of a generation and came back: training went on by itself. What was
 * told before is not told again, and results are those of an undisturbed run, so that this never
 * enters the digest. A loss that ends a run is `run/failed`.
 */
export interface DeviceLost extends EventBase, TrainingPlace {
  readonly type: 'device/lost';
  readonly generation: number;
  /** What the device said. */
  readonly message: string;
  /** The last checkpoint, or the start of the generation. */
  readonly from: TrainingPlace;
}

export interface RunFailed extends EventBase {
  readonly type: 'run/failed';
  readonly error: ErrorRecord;
}

export interface RunFinished extends EventBase {
  readonly type: 'run/finished';
  readonly generations: number;
}

export type RunEvent =
  | RunStarted
  | GenerationStarted
  | SupernetProgress
  | GenerationRanked
  | GenerationMoved
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
