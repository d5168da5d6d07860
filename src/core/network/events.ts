/**
 * The training of a network alone is an append-only log of these events, as a run is of its own. `at`
 * counts training steps; `wall` (milliseconds since the start) is for display and never enters the
 * digest. What is too large for an event, the model and what it says of the test images, is kept beside
 * the log as its snapshot.
 */
import type { ErrorRecord } from '../errors.ts';
import type { TrainingRequest } from '../trainedModel.ts';

export const NETWORK_VERSION = 1;

interface EventBase {
  readonly at: number;
  readonly wall: number;
}

export interface NetworkStarted extends EventBase {
  readonly type: 'network/started';
  readonly version: number;
  /** Everything that decides the trained network. */
  readonly request: TrainingRequest;
}

/** A point of the curve at step `at`: means of the training batches since the last point. */
export interface NetworkProgress extends EventBase {
  readonly type: 'network/progress';
  readonly loss: number;
  readonly accuracy: number;
}

/**
 * The GPU was lost at step `at` and came back: training began again by itself, from its start. Steps
 * that were told before are not told again, and this never enters the digest.
 */
export interface NetworkDeviceLost extends EventBase {
  readonly type: 'device/lost';
}

export interface NetworkFinished extends EventBase {
  readonly type: 'network/finished';
  /** Why there is no model; null if there is one. */
  readonly diverged: string | null;
  /** Test cross-entropy (nats) and accuracy of the model; null if there is none. */
  readonly loss: number | null;
  readonly accuracy: number | null;
}

export interface NetworkFailed extends EventBase {
  readonly type: 'network/failed';
  readonly error: ErrorRecord;
}

export type NetworkEvent =
  | NetworkStarted
  | NetworkProgress
  | NetworkDeviceLost
  | NetworkFinished
  | NetworkFailed;
