/** What networks trained alone look like to the rest of the page. */
import type { StoreApi } from 'zustand/vanilla';
import type { ErrorRecord } from '../../core/errors.ts';
import type { CurvePoint } from '../../core/study/events.ts';
import type {
  ExportFile,
  ExportFormat,
  TrainedModel,
  TrainingOutcome,
  TrainingRequest,
} from '../../core/trainedModel.ts';
import type { ConnectClient } from '../clientHub.ts';
import type { LabStorage } from '../storage/open.ts';
import type { LabStore } from '../store.ts';

export interface NetworkTraining {
  readonly key: string;
  readonly request: TrainingRequest;
  /** The curve so far. */
  readonly points: readonly CurvePoint[];
}

export interface NetworksState {
  /** Finished trainings by key. */
  readonly outcomes: { readonly [key: string]: TrainingOutcome };
  /** What trains now, in order: the first trains, the others wait. */
  readonly training: readonly NetworkTraining[];
  /** How far trainings came that ended without an outcome, by key: never empty. */
  readonly reached: { readonly [key: string]: readonly CurvePoint[] };
  /** Why a training ended without an outcome, by key. */
  readonly failures: { readonly [key: string]: ErrorRecord };
}

export type NetworksStore = StoreApi<NetworksState>;

export interface Networks {
  readonly store: NetworksStore;
  /**
   * Trains unless it is known or under way already; resolves when that is over, however it ends. One
   * that was cut off begins again from its start.
   */
  train(request: TrainingRequest): Promise<void>;
  /** Ends a training; its curve is forgotten. */
  cancel(key: string): void;
  /** Looks for what is stored of a training; true if that is an outcome. */
  recall(request: TrainingRequest): Promise<boolean>;
  /** Class probabilities of one normalised image. */
  predict(model: TrainedModel, image: Float32Array): Promise<Float32Array>;
  /** One file. @throws LabError as the engine's exports do. */
  exportModel(model: TrainedModel, format: ExportFormat): Promise<ExportFile>;
  /** Waits until everything is written. */
  flush(): Promise<void>;
}

export interface NetworksOptions {
  /** The lab's own store: for notices. */
  readonly store: LabStore;
  readonly connect: ConnectClient;
  readonly openStorage: () => Promise<LabStorage>;
  /** The present as an ISO date. */
  readonly now: () => string;
  /** How long events are gathered before they are stored, in milliseconds. */
  readonly delayMs?: number;
  /** Called before a training starts: pauses what else trains. */
  readonly makeRoom: () => void;
}
