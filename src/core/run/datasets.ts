/** Shapes of the datasets, so that a config can be checked before a byte of them is loaded. */
export interface DatasetShape {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  /** Images in the training file (weights and validation) and in the test file. */
  readonly train: number;
  readonly test: number;
}

export const DATASET_SHAPES: { readonly [id: string]: DatasetShape } = {
  mnist: { height: 28, width: 28, channels: 1, train: 60_000, test: 10_000 },
  'fashion-mnist': { height: 28, width: 28, channels: 1, train: 60_000, test: 10_000 },
  'cifar-10': { height: 32, width: 32, channels: 3, train: 50_000, test: 10_000 },
};
