/** The networks that the benchmarks measure, and what a measured step is. */

import type { NetworkShape } from '../../core/architecture.ts';
import type { NetName } from '../../core/bench/requests.ts';
import { maskOf, type Pair } from '../../core/cell.ts';
import { regionOf } from '../../core/cellId.ts';
import { createRandom } from '../../core/random.ts';
import type { Normalisation } from '../../core/run/config.ts';
import { compilePlan, type Plan } from '../../core/schedule.ts';
import type {
  Batch,
  Executor,
  ExecutorInit,
  ExecutorOptions,
  StepControl,
} from '../executors/executor.ts';
import { initialParameters } from '../network/initialise.ts';

const cell = (...pairs: Pair[]) => maskOf(5, pairs);

/** The four cells of the reference network: 5, 6, 7 and 8 edges. */
export const REFERENCE_CELLS = [
  cell([0, 1], [1, 2], [2, 3], [3, 4], [0, 2]),
  cell([0, 1], [0, 2], [1, 3], [2, 3], [3, 4], [0, 4]),
  cell([0, 1], [0, 2], [0, 3], [1, 3], [2, 4], [3, 4], [1, 4]),
  cell([0, 1], [0, 2], [1, 2], [1, 3], [2, 3], [2, 4], [3, 4], [0, 4]),
];

/** Five cells on five vertices, one of each depth 1..5. */
export const STRATIFIED_CELLS = [0, 102, 57, 153, 723];

const CLASSES = 10;

export interface Net {
  readonly name: string;
  readonly plan: Plan;
  readonly batch: number;
}

interface NetShape {
  /** The same in every stage. */
  readonly cells: readonly number[];
  /** One entry a stage. */
  readonly channels: readonly number[];
  readonly side: number;
  readonly inputChannels: number;
  readonly normalisation: Normalisation;
  readonly batch: number;
  /** 2 unless given. */
  readonly pooling?: number;
  /** Convolutions of 3×3 unless given. */
  readonly operation?: NetworkShape['operation'];
}

const CONV_3: NetworkShape['operation'] = { kind: 'conv', kernel: 3 };

export function net(name: string, shape: NetShape): Net {
  const { cells, channels, side, inputChannels, normalisation, batch } = shape;
  const { pooling = 2, operation = CONV_3 } = shape;
  const plan = compilePlan(
    regionOf(
      5,
      channels.map(() => cells),
    ),
    {
      input: { height: side, width: side, channels: inputChannels },
      classes: CLASSES,
      operation,
      stages: channels.map((count) => ({ channels: count, pooling })),
    },
    { poolingType: 'max', normalisation, weightInit: 'uniform' },
  );
  return { name, plan, batch };
}

/**
 * REF: three stages of four cells; 93 convolutions (each cell ends in one or two operations to its
 * output), 373k parameters.
 */
export const REF = (batch = 64, normalisation: Normalisation = 'none') =>
  net(normalisation === 'none' ? 'REF' : 'REF, batch norm', {
    cells: REFERENCE_CELLS,
    channels: [8, 16, 32],
    side: 28,
    inputChannels: 1,
    normalisation,
    batch,
  });

const quick = {
  cells: STRATIFIED_CELLS,
  channels: [4, 8],
  side: 14,
  inputChannels: 1,
  normalisation: 'batch',
  batch: 32,
} as const;

/** The supernet of the `quick` preset, and the same of dense layers. */
export const Q = net('Q', quick);
export const LINEAR = net('linear', { ...quick, operation: { kind: 'linear', width: 17 } });

/** The supernet of the `study` preset, and the deepest of its networks alone. */
const study = { channels: [8, 16], side: 16, inputChannels: 3, batch: 32 } as const;
export const STUDY = net('study', { ...study, cells: STRATIFIED_CELLS, normalisation: 'none' });
export const ALONE = net('alone', { ...study, cells: [723], normalisation: 'none' });

const BY_NAME: { readonly [name in NetName]: () => Net } = {
  REF: () => REF(),
  'REF, batch norm': () => REF(64, 'batch'),
  Q: () => Q,
  linear: () => LINEAR,
  study: () => STUDY,
  alone: () => ALONE,
};

/** A net with batches of its own size, or of `batch` images. */
export function netNamed(name: NetName, batch: number | null = null): Net {
  const own = BY_NAME[name]();
  return batch === null ? own : { ...own, batch };
}

const OPTIONS: ExecutorOptions = {
  weights: { optimiser: 'adam', momentum: 0.8 },
  alpha: { optimiser: 'adam', momentum: 0.8, order: 'joint' },
  sampling: 'softmax',
  temperature: 1,
};

/** What an executor of a network starts from. */
export function initOf({ plan }: Net, options: ExecutorOptions = OPTIONS): ExecutorInit {
  const cells = plan.stages.reduce((sum, { candidates }) => sum + candidates.length, 0);
  const parameters = initialParameters(plan, createRandom(1, 'bench'));
  return { plan, options, parameters, alpha: new Float32Array(cells) };
}

export function batchOf({ plan }: Net, size: number): Batch {
  const random = createRandom(2, 'bench');
  const { height, width, channels } = plan.input;
  return {
    images: Float32Array.from({ length: size * height * width * channels }, random.normal),
    labels: Uint8Array.from({ length: size }, () => random.integer(plan.classes)),
  };
}

/** One step of weights and alpha, which the device may still have to do. */
export function submitStep(executor: Executor, batch: Batch, init: ExecutorInit): void {
  const control: StepControl = {
    rate: 0.001,
    alphaRate: 0.01,
    noise: new Float32Array(init.alpha.length),
    validation: null,
    average: true,
  };
  executor.step(batch, control);
}

/** One step of weights and alpha, finished. */
export async function stepOnce(executor: Executor, batch: Batch, init: ExecutorInit) {
  submitStep(executor, batch, init);
  await executor.statistics();
}
