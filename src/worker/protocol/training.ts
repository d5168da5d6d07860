/**
 * What the page and the worker say to each other. One map from request to result; both ends derive
 * their types from it. Events flow apart from replies, in arrays, at most ten messages a second.
 */
import type { BenchBackend, BenchRequest } from '../../core/bench/requests.ts';
import type { BenchResult } from '../../core/bench/results.ts';
import type { ErrorRecord } from '../../core/errors.ts';
import type { RunConfig } from '../../core/run/config.ts';
import type { BackendProbe, GradientCheck, RunEvent } from '../../core/run/events.ts';
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
export type RunUntil = 'phase' | 'generation' | 'end';

/** Parts of a generation, in order. */
export type Phase = 'proposed' | 'trained' | 'ranked' | 'moved' | 'finished';

/** A supernet in the middle of training: enough to go on exactly where it was. */
export interface Checkpoint {
  readonly generation: number;
  readonly supernet: number;
  readonly step: number;
  /** Weights, alphas, moments, accumulators as one flat buffer each. */
  readonly buffers: { readonly [name: string]: Float32Array };
}

export interface Requests {
  /** Chooses, probes and self-tests a backend. `prefer` is the user's choice. */
  backend: { body: { prefer: 'auto' | 'webgpu' | 'wasm' }; result: BackendProbe };
  /**
   * Starts a run, or continues one from its log, and goes on until `until`. Resolves at that point
   * with the phase reached; the run then waits in the worker for `advance`.
   */
  start: {
    body: {
      run: string;
      config: RunConfig;
      until: RunUntil;
      /** Events so far (empty for a new run); the run continues after the last complete generation. */
      events: readonly RunEvent[];
      parent: { run: string; generation: number } | null;
      checkpoint: Checkpoint | null;
    };
    result: { phase: Phase; generation: number };
  };
  advance: { body: { run: string; until: RunUntil }; result: { phase: Phase; generation: number } };
  /** Forgets the run in the worker and frees its tensors. */
  stop: { body: { run: string }; result: null };
  /**
   * Measures a study until all of it is there, or until cancelled. What is finished by then has
   * been told in `studyEvents`; a job that is cut off is done anew the next time.
   */
  study: {
    body: {
      study: string;
      config: StudyConfig;
      /** How much is wanted from here on; never less than the log asks for. */
      amount: StudyAmount;
      extra: readonly ExtraEvaluation[];
      /** Events so far, empty for a new study. */
      events: readonly StudyEvent[];
      /** What other studies have of the same trainings. */
      known: readonly KnownTrainings[];
    };
    result: { finished: boolean };
  };
  /** Trains an architecture alone; its curve comes in `curve` messages under `key` meanwhile. */
  train: { body: { key: string; request: TrainingRequest }; result: TrainingOutcome };
  /** Class probabilities, images × classes, of normalised images. */
  predict: { body: { model: TrainedModel; images: Float32Array }; result: Float32Array };
  /** The model as one file for another tool. */
  exportModel: { body: { model: TrainedModel; format: ExportFormat }; result: ExportFile };
  /** Tests the gradients of every kind of operation on the chosen backend. */
  gradients: { body: null; result: readonly GradientCheck[] };
  /** Measures how fast this machine is on a backend; says what it found so far in `benchLine`. */
  bench: { body: { backend: BenchBackend; request: BenchRequest }; result: BenchResult };
  /** Tensor and byte counts, for the about panel and tests. */
  memory: { body: null; result: { tensors: number; bytes: number } };
}

/** The threads that share each step on WASM. */
export interface Team {
  readonly threads: number;
  /** Why there is only one; empty if there are more. */
  readonly reason: string;
}

export type RequestType = keyof Requests;
export type RequestBody<T extends RequestType> = Requests[T]['body'];
export type RequestResult<T extends RequestType> = Requests[T]['result'];

export type ToWorker =
  | {
      [T in RequestType]: { kind: 'request'; id: number; type: T; body: RequestBody<T> };
    }[RequestType]
  /** Cancels a pending request; cancelling `start`, `advance` or `study` pauses at the next step. */
  | { kind: 'cancel'; id: number }
  /** Where datasets and WASM binaries are served from. Sent first. */
  | { kind: 'configure'; baseUrl: string };

export type FromWorker =
  | { kind: 'ready' }
  | { kind: 'reply'; id: number; ok: true; result: RequestResult<RequestType> }
  | { kind: 'reply'; id: number; ok: false; error: ErrorRecord }
  | { kind: 'events'; run: string; events: readonly RunEvent[] }
  | { kind: 'studyEvents'; study: string; events: readonly StudyEvent[] }
  /** How far each job under way is; at most ten a second. */
  | { kind: 'studyProgress'; study: string; jobs: readonly JobProgress[] }
  /** The curve of a training alone so far; at most ten a second. */
  | { kind: 'curve'; key: string; points: readonly CurvePoint[] }
  /** What a benchmark has just found. */
  | { kind: 'benchLine'; text: string }
  | { kind: 'checkpoint'; run: string; checkpoint: Checkpoint }
  /** One sentence that the user should read. */
  | { kind: 'warning'; text: string }
  /** The threads to expect, once WASM was chosen, and those there are, once they began. */
  | { kind: 'team'; team: Team }
  | { kind: 'notice'; topic: 'dataset' | 'backend'; text: string; done: number; total: number };
