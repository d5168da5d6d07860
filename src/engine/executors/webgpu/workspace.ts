/**
 * The dispatches of a batch: a layout and a size, compiled to lists of kernels with their buffers
 * bound. Running a batch is running these lists in order.
 *
 *   enter[s]   the layer in front of stage s, its cells level by level, moments of their outputs
 *   leave[s]   mixture and pooling of stage s
 *   head       classifier, and loss with its gradient
 *   back       everything backwards; `weights` tells which dispatches only the weights need
 */
import type { LabError } from '../../../core/errors.ts';
import { Builder, type Step } from './dispatches.ts';
import type { Dispatch, Gpu } from './gpu.ts';
import type { Layout } from './layout.ts';
import { type WorkspaceShape, workspaceBytes } from './memory.ts';
import { createRoom, type State } from './resources.ts';

export interface Workspace extends WorkspaceShape {
  readonly images: GPUBuffer;
  readonly labels: GPUBuffer;
  readonly enter: readonly (readonly Dispatch[])[];
  readonly leave: readonly (readonly Dispatch[])[];
  readonly head: readonly Dispatch[];
  /** Gradients of everything, and of the mixture's weights alone. */
  readonly back: readonly Dispatch[];
  readonly backAlpha: readonly Dispatch[];
  /** Bytes of the buffers of the batch. */
  readonly bytes: number;
  dispose(): void;
}

async function prepareBack(gpu: Gpu, steps: readonly Step[]) {
  const back = await gpu.prepare(steps);
  return { back, backAlpha: back.filter((_, i) => !steps[i]?.weightsOnly) };
}

/**
 * Buffers and dispatches for batches of a size. `sums` takes loss and correct answers.
 * @throws LabError `out-of-memory`, `device-lost`, `backend-wrong`.
 */
export async function createWorkspace(
  gpu: Gpu,
  layout: Layout,
  shape: WorkspaceShape,
  state: State,
  sums: GPUBuffer,
  outOfMemory: () => LabError,
): Promise<Workspace> {
  const buffers: GPUBuffer[] = [];
  const dispose = () => {
    for (const buffer of buffers) buffer.destroy();
  };
  const bytes = workspaceBytes(layout, shape);
  const planned = await gpu.allocate((keepOne) => {
    const keep = (buffer: GPUBuffer) => {
      buffers.push(buffer);
      return keepOne(buffer);
    };
    const room = createRoom(gpu, bytes, keep);
    const builder = new Builder({ gpu, layout, shape, state, room, keep });
    return {
      room,
      enter: layout.stages.map((_, s) => builder.enter(s)),
      leave: layout.stages.map((_, s) => builder.leave(s)),
      head: builder.head(sums),
      back: shape.training ? builder.back() : [],
    };
  }, outOfMemory);
  try {
    const [enter, leave, head, back] = await Promise.all([
      Promise.all(planned.enter.map((steps) => gpu.prepare(steps))),
      Promise.all(planned.leave.map((steps) => gpu.prepare(steps))),
      gpu.prepare(planned.head),
      prepareBack(gpu, planned.back),
    ]);
    const { images, labels } = planned.room;
    const size = buffers.reduce((sum, buffer) => sum + buffer.size, 0);
    return { ...shape, images, labels, enter, leave, head, ...back, bytes: size, dispose };
  } catch (thrown) {
    dispose();
    throw thrown;
  }
}
