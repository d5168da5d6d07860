/** Counts what the pages of these tests ask of the device. */
export const counts = { dispatches: 0, buffers: 0 };

/** Counts dispatches, and buffers made and not destroyed, from now on. */
export function instrument(): void {
  const dispatch = GPUComputePassEncoder.prototype.dispatchWorkgroups;
  GPUComputePassEncoder.prototype.dispatchWorkgroups = function (...args) {
    counts.dispatches += 1;
    return dispatch.apply(this, args);
  };
  const create = GPUDevice.prototype.createBuffer;
  GPUDevice.prototype.createBuffer = function (...args) {
    counts.buffers += 1;
    return create.apply(this, args);
  };
  const destroy = GPUBuffer.prototype.destroy;
  GPUBuffer.prototype.destroy = function () {
    counts.buffers -= 1;
    return destroy.apply(this);
  };
}
