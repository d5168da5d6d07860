/**
 * The data sets that the lab knows: what they are, where they come from, and what their files must
 * contain. Counts, statistics and digests come from digests.json, which scripts/datasets.mjs writes.
 *
 * Each set has two variants with one id: `shipped`, a class-balanced part that comes with the lab,
 * and `full`, which is there only after `npm run datasets -- --full` (its manifest says so).
 */

import type { DatasetId } from '../core/datasets/registry.ts';
import type { DatasetFacts } from '../core/datasets/types.ts';
import { LabError } from '../core/errors.ts';
import { DATASET_IDS, findDataset } from '../core/run/datasets.ts';
import digests from './digests.json';

export { DATASET_IDS };
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

export interface DatasetDescriptor extends Omit<DatasetFacts, 'shipped' | 'full'> {
  readonly variant: DatasetVariant;
  /** Per channel, over the training images of this variant, where a pixel is in [0, 1]. */
  readonly mean: readonly number[];
  readonly std: readonly number[];
  /** Number of images in the training file and in the test file. */
  readonly train: number;
  readonly test: number;
  readonly files: DatasetFiles;
}

type Measured = Pick<DatasetDescriptor, 'mean' | 'std' | 'train' | 'test' | 'files'>;

const MEASURED: {
  readonly [id in DatasetId]: { readonly [variant in DatasetVariant]: Measured };
} = digests;

/**
 * Everything known about a data set. That the full variant is described does not mean that its files
 * are there: see `availableVariants`.
 * @throws LabError `dataset-unavailable` for an unknown id, listing the known ones.
 */
export function datasetDescriptor(
  id: string,
  variant: DatasetVariant = 'shipped',
): DatasetDescriptor {
  const known = findDataset(id);
  if (!known) {
    throw new LabError(
      'dataset-unavailable',
      `There is no data set “${id}”. The data sets are ${DATASET_IDS.join(', ')}.`,
      { id, known: DATASET_IDS },
    );
  }
  const { shipped: _, full: __, ...facts } = known;
  return { variant, ...facts, ...MEASURED[known.id][variant] };
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
