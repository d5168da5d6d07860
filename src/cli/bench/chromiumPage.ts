/** The page that `scripts/lib/chromiumBench.mjs` opens: the benchmarks, ready to be called. */
import type { BenchBackend, BenchRequest } from '../../core/bench/requests.ts';
import type { BenchResult, Place } from '../../core/bench/results.ts';
import { LabError } from '../../core/errors.ts';
import { chooseBackend } from '../../engine/backend.ts';
import type { HeapReading } from '../../engine/bench/growth.ts';
import { measure } from '../../engine/bench/measure.ts';

/** Chromium's own, with the flags that the program sets. */
declare global {
  interface Performance {
    readonly memory?: { readonly usedJSHeapSize: number };
  }
  interface Window {
    readonly gc?: () => void;
    /** Set by the program: prints a line. */
    readonly tell: (line: string) => void;
    benchmarks: typeof benchmarks;
  }
}

function heap(): HeapReading {
  window.gc?.();
  return { heap: performance.memory?.usedJSHeapSize ?? null, external: null };
}

const fetchKernels = async () => (await fetch('./kernels.wasm')).arrayBuffer();

const benchmarks = {
  /** Where the benchmarks will run; null where there is no such backend. */
  async start(backend: BenchBackend): Promise<Place | null> {
    try {
      const environment = { wasmPaths: './', kernels: fetchKernels };
      const { chosen } = await chooseBackend(backend, environment);
      return chosen.name === backend ? { backend, adapter: chosen.adapter } : null;
    } catch (thrown) {
      if (thrown instanceof LabError && thrown.code === 'backend-unavailable') return null;
      throw thrown;
    }
  },
  measure(place: Place, request: BenchRequest): Promise<BenchResult> {
    return measure(place, request, {
      clock: () => performance.now(),
      gate: async () => undefined,
      tell: window.tell,
      heap,
      signal: new AbortController().signal,
      openRunners: async () => {
        throw new LabError('backend-unavailable', 'This page starts no threads: use the lab’s.');
      },
    });
  },
};

window.benchmarks = benchmarks;
