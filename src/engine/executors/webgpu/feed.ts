/** Takes the images and labels of a part of a batch to the device. */
import type { Batch } from '../executor.ts';
import { floatBytes, wordBytes } from '../units.ts';
import type { Gpu } from './gpu.ts';
import type { Layout } from './layout.ts';
import { inputNumbers, packImages } from './memory.ts';
import type { Workspace } from './workspace.ts';

/**
 * Images `from` … `from + count` of each batch: one batch for all models, or one for each, as the
 * workspace was made for.
 */
export function feed(
  gpu: Gpu,
  layout: Layout,
  workspace: Workspace,
  batches: readonly Batch[],
  from: number,
  count: number,
): void {
  const { capacity, images, labels } = workspace;
  const input = inputNumbers(layout);
  const numbers = input.pixels * input.padded;
  const packed = new Float32Array(count * numbers);
  for (const [model, batch] of batches.entries()) {
    packImages(packed, batch.images, from, count, input);
    gpu.write(images, packed, floatBytes(model * capacity * numbers));
    const own = Uint32Array.from(batch.labels.subarray(from, from + count));
    gpu.write(labels, own, wordBytes(model * capacity));
  }
}
