/**
 * The config of a run: everything that, with a seed and a backend, decides the result. Plain data.
 */
export type Optimiser = 'adam' | 'sgd';
export type Schedule = 'constant' | 'linear' | 'cosine';
export type Normalisation = 'none' | 'batch' | 'l2';
export type Sampling = 'softmax' | 'gumbel' | 'gumbel-hard';
export type AlphaOrder = 'joint' | 'first' | 'second';
export type AlphaInit = 'zeros' | 'ones' | 'uniform';
export type WeightInit = 'he' | 'uniform';
export type PoolingType = 'max' | 'average';
export type OperationKind = 'conv' | 'linear';
export type ChannelRule = 'explicit' | 'reference';

export interface TaskConfig {
  readonly dataset: string;
  /** Images for the weights, for alpha (first/second order) and the probe, and for the truth. */
  readonly trainImages: number;
  readonly validationImages: number;
  readonly testImages: number;
  /** Average pooling of the images before anything else: 1 or 2. */
  readonly imagePooling: 1 | 2;
}

export interface SpaceConfig {
  /** Which kind of space: `cells`. */
  readonly id: string;
  readonly operation: OperationKind;
  /** Kernel side of `conv` operations. */
  readonly kernel: 3 | 5 | 7;
  /** Width of `linear` operations. */
  readonly width: number;
  readonly stages: number;
  readonly vertices: number;
  /** Candidates that a region offers in each stage (k). */
  readonly candidates: readonly number[];
  readonly channelRule: ChannelRule;
  /** `explicit`: channels of each stage. `reference`: only the last entry counts. */
  readonly channels: readonly number[];
  /** `explicit`: pooling factor after each stage; ignored by `reference`. */
  readonly pooling: readonly number[];
  readonly poolingType: PoolingType;
}

export interface OptimiserConfig {
  readonly optimiser: Optimiser;
  readonly rate: number;
  /** SGD momentum. */
  readonly momentum: number;
  readonly schedule: Schedule;
  /** `linear`: rate reached after `scheduleEpochs`; `cosine` ends at 0 with the last step. */
  readonly finalRate: number;
  readonly scheduleEpochs: number;
  /** Share of the steps with a linearly rising rate (`cosine`). */
  readonly warmUp: number;
}

export interface SupernetConfig {
  readonly steps: number;
  readonly batchSize: number;
  readonly normalisation: Normalisation;
  readonly weightInit: WeightInit;
  readonly weights: OptimiserConfig;
  readonly alpha: OptimiserConfig & {
    readonly init: AlphaInit;
    readonly order: AlphaOrder;
    /** Share of the steps during which alpha does not move. */
    readonly frozen: number;
  };
  readonly sampling: Sampling;
  /** Temperature of the Gumbel-softmax. */
  readonly temperature: number;
  /** A `supernet/progress` event every so many steps. */
  readonly reportEvery: number;
}

export interface RankerConfig {
  /** `fade`, `fade-probe`, `leave-one-out`, … */
  readonly id: string;
  readonly readout: 'product' | 'mean';
  /** Read the mean of the weights over the last third of the steps, or the last ones. */
  readonly weights: 'averaged' | 'last';
  /** Supernet seeds averaged (ensemble). */
  readonly supernets: number;
}

export interface MethodConfig {
  readonly id: string;
  readonly options: { readonly [name: string]: number | string | boolean };
}

/** When a search ends, whatever comes first; at least one limit holds. */
export interface SearchConfig {
  /** Rounds of the method, which region searches call generations; 0: no limit. */
  readonly generations: number;
  /** Multiply–accumulates of everything trained and evaluated; 0: no limit. */
  readonly macs: number;
  /** Architectures trained alone; 0: no limit. */
  readonly evaluations: number;
  readonly seed: number;
}

export interface RunConfig {
  readonly preset: string;
  readonly task: TaskConfig;
  readonly space: SpaceConfig;
  readonly supernet: SupernetConfig;
  readonly ranker: RankerConfig;
  readonly method: MethodConfig;
  readonly search: SearchConfig;
}
