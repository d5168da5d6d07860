/** Looks over the shoulder of whoever uses WebGPU: counts commands, and buffers that are alive. */

/** Dispatches that `work` asks of any device; null where there is no WebGPU. */
export async function dispatchesOf(work: () => void | Promise<void>): Promise<number | null> {
  if (typeof GPUComputePassEncoder === 'undefined') {
    await work();
    return null;
  }
  const { prototype } = GPUComputePassEncoder;
  const own = prototype.dispatchWorkgroups;
  let count = 0;
  prototype.dispatchWorkgroups = function (...args) {
    count += 1;
    return own.apply(this, args);
  };
  try {
    await work();
    return count;
  } finally {
    prototype.dispatchWorkgroups = own;
  }
}

export interface BufferWatch {
  /** Buffers made since the watch began that have not been destroyed, and their bytes. */
  held(): { readonly buffers: number; readonly bytes: number };
  stop(): void;
}

/** Begins to count; null where there is no WebGPU. */
export function watchBuffers(): BufferWatch | null {
  if (typeof GPUDevice === 'undefined' || typeof GPUBuffer === 'undefined') return null;
  const { createBuffer } = GPUDevice.prototype;
  const { destroy } = GPUBuffer.prototype;
  const alive = new Map<WeakRef<GPUBuffer>, number>();
  const references = new WeakMap<GPUBuffer, WeakRef<GPUBuffer>>();
  GPUDevice.prototype.createBuffer = function (descriptor) {
    const buffer = createBuffer.call(this, descriptor);
    const reference = new WeakRef(buffer);
    references.set(buffer, reference);
    alive.set(reference, buffer.size);
    return buffer;
  };
  GPUBuffer.prototype.destroy = function () {
    const reference = references.get(this);
    if (reference) alive.delete(reference);
    return destroy.call(this);
  };
  return {
    held() {
      for (const reference of alive.keys()) if (!reference.deref()) alive.delete(reference);
      const bytes = [...alive.values()].reduce((sum, size) => sum + size, 0);
      return { buffers: alive.size, bytes };
    },
    stop() {
      GPUDevice.prototype.createBuffer = createBuffer;
      GPUBuffer.prototype.destroy = destroy;
    },
  };
}
