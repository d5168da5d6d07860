/** What benchmarks find: plain data, times in milliseconds unless a name says otherwise. */
import type { BackendName } from '../run/executors.ts';

/** Where something was measured. */
export interface Place {
  readonly backend: BackendName;
  /** The GPU, or what the CPU can do, e.g. `SIMD`. */
  readonly adapter: string;
}

/** A training step: the median of its repeats. */
export interface StepTime {
  readonly milliseconds: number;
  /** Commands to the GPU, everything included; null without one. */
  readonly dispatches: number | null;
}

/** One network trained by stock TensorFlow.js and by an executor of our own, in turn. */
export interface ExecutorTimes {
  readonly name: string;
  /** Images of a step. */
  readonly batch: number;
  readonly stock: StepTime;
  readonly fast: StepTime;
  /** stock / fast. */
  readonly ratio: number;
  /** Largest difference of the gradients of one step, relative to the largest gradient. */
  readonly gradientError: number;
}

export interface ExecutorsResult extends Place {
  readonly benchmark: 'executors';
  readonly repeats: number;
  readonly nets: readonly ExecutorTimes[];
}

export interface KernelTime {
  readonly kernel: string;
  /** Of the data it works on, e.g. `28×28×8`. */
  readonly shape: string;
  readonly milliseconds: number;
  /** 10⁹ additions and multiplications a second; null for a kernel that only moves numbers. */
  readonly gigaflops: number | null;
  /** The same by operations of TensorFlow.js on the same backend; null where it has none. */
  readonly stockMilliseconds: number | null;
}

export interface KernelsResult extends Place {
  readonly benchmark: 'kernels';
  readonly repeats: number;
  readonly batch: number;
  readonly kernels: readonly KernelTime[];
}

/** One supernet of S stages with k cells each, all of the same size. */
export interface ScalingPoint {
  readonly stages: number;
  readonly candidates: number;
  /** S·k. */
  readonly cells: number;
  /** k^S, all of which the supernet ranks. */
  readonly architectures: number;
  /** Multiplications of a step forward, relative to the smallest supernet. */
  readonly work: number;
  /** A step of the supernet. */
  readonly milliseconds: number;
  /** A step of one of its architectures alone. */
  readonly alone: number;
}

export interface ScalingResult extends Place {
  readonly benchmark: 'scaling';
  readonly repeats: number;
  readonly batch: number;
  readonly points: readonly ScalingPoint[];
  /** Of the time of a step over S·k; 1 is linear. */
  readonly exponent: number;
  /** Of its work over S·k: what `exponent` would be at the same speed. */
  readonly workExponent: number;
}

/** A step of each of many networks. */
export interface NetworksTime extends StepTime {
  /** Until the training thread has asked for all of it: what a faster device does not shorten. */
  readonly submitMilliseconds: number;
}

/** A step of each of many networks trained alone, in three ways. */
export interface NetworksResult extends Place {
  readonly benchmark: 'networks';
  /** Of the first two ways; `stock` is timed once, with some of the networks. */
  readonly repeats: number;
  readonly networks: number;
  readonly batch: number;
  readonly together: NetworksTime;
  readonly oneByOne: NetworksTime;
  readonly stockOneByOne: NetworksTime;
}

/** Trainings alone on one thread, and the same on several. */
export interface PoolResult extends Place {
  readonly benchmark: 'pool';
  readonly repeats: number;
  readonly architectures: number;
  readonly steps: number;
  readonly workers: number;
  readonly oneWorkerSeconds: number;
  readonly poolSeconds: number;
  /** oneWorkerSeconds / poolSeconds. */
  readonly ratio: number;
  /** Whether every training came to the same result on both. */
  readonly same: boolean;
}

/** What is held at one moment; null where it cannot be seen. */
export interface GrowthSample {
  readonly step: number;
  /** Tensors of TensorFlow.js, and their bytes. */
  readonly tensors: number;
  readonly tensorBytes: number;
  /** Bytes of JavaScript objects after a collection. */
  readonly heap: number | null;
  /** Bytes outside of the heap that belong to it, such as array buffers. */
  readonly external: number | null;
  readonly gpuBuffers: number | null;
  readonly gpuBytes: number | null;
}

export type GrowthMeasure = Exclude<keyof GrowthSample, 'step'>;

export interface GrowthOfExecutor {
  readonly executor: string;
  /** Before the first step, after the first tenth, then along to the end. */
  readonly samples: readonly GrowthSample[];
  /** What there was more of at the end than early on. */
  readonly grew: readonly GrowthMeasure[];
}

export interface GrowthResult extends Place {
  readonly benchmark: 'growth';
  readonly steps: number;
  readonly executors: readonly GrowthOfExecutor[];
}

export type BenchResult =
  | ExecutorsResult
  | KernelsResult
  | ScalingResult
  | NetworksResult
  | PoolResult
  | GrowthResult;

export type BenchmarkId = BenchResult['benchmark'];
