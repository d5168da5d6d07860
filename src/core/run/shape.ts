/** Pieces of events that runs and studies share. */
import * as v from 'valibot';
import { isArchitectureId, isCellId } from '../cellId.ts';
import type { ArchitectureId, PartId } from '../space/ids.ts';
import { EXECUTORS } from './executors.ts';

/** Numbers per stage and candidate, or per stage and edge. */
export const rows = v.array(v.array(v.number()));
export const partId = v.custom<PartId>(isCellId, 'the id of a cell, e.g. "5:1e6"');
export const architectureId = v.custom<ArchitectureId>(
  isArchitectureId,
  'the id of an architecture, e.g. "5:1e6.372"',
);
export const region = v.array(v.array(partId));

export const backend = v.strictObject({
  name: v.picklist(['webgpu', 'wasm', 'cpu']),
  adapter: v.string(),
  reason: v.string(),
});

export const executor = v.picklist(EXECUTORS.map(({ id }) => id));
