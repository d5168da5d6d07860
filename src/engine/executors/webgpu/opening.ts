/** Makes room for a batch on a device whose memory nobody can ask about: tries, and halves. */
import { LabError } from '../../../core/errors.ts';
import type { Plan } from '../../../core/schedule.ts';
import type { Gpu } from './gpu.ts';
import { compileLayout, type Layout } from './layout.ts';
import {
  cutBatch,
  largestBatch,
  type MemoryLimits,
  tooLarge,
  totalBytes,
  type WorkspaceShape,
  workspaceBytes,
} from './memory.ts';
import { createRoom, type State } from './resources.ts';
import { createWorkspace, type Workspace } from './workspace.ts';

export interface Opening {
  readonly gpu: Gpu;
  readonly layout: Layout;
  readonly state: State;
  readonly sums: GPUBuffer;
  readonly shape: Omit<WorkspaceShape, 'capacity'>;
  readonly batch: number;
  readonly limits: MemoryLimits;
  /** Whether the batch may be cut into parts; never if normalisation needs it whole. */
  readonly mayCut: boolean;
}

export const isOutOfMemory = (thrown: unknown): thrown is LabError =>
  thrown instanceof LabError && thrown.code === 'out-of-memory';

/** How many of the plans, from the first, fit at once with their batches whole; at least one. */
export function modelsThatFit(
  plans: readonly Plan[],
  shape: Opening['shape'],
  batch: number,
  limits: MemoryLimits,
): number {
  const fits = (count: number) => {
    try {
      const layout = compileLayout(plans.slice(0, count));
      return cutBatch(layout, shape, batch, limits).capacity >= batch;
    } catch (thrown) {
      if (isOutOfMemory(thrown)) return false;
      throw thrown;
    }
  };
  let count = plans.length;
  while (count > 1 && !fits(count)) count = Math.ceil(count / 2);
  return count;
}

/** The largest half, quarter, … of `images` that the device gives room for; 0 if none. */
async function whatFits({ gpu, layout, shape }: Opening, images: number): Promise<number> {
  for (let count = Math.floor(images / 2); count >= 1; count = Math.floor(count / 2)) {
    const bytes = workspaceBytes(layout, { ...shape, capacity: Math.ceil(count / 4) * 4 });
    try {
      const made: GPUBuffer[] = [];
      await gpu.allocate(
        (keep) =>
          createRoom(gpu, bytes, (buffer) => {
            made.push(buffer);
            return keep(buffer);
          }),
        () => tooLarge(layout, images, 0, totalBytes(bytes)),
      );
      for (const buffer of made) buffer.destroy();
      return count;
    } catch (thrown) {
      if (!isOutOfMemory(thrown)) throw thrown;
    }
  }
  return 0;
}

/** @throws LabError `out-of-memory`, which says what would fit; `device-lost`, `backend-wrong`. */
export async function openWorkspace(opening: Opening): Promise<Workspace> {
  const { gpu, layout, state, sums, shape, batch, limits, mayCut } = opening;
  const cuts = mayCut && layout.shape.normalisation === 'none';
  for (let parts = 1; ; parts *= 2) {
    const sized = cutBatch(layout, shape, batch, limits, parts);
    const bytes = totalBytes(workspaceBytes(layout, sized));
    if (!cuts && sized.capacity < batch) {
      const images = largestBatch(layout, shape, limits, batch);
      throw tooLarge(layout, batch, images, bytes);
    }
    try {
      const refuse = () => tooLarge(layout, batch, 0, bytes);
      return await createWorkspace(gpu, layout, sized, state, sums, refuse);
    } catch (thrown) {
      if (!isOutOfMemory(thrown)) throw thrown;
      if (!cuts || sized.capacity <= 4) {
        throw tooLarge(layout, batch, await whatFits(opening, sized.capacity), bytes);
      }
    }
  }
}
