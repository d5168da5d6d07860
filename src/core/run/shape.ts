/** Pieces of events that runs and studies share. */
import * as v from 'valibot';
import { EXECUTORS } from './executors.ts';

/** Numbers per stage and candidate, or per stage and edge. */
export const rows = v.array(v.array(v.number()));
export const mask = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(2 ** 28 - 1));
export const vertices = v.pipe(v.number(), v.integer(), v.minValue(2), v.maxValue(8));
export const region = v.strictObject({ vertices, stages: v.array(v.array(mask)) });

export const backend = v.strictObject({
  name: v.picklist(['webgpu', 'wasm', 'cpu']),
  adapter: v.string(),
  reason: v.string(),
});

export const executor = v.picklist(EXECUTORS.map(({ id }) => id));
