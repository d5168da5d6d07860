/** Trouble of a WebGPU device: nothing throws by itself, so it is watched and turned into errors. */
import { LabError } from '../core/errors.ts';
import * as tf from './tf.ts';

/** The device of the current backend; null if that is not WebGPU. */
export function currentDevice(): GPUDevice | null {
  if (tf.getBackend() !== 'webgpu') return null;
  const backend = tf.backend();
  return 'device' in backend && backend.device ? (backend.device as GPUDevice) : null;
}

/** The device refused a command: a fault of the program or of the driver. */
export const deviceRefused = (message: string): LabError =>
  new LabError('backend-wrong', `The GPU refused a command: ${message}. Use WASM instead.`);

export const deviceLost = (message: string): LabError =>
  new LabError(
    'device-lost',
    `The GPU was lost (${message || 'no reason given'}). The log up to here is kept; continue the run to start the generation again.`,
  );

/** Calls `onError` when the current WebGPU device is lost or refuses a command. */
export function watchDevice(onError: (error: LabError) => void): void {
  const device = currentDevice();
  if (!device) return;
  device.addEventListener('uncapturederror', ({ error }) => {
    onError(deviceRefused(error.message));
  });
  void device.lost.then(({ reason, message }) => {
    if (reason === 'destroyed') return;
    onError(deviceLost(message));
  });
}

/**
 * Starts the WebGPU backend on a fresh device, after the old one was lost. Executors and tensors of
 * the old device are gone: make new executors and `restore` what was saved.
 * @throws LabError `backend-unavailable` if there is no device to be had.
 */
export async function renewDevice(): Promise<void> {
  const factory = tf.findBackendFactory('webgpu');
  if (factory) {
    tf.removeBackend('webgpu');
    tf.registerBackend('webgpu', factory, 3);
    if (await tf.setBackend('webgpu').catch(() => false)) return;
  }
  throw new LabError(
    'backend-unavailable',
    'The GPU does not come back. The log up to here is kept; continue the run with WASM, or reload the page.',
  );
}
