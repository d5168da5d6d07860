/** Named starting points. `quick` is the base; the others say what differs from it. */
import type { OptimiserConfig, RunConfig } from './config.ts';

const weights: OptimiserConfig = {
  optimiser: 'adam',
  rate: 0.005,
  momentum: 0.8,
  schedule: 'cosine',
  finalRate: 0,
  scheduleEpochs: 5,
  warmUp: 0.05,
};

const quick: RunConfig = {
  preset: 'quick',
  task: {
    dataset: 'fashion-mnist',
    trainImages: 4000,
    validationImages: 2000,
    testImages: 2000,
    imagePooling: 2,
  },
  space: {
    id: 'cells',
    operation: 'conv',
    kernel: 3,
    width: 17,
    stages: 2,
    vertices: 5,
    candidates: [5, 5],
    channelRule: 'explicit',
    channels: [4, 8],
    pooling: [2, 2],
    poolingType: 'max',
  },
  supernet: {
    steps: 250,
    batchSize: 32,
    normalisation: 'batch',
    weightInit: 'he',
    weights,
    alpha: {
      ...weights,
      rate: 0.1,
      schedule: 'constant',
      warmUp: 0,
      init: 'zeros',
      order: 'joint',
      frozen: 0.6,
    },
    sampling: 'gumbel',
    temperature: 1,
    reportEvery: 5,
  },
  ranker: { id: 'fade', readout: 'product', weights: 'averaged', supernets: 1 },
  method: { id: 'pseudo-gradient', options: {} },
  search: { generations: 10, macs: 0, evaluations: 0, seed: 1 },
};

export interface Preset {
  readonly id: string;
  readonly name: string;
  readonly help: string;
  readonly config: RunConfig;
}

export const PRESETS: readonly Preset[] = [
  {
    id: 'quick',
    name: 'Quick',
    help: 'Small images, two narrow stages, batch norm: a generation in well under a minute.',
    config: quick,
  },
  {
    id: 'study',
    name: 'Study',
    help: 'No normalisation, wider stages, longer training: architectures differ by more than seed noise. For measuring rankers.',
    config: {
      ...quick,
      preset: 'study',
      task: { ...quick.task, dataset: 'cifar-10' },
      space: { ...quick.space, channels: [8, 16] },
      supernet: {
        ...quick.supernet,
        steps: 375,
        normalisation: 'none',
        weightInit: 'uniform',
        weights: { ...weights, rate: 0.006 },
      },
      method: { id: 'pseudo-gradient', options: { firstBatch: 'depth-stratified' } },
    },
  },
  {
    id: 'smoke',
    name: 'Smoke test',
    help: 'A few tiny steps: shows that everything works, even on a software GPU.',
    config: {
      ...quick,
      preset: 'smoke',
      task: {
        ...quick.task,
        dataset: 'mnist',
        trainImages: 200,
        validationImages: 100,
        testImages: 100,
      },
      space: {
        ...quick.space,
        stages: 2,
        vertices: 3,
        candidates: [2, 2],
        channels: [4, 4],
        pooling: [2, 2],
      },
      supernet: { ...quick.supernet, steps: 8, batchSize: 8, reportEvery: 1 },
      search: { ...quick.search, generations: 2 },
    },
  },
  {
    id: 'paper',
    name: 'Paper scale',
    help: 'Full images, three stages, long training: hours on a CPU, meant for a GPU.',
    config: {
      ...quick,
      preset: 'paper',
      task: { ...quick.task, dataset: 'cifar-10', imagePooling: 1 },
      space: {
        ...quick.space,
        stages: 3,
        vertices: 6,
        candidates: [8, 8, 8],
        channelRule: 'reference',
        channels: [8, 16, 32],
        pooling: [4, 2, 2],
      },
      supernet: { ...quick.supernet, steps: 4000, batchSize: 64, reportEvery: 20 },
      search: { ...quick.search, generations: 20 },
    },
  },
];

export const DEFAULT_CONFIG: RunConfig = quick;
