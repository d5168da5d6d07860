/** Trouble of a WebGPU device: nothing throws by itself, so it is watched and turned into errors. */
import { LabError } from '../core/errors.ts';
import * as tf from './tf.ts';

/** How long a loss may take to be told, in milliseconds, once commands fail because of it. */
export const TOLD_WITHIN = 500;

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
    { reason: message },
  );

const watchers = new Set<(error: LabError) => void>();
const watched = new WeakSet<GPUDevice>();

function tell(error: LabError): void {
  for (const watcher of watchers) watcher(error);
}

function watchCurrent(): void {
  const device = currentDevice();
  if (!device || watched.has(device)) return;
  watched.add(device);
  device.addEventListener('uncapturederror', ({ error }) => {
    // What an old device still says is no longer of interest.
    if (device === currentDevice()) tell(deviceRefused(error.message));
  });
  void device.lost.then(({ reason, message }) => {
    if (reason !== 'destroyed') tell(deviceLost(message));
  });
}

/**
 * Calls `onError` when the current WebGPU device, or one that comes after it, is lost or refuses a
 * command.
 */
export function watchDevice(onError: (error: LabError) => void): void {
  watchers.add(onError);
  watchCurrent();
}

/** The loss of the current device, or null if it is not lost within `patience` milliseconds. */
export async function currentLoss(patience = 0): Promise<LabError | null> {
  const device = currentDevice();
  if (!device) return null;
  const time = new Promise<null>((resolve) => setTimeout(() => resolve(null), patience));
  const loss = await Promise.race([device.lost, time]);
  return loss && deviceLost(loss.message);
}

/**
 * The loss of the device behind an error: a command that fails of it has many names, and may fail
 * before the loss is told. Null if the error has another cause.
 */
export async function lossBehind(thrown: unknown): Promise<LabError | null> {
  const known = thrown instanceof LabError ? thrown : null;
  if (known?.code === 'device-lost') return known;
  return known?.code === 'cancelled' ? null : currentLoss(TOLD_WITHIN);
}

async function renew(): Promise<void> {
  const factory = tf.findBackendFactory('webgpu');
  if (factory) {
    const forget = () => {
      tf.removeBackend('webgpu');
      tf.registerBackend('webgpu', factory, 3);
    };
    forget();
    if (await tf.setBackend('webgpu').catch(() => false)) return watchCurrent();
    // tfjs would go on naming a backend that it does not have.
    forget();
  }
  throw new LabError(
    'backend-unavailable',
    'The GPU does not come back. The log up to here is kept: restart the browser and go on, or start something new, which then runs on WASM.',
  );
}

let renewal: Promise<void> | null = null;

/**
 * Starts the WebGPU backend on a fresh device, after the old one was lost; once for all who ask at
 * the same time. Executors and tensors of the old device are gone: make new executors and `restore`
 * what was saved.
 * @throws LabError `backend-unavailable` if there is no device to be had.
 */
export function renewDevice(): Promise<void> {
  renewal ??= renew().finally(() => {
    renewal = null;
  });
  return renewal;
}
