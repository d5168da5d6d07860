/** Trouble of a WebGPU device: nothing throws by itself, so it is watched and turned into errors. */
import { LabError } from '../core/errors.ts';
import * as tf from './tf.ts';

interface DeviceLike {
  readonly lost: Promise<{ readonly reason: string; readonly message: string }>;
  addEventListener(
    type: 'uncapturederror',
    listener: (event: { readonly error: { readonly message: string } }) => void,
  ): void;
}

function currentDevice(): DeviceLike | null {
  if (tf.getBackend() !== 'webgpu') return null;
  const backend = tf.backend() as { readonly device?: DeviceLike };
  return backend.device ?? null;
}

/** Calls `onError` when the current WebGPU device is lost or refuses a command. */
export function watchDevice(onError: (error: LabError) => void): void {
  const device = currentDevice();
  if (!device) return;
  device.addEventListener('uncapturederror', ({ error }) => {
    onError(
      new LabError(
        'backend-wrong',
        `The GPU refused a command: ${error.message}. Use WASM instead.`,
      ),
    );
  });
  void device.lost.then(({ reason, message }) => {
    if (reason === 'destroyed') return;
    onError(
      new LabError(
        'device-lost',
        `The GPU was lost (${message || 'no reason given'}). The log up to here is kept; continue the run to start the generation again.`,
      ),
    );
  });
}
