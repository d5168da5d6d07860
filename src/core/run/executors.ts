/**
 * Which executor runs a training, as far as the config decides it: pure, so that the settings can say
 * before the start why the fast one would not run. What the machine has is the engine's business
 * (`engine/executors/choose.ts`).
 */
import type { AlphaOrder, Normalisation, RunConfig } from './config.ts';

export type BackendName = 'webgpu' | 'wasm' | 'cpu';

/** For people. */
export const BACKEND_NAMES: { readonly [name in BackendName]: string } = {
  webgpu: 'WebGPU',
  wasm: 'WASM',
  cpu: 'CPU',
};

export type ExecutorId = 'webgpu' | 'wasm' | 'stock';

/** `auto` takes the fastest that can; an id is taken if it can, with a reason if it cannot. */
export type ExecutorPreference = 'auto' | ExecutorId;

/** What a training asks of an executor. */
export interface ExecutorNeeds {
  readonly kernel: number;
  readonly normalisation: Normalisation;
  readonly order: AlphaOrder;
}

export interface ExecutorDescriptor {
  readonly id: ExecutorId;
  readonly name: string;
  readonly explanation: string;
  /** The backend it belongs to; null if any will do. */
  readonly backend: BackendName | null;
  /** True, or a sentence that says why not. */
  readonly supports: (needs: ExecutorNeeds) => true | string;
}

/** What `wasm` cannot do, in the words of the settings. */
function supportedByKernels({ kernel, normalisation, order }: ExecutorNeeds) {
  if (kernel % 2 === 0 || kernel > 7) return `A kernel of ${kernel} runs on TensorFlow.js only.`;
  if (normalisation === 'l2') return 'L2 normalisation runs on TensorFlow.js only.';
  if (order === 'second') return 'Second-order steps of alpha run on TensorFlow.js only.';
  return true;
}

/** What `webgpu` cannot do. */
function supportedByShaders({ kernel, order }: ExecutorNeeds) {
  if (kernel % 2 === 0 || kernel > 7) return `A kernel of ${kernel} runs on TensorFlow.js only.`;
  if (order === 'second') return 'Second-order steps of alpha run on TensorFlow.js only.';
  return true;
}

/** In order of preference; the last one can do everything. */
export const EXECUTORS: readonly ExecutorDescriptor[] = [
  {
    id: 'webgpu',
    name: 'Own shaders (WebGPU)',
    explanation: 'Shaders of this project: all candidates of a stage in one dispatch a level.',
    backend: 'webgpu',
    supports: supportedByShaders,
  },
  {
    id: 'wasm',
    name: 'Own kernels (WASM)',
    explanation: 'Kernels of this project for the processor: the fastest without a GPU.',
    backend: 'wasm',
    supports: supportedByKernels,
  },
  {
    id: 'stock',
    name: 'TensorFlow.js',
    explanation: 'Operations and gradients of TensorFlow.js: slower, supports every option.',
    backend: null,
    supports: () => true,
  },
];

export function executorNeeds({ space, supernet }: RunConfig): ExecutorNeeds {
  return {
    kernel: space.operation === 'linear' ? 1 : space.kernel,
    normalisation: supernet.normalisation,
    order: supernet.alpha.order,
  };
}

export interface ExecutorChoice {
  readonly id: ExecutorId;
  /** Why no faster (or not the preferred) one; empty if there is nothing to explain. */
  readonly reason: string;
}

/**
 * The executor for a training on a backend. `available` says what the machine lacks, as a sentence;
 * without it everything the backend implies is taken to be there.
 */
export function chooseExecutor(
  needs: ExecutorNeeds,
  backend: BackendName,
  prefer: ExecutorPreference = 'auto',
  available: (id: ExecutorId) => true | string = () => true,
): ExecutorChoice {
  const reasons: string[] = [];
  const wanted = EXECUTORS.filter(({ id }) => prefer === 'auto' || id === prefer);
  for (const { id, name, backend: own, supports } of [...wanted, ...EXECUTORS.slice(-1)]) {
    const fits = own === null || own === backend;
    if (!fits && prefer === 'auto') continue;
    const answer = fits ? supports(needs) : `${name} needs the ${own} backend, not ${backend}.`;
    const verdict = answer === true ? available(id) : answer;
    if (verdict === true) return { id, reason: reasons.join(' ') };
    reasons.push(verdict);
  }
  return { id: 'stock', reason: reasons.join(' ') };
}
