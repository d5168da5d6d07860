/** From the log of a training alone to what the screen shows: pure, at once or event by event. */
import type { ErrorRecord } from '../errors.ts';
import type { CurvePoint } from '../study/events.ts';
import type { TrainingOutcome, TrainingRequest } from '../trainedModel.ts';
import type { NetworkEvent, NetworkFinished } from './events.ts';

export interface NetworkView {
  readonly request: TrainingRequest | null;
  /** The curve so far, ascending in step. */
  readonly points: readonly CurvePoint[];
  /** How often the GPU was lost and came back. */
  readonly losses: number;
  /** Null until it is over; then with a model beside the log, or why there is none. */
  readonly finished: NetworkFinished | null;
  readonly error: ErrorRecord | null;
}

export const EMPTY_NETWORK: NetworkView = {
  request: null,
  points: [],
  losses: 0,
  finished: null,
  error: null,
};

/** Carries a view on. */
export function appendNetworkEvents(
  view: NetworkView,
  events: readonly NetworkEvent[],
): NetworkView {
  let { request, losses, finished, error } = view;
  const points = [...view.points];
  for (const event of events) {
    switch (event.type) {
      case 'network/started':
        request = event.request;
        break;
      case 'network/progress':
        points.push({ step: event.at, loss: event.loss, accuracy: event.accuracy });
        break;
      case 'device/lost':
        losses += 1;
        break;
      case 'network/finished':
        finished = event;
        break;
      case 'network/failed':
        error = event.error;
        break;
      default:
        event satisfies never;
    }
  }
  return { request, points, losses, finished, error };
}

/** The view of a whole log. */
export const reduceNetwork = (events: readonly NetworkEvent[]): NetworkView =>
  appendNetworkEvents(EMPTY_NETWORK, events);

/** The events that tell of these points at `wall`, apart from those that the view has already. */
export function progressAfter(
  { points: known }: NetworkView,
  points: readonly CurvePoint[],
  wall: number,
): readonly NetworkEvent[] {
  const last = known.at(-1)?.step ?? 0;
  return points
    .filter(({ step }) => step > last)
    .map(({ step: at, loss, accuracy }) => ({
      type: 'network/progress',
      at,
      wall,
      loss,
      accuracy,
    }));
}

/** The event that ends a training, without what is kept beside the log. */
export function finishedEvent(
  { diverged, trained, history }: TrainingOutcome,
  wall: number,
): NetworkFinished {
  const { loss = null, accuracy = null } = trained?.model.training ?? {};
  const at = history.at(-1)?.step ?? 0;
  return { type: 'network/finished', at, wall, diverged, loss, accuracy };
}

/**
 * What came of a training: its log, and the snapshot beside it. Null if it is not over, or if the model
 * that it should have is not there.
 */
export function outcomeOf(
  { points, finished }: NetworkView,
  trained: TrainingOutcome['trained'],
): TrainingOutcome | null {
  if (!finished || (finished.diverged === null && !trained)) return null;
  return { history: points, diverged: finished.diverged, trained };
}
