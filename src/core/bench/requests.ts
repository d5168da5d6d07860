/** What can be measured, and how much of it: the same on the page and on the command line. */
import type { BackendName } from '../run/executors.ts';
import type { BenchmarkId } from './results.ts';

/** Names of the nets in `engine/bench/nets.ts`. */
export const NET_NAMES = ['REF', 'REF, batch norm', 'Q', 'linear', 'study', 'alone'] as const;
export type NetName = (typeof NET_NAMES)[number];

/** How long and how often; `warmUp` milliseconds pass before the first time counts. */
interface Repeated {
  readonly repeats: number;
  readonly warmUp: number;
}

export interface ExecutorsOptions extends Repeated {
  readonly nets: readonly NetName[];
  /** Images of a step; each net's own unless given. */
  readonly batch: number | null;
}

export interface KernelsOptions extends Repeated {
  readonly batch: number;
}

export interface ScalingOptions extends Repeated {
  /** Largest S·k, a multiple of 4 up to 32. */
  readonly cells: number;
  /** Images are side × side. */
  readonly side: number;
  readonly channels: number;
  readonly batch: number;
}

export interface NetworksOptions {
  readonly repeats: number;
  readonly networks: number;
  readonly batch: number;
}

export interface PoolOptions {
  readonly repeats: number;
  readonly architectures: number;
  /** Training steps of each architecture. */
  readonly steps: number;
  readonly workers: number;
}

export interface GrowthOptions {
  readonly steps: number;
}

interface OptionsOf {
  readonly executors: ExecutorsOptions;
  readonly kernels: KernelsOptions;
  readonly scaling: ScalingOptions;
  readonly networks: NetworksOptions;
  readonly pool: PoolOptions;
  readonly growth: GrowthOptions;
}

export type BenchRequest = {
  [B in BenchmarkId]: { readonly benchmark: B; readonly options: OptionsOf[B] };
}[BenchmarkId];

/** The least number of repeats whose median is worth a table. */
export const USUAL_REPEATS = 7;

/** The optimising compiler of a browser takes this long to have done its work. */
export const USUAL_WARM_UP = 600;

const usual: Repeated = { repeats: USUAL_REPEATS, warmUp: USUAL_WARM_UP };

/**
 * Everything, as the tables of docs/performance.md have it. A step of stock TensorFlow.js takes ten
 * seconds on a software GPU, so that WebGPU is measured with few images unless asked otherwise.
 */
export const USUAL = {
  executors: {
    wasm: { ...usual, nets: NET_NAMES, batch: null },
    webgpu: { ...usual, warmUp: 0, nets: ['REF'], batch: 4 },
  },
  kernels: { ...usual, warmUp: 100, batch: 64 },
  scaling: {
    wasm: { ...usual, cells: 32, side: 14, channels: 8, batch: 32 },
    webgpu: { ...usual, warmUp: 0, cells: 32, side: 8, channels: 4, batch: 4 },
  },
  networks: { repeats: USUAL_REPEATS, networks: 24, batch: 32 },
  pool: { repeats: USUAL_REPEATS, architectures: 24, steps: 100, workers: 2 },
  growth: { steps: 1000 },
} as const satisfies {
  readonly executors: { readonly [backend: string]: ExecutorsOptions };
  readonly kernels: KernelsOptions;
  readonly scaling: { readonly [backend: string]: ScalingOptions };
  readonly networks: NetworksOptions;
  readonly pool: PoolOptions;
  readonly growth: GrowthOptions;
};

export type BenchAmount = 'quick' | 'full';
export type BenchBackend = Exclude<BackendName, 'cpu'>;

export interface BenchmarkDescriptor {
  readonly id: BenchmarkId;
  readonly label: string;
  /** What is measured, in one sentence. */
  readonly help: string;
  readonly backends: readonly BenchBackend[];
}

export const BENCHMARKS: readonly BenchmarkDescriptor[] = [
  {
    id: 'executors',
    label: 'Executors',
    help: 'A training step by our own executor and by stock TensorFlow.js, in turn.',
    backends: ['wasm', 'webgpu'],
  },
  {
    id: 'kernels',
    label: 'Kernels',
    help: 'Each kernel of a step alone, and the operation of TensorFlow.js that does the same.',
    backends: ['wasm'],
  },
  {
    id: 'scaling',
    label: 'Scaling',
    help: 'How the time of a step grows with the cells of the supernet, and what ranking one architecture costs.',
    backends: ['wasm', 'webgpu'],
  },
  {
    id: 'networks',
    label: 'Many networks',
    help: 'Architectures trained alone, side by side on the GPU and one by one.',
    backends: ['webgpu'],
  },
  {
    id: 'pool',
    label: 'Threads',
    help: 'Architectures trained alone on two threads and on one.',
    backends: ['wasm'],
  },
  {
    id: 'growth',
    label: 'Memory',
    help: 'Whether tensors, heap or GPU buffers grow with the steps.',
    backends: ['wasm', 'webgpu'],
  },
];

const QUICK: { readonly [backend in BenchBackend]: readonly BenchRequest[] } = {
  wasm: [
    { benchmark: 'executors', options: { ...USUAL.executors.wasm, nets: ['REF', 'Q'] } },
    { benchmark: 'kernels', options: USUAL.kernels },
    { benchmark: 'scaling', options: { ...USUAL.scaling.wasm, cells: 16, warmUp: 200 } },
    { benchmark: 'pool', options: { ...USUAL.pool, repeats: 3 } },
    { benchmark: 'growth', options: { steps: 300 } },
  ],
  webgpu: [
    { benchmark: 'executors', options: { ...USUAL.executors.webgpu, repeats: 3, nets: ['Q'] } },
    { benchmark: 'scaling', options: { ...USUAL.scaling.webgpu, cells: 16 } },
    { benchmark: 'networks', options: { ...USUAL.networks, networks: 12, repeats: 3 } },
    { benchmark: 'growth', options: { steps: 100 } },
  ],
};

const FULL: { readonly [backend in BenchBackend]: readonly BenchRequest[] } = {
  wasm: [
    { benchmark: 'executors', options: USUAL.executors.wasm },
    { benchmark: 'kernels', options: USUAL.kernels },
    { benchmark: 'scaling', options: USUAL.scaling.wasm },
    { benchmark: 'pool', options: USUAL.pool },
    { benchmark: 'growth', options: USUAL.growth },
  ],
  webgpu: [
    { benchmark: 'executors', options: { ...USUAL.executors.webgpu, nets: ['REF', 'Q'] } },
    { benchmark: 'scaling', options: USUAL.scaling.webgpu },
    { benchmark: 'networks', options: USUAL.networks },
    { benchmark: 'growth', options: USUAL.growth },
  ],
};

/** What the page asks for, one after another; `wanted` says which benchmarks. */
export function requestsFor(
  amount: BenchAmount,
  backend: BenchBackend,
  wanted: readonly BenchmarkId[],
): readonly BenchRequest[] {
  const table = amount === 'quick' ? QUICK : FULL;
  return table[backend].filter(({ benchmark }) => wanted.includes(benchmark));
}
