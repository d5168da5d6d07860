/**
 * What is special about driving a training alone: it is known by what it trains, the worker tells its
 * curve as a whole each time, and one that was cut off begins again from its start, because the worker
 * saves nothing of it in between.
 */
import { LabError } from '../../core/errors.ts';
import type { NetworkEvent } from '../../core/network/events.ts';
import {
  appendNetworkEvents,
  finishedEvent,
  progressAfter,
  reduceNetwork,
} from '../../core/network/reducer.ts';
import type { CurvePoint } from '../../core/study/events.ts';
import type { TrainingRequest } from '../../core/trainedModel.ts';
import type { WorkerClient } from '../../worker/client/training.ts';
import { createLogDriver } from '../log/driver.ts';
import type { RunStatus } from '../store.ts';
import type { Archive } from './archive.ts';
import type { NetworksOptions, NetworksStore } from './types.ts';

export interface TrainingDriver {
  /** Trains from the start; resolves when that is over, however it ends, and stored. */
  go(): Promise<void>;
  /** Ends it, and forgets it. */
  cancel(): void;
  /** The curve so far, as the worker tells it. */
  onCurve(points: readonly CurvePoint[]): void;
}

export interface TrainingParts {
  readonly options: Pick<NetworksOptions, 'store' | 'now'>;
  readonly store: NetworksStore;
  readonly archive: Archive;
  readonly client: WorkerClient;
  readonly key: string;
  readonly request: TrainingRequest;
}

/** A driver of one training; nothing is asked of the worker yet. */
export function createTrainingDriver(parts: TrainingParts): TrainingDriver {
  const { options, store, archive, client, key, request } = parts;
  const { recorder } = archive;
  let view = reduceNetwork([]);
  let status: RunStatus = 'idle';
  let cancelled = false;
  /** The last step of the curve that the worker told last. */
  let told = 0;
  const began = Date.parse(options.now());
  const wall = () => Math.max(0, Date.parse(options.now()) - began);
  const stepsDone = () => view.points.at(-1)?.step ?? 0;

  const showCurve = () =>
    store.setState(({ training }) => ({
      training: training.map((one) => (one.key === key ? { ...one, points: view.points } : one)),
    }));

  const driver = createLogDriver<NetworkEvent>(options.store, {
    openId: () => key,
    status: () => status,
    stand(next) {
      status = next;
    },
    fresh: (events) => events,
    add(events) {
      view = appendNetworkEvents(view, events);
      showCurve();
    },
    record: recorder.append,
    warning: () => null, // The worker itself says that a training began again.
    fail(error) {
      driver.hear(key, [{ type: 'network/failed', at: stepsDone(), wall: wall(), error }]);
      store.setState(({ failures, reached }) => ({
        failures: { ...failures, [key]: error },
        reached: view.points.length > 0 ? { ...reached, [key]: view.points } : reached,
      }));
    },
    async rested() {
      store.setState(({ training }) => ({ training: training.filter((one) => one.key !== key) }));
      if (status === 'paused') await recorder.remove(key);
      await recorder.flush();
      await archive.tidy();
    },
  });

  const train = async (signal: AbortSignal): Promise<RunStatus> => {
    if (cancelled) throw new LabError('cancelled', 'The training was cancelled.');
    const outcome = await client.request('train', { key, request }, { signal });
    driver.hear(key, progressAfter(view, outcome.history, wall()));
    // The model first: a log that is finished has it.
    if (outcome.trained) recorder.snapshot(key, outcome.trained);
    driver.hear(key, [finishedEvent(outcome, wall())]);
    store.setState(({ outcomes }) => ({ outcomes: { ...outcomes, [key]: outcome } }));
    return 'finished';
  };

  return {
    async go() {
      view = reduceNetwork([archive.begin(key, request)]);
      await driver.go('starting', train);
    },
    cancel() {
      cancelled = true;
      driver.pause();
    },
    onCurve(points) {
      const last = points.at(-1)?.step ?? 0;
      // A curve that begins again is that of a training that lost its GPU.
      const lost: NetworkEvent[] =
        last < told ? [{ type: 'device/lost', at: stepsDone(), wall: wall() }] : [];
      told = last;
      driver.hear(key, [...lost, ...progressAfter(view, points, wall())]);
    },
  };
}
