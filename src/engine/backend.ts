/**
 * Chooses a backend: probes what the machine has, runs a gradient self-test against `cpu` (some
 * devices return zero gradients silently), and says in words why one was taken.
 */
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-webgpu';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { LabError } from '../core/errors.ts';
import type { BackendCandidate, BackendInfo, BackendProbe } from '../core/run/events.ts';
import { lacking } from './executors/choose.ts';
import { loadKernels } from './executors/wasm/kernels.ts';
import { tryExecutor } from './executors/webgpu/trust.ts';
import { gradientSelfTest } from './selfTest.ts';
import * as tf from './tf.ts';

export type { BackendProbe } from '../core/run/events.ts';

export type BackendPreference = 'auto' | 'webgpu' | 'wasm' | 'cpu';

export interface BackendEnvironment {
  /** Folder of the WASM binaries with a trailing slash, or the address of each by file name. */
  readonly wasmPaths: string | { readonly [file: string]: string };
  /** Reads the kernels of the `wasm` executor; without them it does not run. */
  readonly kernels?: () => Promise<BufferSource>;
}

/** Largest self-test error that still counts as right; float32 rounding stays below 1e-5. */
const TOLERANCE = 1e-3;

/** Commands gathered before a submit: large enough to be fast, short enough to keep the page alive. */
const SUBMIT_BATCH = 64;

interface Found {
  readonly candidate: BackendCandidate;
  readonly adapter: string;
}

const missing = (name: BackendInfo['name'], note: string): Found => ({
  candidate: { name, available: false, note, gradientError: null },
  adapter: '',
});

async function describeAdapter(): Promise<string | null> {
  if (typeof navigator === 'undefined' || !('gpu' in navigator)) return null;
  const gpu = navigator.gpu as { requestAdapter(): Promise<AdapterLike | null> } | undefined;
  try {
    const adapter = await gpu?.requestAdapter();
    if (!adapter) return null;
    const { vendor, architecture, device, description } = adapter.info;
    const words = [description || device || vendor, architecture].filter(Boolean);
    return words.join(' ') || 'unnamed adapter';
  } catch {
    return null;
  }
}

interface AdapterLike {
  readonly info: {
    readonly vendor: string;
    readonly architecture: string;
    readonly device: string;
    readonly description: string;
  };
}

/** Makes `name` the current backend and checks its gradients. Never throws. */
async function tryBackend(name: BackendInfo['name'], adapter: string): Promise<Found> {
  try {
    if (!(await tf.setBackend(name))) return missing(name, `${name} could not be started`);
    await tf.ready();
    const gradientError = await gradientSelfTest();
    const right = gradientError <= TOLERANCE;
    const note = right
      ? adapter
      : `${adapter}: wrong gradients (error ${gradientError.toExponential(1)})`;
    return { candidate: { name, available: right, note, gradientError }, adapter };
  } catch (thrown) {
    return missing(name, thrown instanceof Error ? thrown.message : String(thrown));
  }
}

async function probe(name: BackendInfo['name']): Promise<Found> {
  if (name === 'webgpu') {
    const adapter = await describeAdapter();
    if (adapter === null) return missing('webgpu', 'no WebGPU adapter');
    tf.env().set('WEBGPU_DEFERRED_SUBMIT_BATCH_SIZE', SUBMIT_BATCH);
    return tryBackend('webgpu', adapter);
  }
  if (name === 'wasm') {
    const simd = await tf.env().getAsync('WASM_HAS_SIMD_SUPPORT');
    return tryBackend('wasm', simd ? 'SIMD' : 'without SIMD');
  }
  return tryBackend('cpu', 'plain JavaScript');
}

function configure({ wasmPaths }: BackendEnvironment): void {
  // No advice on other packages, and no shape checks that the plan has made already.
  tf.enableProdMode();
  // A thread-capable page would hang for ever in a production bundle.
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  setWasmPaths(typeof wasmPaths === 'string' ? wasmPaths : { ...wasmPaths });
}

let configured = false;

/**
 * Probes in the order of preference and leaves the first sound backend set.
 * @throws LabError `backend-unavailable` when none works.
 */
export async function chooseBackend(
  prefer: BackendPreference,
  environment: BackendEnvironment,
): Promise<BackendProbe> {
  if (!configured) configure(environment);
  configured = true;
  const order: BackendInfo['name'][] =
    prefer === 'auto' || prefer === 'webgpu' ? ['webgpu', 'wasm'] : [prefer];
  const candidates: BackendCandidate[] = [];
  for (const name of order) {
    const { candidate, adapter } = await probe(name);
    candidates.push(candidate);
    if (!candidate.available) continue;
    const refused = candidates.slice(0, -1).map(({ note }) => note);
    const reason =
      refused.length > 0
        ? refused.join('; ')
        : prefer === 'auto'
          ? 'the fastest here'
          : 'your choice';
    if (name === 'wasm' && environment.kernels) await loadKernels(environment.kernels);
    if (name === 'webgpu') await tryExecutor();
    return { chosen: { name, adapter, reason }, candidates, lacks: lacking() };
  }
  throw new LabError(
    'backend-unavailable',
    `No backend works here: ${candidates.map(({ name, note }) => `${name}: ${note}`).join('; ')}. Use a recent Chrome, Edge or Firefox.`,
    {},
  );
}
