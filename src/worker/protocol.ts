/**
 * What the page and the worker say to each other. One map from request to result; both ends derive
 * their types from it. Events flow apart from replies, in arrays, at most ten messages a second.
 */
import type { ErrorRecord } from '../core/errors.ts';
import type { RunConfig } from '../core/run/config.ts';
import type { BackendProbe, GradientCheck, RunEvent } from '../core/run/events.ts';

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
  /** Tests the gradients of every kind of operation on the chosen backend. */
  gradients: { body: null; result: readonly GradientCheck[] };
  /** Tensor and byte counts, for the about panel and tests. */
  memory: { body: null; result: { tensors: number; bytes: number } };
}

export type RequestType = keyof Requests;
export type RequestBody<T extends RequestType> = Requests[T]['body'];
export type RequestResult<T extends RequestType> = Requests[T]['result'];

export type ToWorker =
  | {
      [T in RequestType]: { kind: 'request'; id: number; type: T; body: RequestBody<T> };
    }[RequestType]
  /** Cancels a pending request; cancelling `start` or `advance` pauses the run at the next step. */
  | { kind: 'cancel'; id: number }
  /** Where datasets and WASM binaries are served from. Sent first. */
  | { kind: 'configure'; baseUrl: string };

export type FromWorker =
  | { kind: 'ready' }
  | { kind: 'reply'; id: number; ok: true; result: RequestResult<RequestType> }
  | { kind: 'reply'; id: number; ok: false; error: ErrorRecord }
  | { kind: 'events'; run: string; events: readonly RunEvent[] }
  | { kind: 'checkpoint'; run: string; checkpoint: Checkpoint }
  | { kind: 'notice'; topic: 'dataset' | 'backend'; text: string; done: number; total: number };
