import { describe, expect, it } from 'vitest';
import { logDigest } from '../log/digest.ts';
import { packLog, unpackLog } from '../log/file.ts';
import { decodeLog, encodeLog } from '../log/lines.ts';
import { syntheticConfig } from '../run/testing.ts';
import type { TrainingOutcome } from '../trainedModel.ts';
import type { NetworkEvent } from './events.ts';
import { NETWORK_LOG } from './log.ts';
import {
  appendNetworkEvents,
  EMPTY_NETWORK,
  finishedEvent,
  outcomeOf,
  progressAfter,
  reduceNetwork,
} from './reducer.ts';

const request = { config: syntheticConfig(), architecture: '3:0.5', seed: 1, steps: 3 };
const started: NetworkEvent = { type: 'network/started', at: 0, wall: 0, version: 1, request };
const history = [1, 2, 3].map((step) => ({ step, loss: 2 / step, accuracy: step / 10 }));
const diverged: TrainingOutcome = { history, diverged: 'The loss is no number.', trained: null };
const events: NetworkEvent[] = [
  started,
  ...progressAfter(EMPTY_NETWORK, history, 7),
  finishedEvent(diverged, 9),
];
const log = { id: 'n', title: 'A network', createdAt: '2026-01-01', events };

describe('the log of a training alone', () => {
  it('is read as it is written, losses that are no numbers and failures included', async () => {
    const error = { code: 'worker-died', message: 'It stopped.', details: {} } as const;
    const all: NetworkEvent[] = [
      started,
      { type: 'network/progress', at: 1, wall: 1, loss: Number.NaN, accuracy: 0 },
      { type: 'device/lost', at: 1, wall: 2 },
      { type: 'network/failed', at: 1, wall: 3, error },
      finishedEvent(diverged, 9),
    ];
    const whole = { ...log, events: all };
    expect(await unpackLog(NETWORK_LOG, await packLog(NETWORK_LOG, whole), 'x')).toEqual(whole);
  });

  it('is refused with a training that cannot be', () => {
    const wrong = encodeLog(NETWORK_LOG, log).replace('"steps":3}', '"steps":0}');
    expect(() => decodeLog(NETWORK_LOG, wrong, 'x')).toThrow(/line 2: request\.steps/);
  });

  it('has a digest that knows neither times nor lost devices, but everything else', () => {
    const shaken = events.flatMap((event): NetworkEvent[] => [
      { ...event, wall: event.wall + 5 },
      { type: 'device/lost', at: 1, wall: 1 },
    ]);
    const digest = logDigest(NETWORK_LOG, events);
    expect(logDigest(NETWORK_LOG, shaken)).toBe(digest);
    expect(logDigest(NETWORK_LOG, events.slice(0, -1))).not.toBe(digest);
  });

  it('gives the same view at once and event by event', () => {
    const view = reduceNetwork(events);
    expect(events.reduce((seen, one) => appendNetworkEvents(seen, [one]), EMPTY_NETWORK)).toEqual(
      view,
    );
    expect(view).toMatchObject({ request, points: history, error: null, losses: 0 });
  });

  it('tells no step twice', () => {
    const view = reduceNetwork(events.slice(0, 3));
    expect(progressAfter(view, history, 1)).toEqual([{ ...events[3], wall: 1 }]);
    expect(progressAfter(view, history.slice(0, 1), 1)).toEqual([]);
  });

  it('has an outcome once it is over, and its model is there', () => {
    expect(outcomeOf(reduceNetwork(events), null)).toEqual(diverged);
    expect(outcomeOf(reduceNetwork(events.slice(0, 3)), null)).toBeNull();
    const finished = finishedEvent({ ...diverged, diverged: null }, 9);
    expect(outcomeOf(reduceNetwork([started, finished]), null)).toBeNull();
  });
});
