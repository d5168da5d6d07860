/**
 * The kind of log that the training of a network alone is: the shape of its events, checked whenever a
 * log comes from outside, and its digest. Two trainings of the same request that went the same way have
 * the same one, however fast they were and however often they lost their GPU.
 */
import * as v from 'valibot';
import { canonicalJson } from '../canonical.ts';
import type { LogKind } from '../log/kind.ts';
import { base, count, errorRecord, figure, readShape, type ShapeIssue } from '../log/shape.ts';
import type { RunConfig } from '../run/config.ts';
import { checkConfig, describeIssue, isRunConfig } from '../run/validate.ts';
import { NETWORK_VERSION, type NetworkEvent } from './events.ts';

const config = v.custom<RunConfig>(isRunConfig, ({ input }) => {
  const first = checkConfig(input)[0];
  return first ? describeIssue(first) : 'a config that can run';
});

const request = v.strictObject({
  config,
  architecture: v.string(),
  seed: count,
  steps: v.pipe(count, v.minValue(1)),
});

const EVENT = v.variant('type', [
  v.strictObject({ ...base, type: v.literal('network/started'), version: count, request }),
  v.strictObject({
    ...base,
    type: v.literal('network/progress'),
    loss: figure,
    accuracy: figure,
  }),
  v.strictObject({ ...base, type: v.literal('device/lost') }),
  v.strictObject({
    ...base,
    type: v.literal('network/finished'),
    diverged: v.nullable(v.string()),
    loss: v.nullable(v.number()),
    accuracy: v.nullable(v.number()),
  }),
  v.strictObject({ ...base, type: v.literal('network/failed'), error: errorRecord }),
]);

/** The value as an event of a training alone, or the first thing wrong with it. */
function readNetworkEvent(value: unknown): NetworkEvent | ShapeIssue {
  return readShape(EVENT, value);
}

function digestLine(event: NetworkEvent): string | null {
  if (event.type === 'device/lost') return null;
  const { wall: _, ...kept } = event;
  return canonicalJson(kept);
}

export const NETWORK_LOG: LogKind<NetworkEvent> = {
  format: 'fade-lab-network',
  noun: 'network',
  version: NETWORK_VERSION,
  migrations: {},
  first: 'network/started',
  read: readNetworkEvent,
  digestLine,
};
