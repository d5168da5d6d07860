/**
 * What the page and the training thread say to each other: a protocol of the kit in core/rpc. Events
 * flow apart from replies, in arrays, at most ten messages a second; those that lead to a reply come
 * before it.
 */
import { BENCHMARKS, type BenchBackend, type BenchRequest } from '../../core/bench/requests.ts';
import type { BenchResult } from '../../core/bench/results.ts';
import { isRecord } from '../../core/paths.ts';
import type { ResultChecks } from '../../core/rpc/client.ts';
import type {
  BodyOf,
  Call,
  RequestType as RequestTypeOf,
  ResultOf,
  ToClient,
  ToServer,
} from '../../core/rpc/protocol.ts';
import type { RunConfig } from '../../core/run/config.ts';
import type { BackendProbe, GradientCheck, RunEvent } from '../../core/run/events.ts';
import type { StopPhase } from '../../core/run/phase.ts';
import type { StudyAmount, StudyConfig } from '../../core/study/config.ts';
import type {
  CurvePoint,
  ExtraEvaluation,
  JobProgress,
  StudyEvent,
} from '../../core/study/events.ts';
import type { KnownTrainings } from '../../core/study/reuse.ts';
import type {
  ExportFile,
  ExportFormat,
  TrainedModel,
  TrainingOutcome,
  TrainingRequest,
} from '../../core/trainedModel.ts';

/** How far a run goes on before it waits for the next request. */
export type RunUntil = 'phase' | 'round' | 'end';

/** A training that is under way: enough to go on exactly where it was. */
export interface Checkpoint {
  readonly round: number;
  readonly job: number;
  readonly supernet: number;
  readonly step: number;
  /** Weights, alphas, moments, accumulators as one flat buffer each. */
  readonly buffers: { readonly [name: string]: Float32Array };
}

/** Where a run stands. */
export interface Reached {
  readonly phase: StopPhase;
  readonly round: number;
}

interface StartBody {
  readonly run: string;
  readonly config: RunConfig;
  readonly until: RunUntil;
  /** Events so far (empty for a new run); the run continues after the last result. */
  readonly events: readonly RunEvent[];
  readonly parent: { readonly run: string; readonly round: number } | null;
  readonly checkpoint: Checkpoint | null;
}

interface StudyBody {
  readonly study: string;
  readonly config: StudyConfig;
  /** How much is wanted from here on; never less than the log asks for. */
  readonly amount: StudyAmount;
  readonly extra: readonly ExtraEvaluation[];
  /** Events so far, empty for a new study. */
  readonly events: readonly StudyEvent[];
  /** What other studies have of the same trainings. */
  readonly known: readonly KnownTrainings[];
}

/** What the page may ask. Cancelling `start`, `advance` or `study` pauses at the next step. */
type Requests = {
  /** Chooses, probes and self-tests a backend. `prefer` is the user's choice. */
  backend: Call<{ readonly prefer: 'auto' | 'webgpu' | 'wasm' }, BackendProbe>;
  /**
   * Starts a run, or continues one from its log, and goes on until `until`. Resolves at that point
   * with the phase reached; the run then waits in the worker for `advance`.
   */
  start: Call<StartBody, Reached>;
  advance: Call<{ readonly run: string; readonly until: RunUntil }, Reached>;
  /** Forgets the run in the worker and frees its tensors. */
  stop: Call<{ readonly run: string }, null>;
  /**
   * Measures a study until all of it is there, or until cancelled. What is finished by then has
   * been told in `studyEvents`; a job that is cut off is done anew the next time.
   */
  study: Call<StudyBody, { readonly finished: boolean }>;
  /** Trains an architecture alone; its curve comes in `curve` under `key` meanwhile. */
  train: Call<{ readonly key: string; readonly request: TrainingRequest }, TrainingOutcome>;
  /** Class probabilities, images × classes, of normalised images. */
  predict: Call<{ readonly model: TrainedModel; readonly images: Float32Array }, Float32Array>;
  /** The model as one file for another tool. */
  exportModel: Call<{ readonly model: TrainedModel; readonly format: ExportFormat }, ExportFile>;
  /** Tests the gradients of every kind of operation on the chosen backend. */
  gradients: Call<null, readonly GradientCheck[]>;
  /** Measures how fast this machine is on a backend; says what it found so far in `benchLine`. */
  bench: Call<{ readonly backend: BenchBackend; readonly request: BenchRequest }, BenchResult>;
  /** Tensor and byte counts, for the about panel and tests. */
  memory: Call<null, { readonly tensors: number; readonly bytes: number }>;
};

