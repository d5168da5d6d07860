/**
 * A correlation study is an append-only log of these events, as a run is of its own. Only finished
 * facts enter it, in an order that does not depend on how many workers measured them; what is under
 * way (`JobProgress`) is shown and forgotten. `at` counts training steps since the start of the
 * study; `wall` and `milliseconds` are for display and never enter the digest.
 */
import type { ErrorRecord } from '../errors.ts';
import type { ProxyValues } from '../proxies/registry.ts';
import type { ReadoutParts } from '../rankers/readout.ts';
import type { StageTable } from '../ranks.ts';
import type { BackendInfo } from '../run/events.ts';
import type { ExecutorId } from '../run/executors.ts';
import type { StudyAmount, StudyConfig } from './config.ts';

/** 2: the header names the executor. 3: lost devices are told. 4: cells by id, methods in the settings. */
export const STUDY_VERSION = 4;

interface EventBase {
  readonly at: number;
  readonly wall: number;
}

export interface StudyStarted extends EventBase {
  readonly type: 'study/started';
  readonly version: number;
  readonly config: StudyConfig;
  readonly amount: StudyAmount;
  readonly datasetDigest: string;
  readonly backend: BackendInfo;
  /** What trains; a study goes on with it. */
  readonly executor: ExecutorId;
  readonly engineVersion: string;
}

/** One architecture trained alone beyond the plan, e.g. for longer. */
export interface ExtraEvaluation {
  readonly choice: readonly number[];
  readonly seeds: number;
  readonly steps: number;
}

/** More is wanted: the amount from here on (never less than before), and single trainings besides. */
export interface StudyExtended extends EventBase {
  readonly type: 'study/extended';
  readonly amount: StudyAmount;
  readonly extra: readonly ExtraEvaluation[];
}

/** Architectures chosen for training alone, in addition to those before. */
export interface StudySelected extends EventBase {
  readonly type: 'study/selected';
  /** `choices[n][stage]`: candidate of each stage. */
  readonly choices: readonly (readonly number[])[];
}

/** What a supernet said at one step, before any ranker interprets it. Losses in nats, held out. */
export interface SupernetReadout extends ReadoutParts {
  /** Training steps done. */
  readonly step: number;
  /** softmax(alpha), and its mean over the averaged steps so far. `[stage][candidate]`. */
  readonly last: StageTable;
  readonly averaged: StageTable;
  /** Held-out loss and accuracy of the supernet mixed by `averaged`. */
  readonly loss: number;
  readonly accuracy: number;
}

/** A point of a training curve: means of the training batches since the last point. */
export interface CurvePoint {
  readonly step: number;
  readonly loss: number;
  readonly accuracy: number;
}

export interface SupernetFinished extends EventBase {
  readonly type: 'supernet/finished';
  /** Id of the variant. */
  readonly variant: string;
  /** Which supernet of the ensemble, from 0. */
  readonly supernet: number;
  readonly history: readonly (CurvePoint & { readonly weights: StageTable })[];
  /** In order of steps; the last is that of the finished supernet. */
  readonly readouts: readonly SupernetReadout[];
  readonly milliseconds: number;
}

export interface EvaluationFinished extends EventBase {
  readonly type: 'evaluation/finished';
  /** Architecture id, e.g. `5:a3.1f`. */
  readonly architecture: string;
  readonly choice: readonly number[];
  /** Which training of this architecture, from 0. */
  readonly seed: number;
  readonly steps: number;
  /** Test cross-entropy (nats) and accuracy; null if the training diverged. */
  readonly loss: number | null;
  readonly accuracy: number | null;
  /** Why there is no accuracy. */
  readonly diverged: string | null;
  readonly history: readonly CurvePoint[];
  readonly milliseconds: number;
}

export interface ProxiesFinished extends EventBase {
  readonly type: 'proxies/finished';
  readonly architecture: string;
  readonly choice: readonly number[];
  readonly values: ProxyValues;
}

/**
 * The GPU was lost and came back: the jobs that were on it began again by themselves. Told when it
 * happens, so its place among the results is chance; they are those of an undisturbed study, and this
 * never enters the digest. A loss that ends a study is `study/failed`.
 */
export interface StudyDeviceLost extends EventBase {
  readonly type: 'device/lost';
  /** What the device said. */
  readonly message: string;
  /** What was on it; at least one. */
  readonly jobs: readonly StudyJob[];
}

export interface StudyFailed extends EventBase {
  readonly type: 'study/failed';
  readonly error: ErrorRecord;
}

/** Everything asked for so far has been measured. */
export interface StudyFinished extends EventBase {
  readonly type: 'study/finished';
}

export type StudyEvent =
  | StudyStarted
  | StudyExtended
  | StudySelected
  | SupernetFinished
  | EvaluationFinished
  | ProxiesFinished
  | StudyDeviceLost
  | StudyFailed
  | StudyFinished;

/** A log with its name. */
export interface StudyLog {
  readonly id: string;
  readonly title: string;
  /** ISO date, for lists; not part of the digest. */
  readonly createdAt: string;
  readonly events: readonly StudyEvent[];
}

/** One independent piece of a study; any worker can do it from the config alone. */
export type StudyJob =
  | { readonly kind: 'supernet'; readonly variant: string; readonly supernet: number }
  | {
      readonly kind: 'alone';
      readonly choice: readonly number[];
      readonly seed: number;
      readonly steps: number;
    }
  | { readonly kind: 'proxies'; readonly choice: readonly number[] };

/** How far a job is; transient. */
export interface JobProgress {
  readonly job: StudyJob;
  /** Steps done and to do; readouts count as none. */
  readonly step: number;
  readonly steps: number;
  /** Means since the last report; null before the first. */
  readonly loss: number | null;
  readonly accuracy: number | null;
  /** softmax(alpha) of a supernet. */
  readonly weights: StageTable | null;
  /** What goes on now, e.g. `training`, `readout`. */
  readonly phase: 'waiting' | 'training' | 'readout';
}
