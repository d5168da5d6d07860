/**
 * Whether this device can be trusted with our kernels: some devices return zeros without a word, so
 * the gradients of a small step are compared with plain JavaScript before anything is trained.
 */
import { toErrorRecord } from '../../../core/errors.ts';
import { currentDevice } from '../../device.ts';
import { gradientSelfTest } from '../../selfTest.ts';
import { createWebGpuExecutor } from './executor.ts';

/** Largest error that still counts as right; float32 rounding stays below 1e-5. */
const TOLERANCE = 1e-3;

const verdicts = new WeakMap<GPUDevice, true | string>();

async function judge(): Promise<true | string> {
  try {
    const error = await gradientSelfTest(createWebGpuExecutor);
    return error <= TOLERANCE
      ? true
      : `The shaders compute wrong gradients on this GPU (error ${error.toExponential(1)}).`;
  } catch (thrown) {
    return `The shaders do not run on this GPU: ${toErrorRecord(thrown).message}`;
  }
}

/** Tests the current WebGPU device once; what was found is told by `executorTrusted`. */
export async function tryExecutor(): Promise<void> {
  const device = currentDevice();
  if (device && !verdicts.has(device)) verdicts.set(device, await judge());
}

/** True, or a sentence that says why the executor is not used on the current device. */
export function executorTrusted(): true | string {
  const device = currentDevice();
  if (!device) return 'There is no WebGPU device.';
  return verdicts.get(device) ?? 'The shaders have not been tested on this GPU.';
}
