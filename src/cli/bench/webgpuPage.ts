/** The page that `scripts/lib/webgpuBench.mjs` opens: the benchmarks, ready to be called. */
import { LabError } from '../../core/errors.ts';
import { chooseBackend } from '../../engine/backend.ts';
import { compareNetworks, compareOnGpu } from './webgpu.ts';

const benchmarks = {
  /** The adapter's name; null where there is no WebGPU. */
  async start(): Promise<string | null> {
    try {
      const { chosen } = await chooseBackend('webgpu', { wasmPaths: './' });
      return chosen.name === 'webgpu' ? chosen.adapter : null;
    } catch (thrown) {
      if (thrown instanceof LabError && thrown.code === 'backend-unavailable') return null;
      throw thrown;
    }
  },
  executors: compareOnGpu,
  networks: compareNetworks,
};

declare global {
  interface Window {
    benchmarks: typeof benchmarks;
  }
}

window.benchmarks = benchmarks;