/** The threads that share each step on WASM. */
export interface Team {
  readonly threads: number;
  /** Why there is only one; empty if there are more. */
  readonly reason: string;
}

/** How far something has come that takes a while. */
export interface Notice {
  readonly topic: 'dataset' | 'backend';
  readonly text: string;
  readonly done: number;
  readonly total: number;
}

/** What the thread says of its own accord. */
type Pushes = {
  events: { readonly run: string; readonly events: readonly RunEvent[] };
  /** Never ahead of the events it continues from. */
  checkpoint: { readonly run: string; readonly checkpoint: Checkpoint };
  studyEvents: { readonly study: string; readonly events: readonly StudyEvent[] };
  /** How far each job under way is; at most ten a second. */
  studyProgress: { readonly study: string; readonly jobs: readonly JobProgress[] };
  /** The curve of a training alone so far; at most ten a second. */
  curve: { readonly key: string; readonly points: readonly CurvePoint[] };
  /** What a benchmark has just found. */
  benchLine: string;
  /** One sentence that the user should read. */
  warning: string;
  /** The threads to expect, once WASM was chosen, and those there are, once they began. */
  team: Team;
  notice: Notice;
};

export interface TrainingProtocol {
  /** Where datasets and WASM binaries are served from. */
  readonly setup: { readonly baseUrl: string };
  readonly requests: Requests;
  readonly pushes: Pushes;
}

export type RequestType = RequestTypeOf<TrainingProtocol>;
export type RequestBody<T extends RequestType> = BodyOf<TrainingProtocol, T>;
export type RequestResult<T extends RequestType> = ResultOf<TrainingProtocol, T>;
export type ToWorker = ToServer<TrainingProtocol>;
export type FromWorker = ToClient<TrainingProtocol>;

const PHASES: readonly unknown[] = [
  'started',
  'proposed',
  'trained',
  'measured',
  'moved',
  'finished',
  'failed',
] satisfies readonly StopPhase[];

const isProgress = (value: unknown): value is RequestResult<'start'> =>
  isRecord(value) && PHASES.includes(value.phase) && typeof value.round === 'number';

/** Whether a reply is what its request promises: a check for each. */
export const TRAINING_CHECKS: ResultChecks<TrainingProtocol> = {
  backend: (value): value is RequestResult<'backend'> =>
    isRecord(value) && isRecord(value.chosen) && Array.isArray(value.candidates),
  start: isProgress,
  advance: isProgress,
  stop: (value): value is null => value === null,
  study: (value): value is RequestResult<'study'> =>
    isRecord(value) && typeof value.finished === 'boolean',
  train: (value): value is RequestResult<'train'> =>
    isRecord(value) && Array.isArray(value.history) && 'trained' in value,
  predict: (value): value is Float32Array => value instanceof Float32Array,
  exportModel: (value): value is RequestResult<'exportModel'> =>
    isRecord(value) && value.bytes instanceof Uint8Array && typeof value.name === 'string',
  bench: (value): value is RequestResult<'bench'> =>
    isRecord(value) && BENCHMARKS.some(({ id }) => id === value.benchmark),
  gradients: (value): value is RequestResult<'gradients'> =>
    Array.isArray(value) && value.every((one) => isRecord(one) && typeof one.error === 'number'),
  memory: (value): value is RequestResult<'memory'> =>
    isRecord(value) && typeof value.tensors === 'number' && typeof value.bytes === 'number',
};
