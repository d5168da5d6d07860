/** Looks up the data set behind an id that may have come from anywhere: a config, a log, a link. */
import { DATASETS, type DatasetId } from '../datasets/registry.ts';
import type { DatasetFacts, ImageCounts } from '../datasets/types.ts';
import type { TaskShape } from '../networkShape.ts';
import type { TaskConfig } from './config.ts';

export const DATASET_IDS: readonly DatasetId[] = DATASETS.map(({ id }) => id);

/** Undefined if there is no such set. */
export function findDataset(id: string): DatasetFacts<DatasetId> | undefined {
  return DATASETS.find((one) => one.id === id);
}

/** Shape of a data set's images and the counts of the full set. */
export type DatasetShape = Pick<DatasetFacts, 'height' | 'width' | 'channels'> & ImageCounts;

/** The shape behind an id; undefined if there is no such set. */
export function datasetShape(id: string): DatasetShape | undefined {
  const known = findDataset(id);
  if (!known) return undefined;
  const { height, width, channels, full } = known;
  return { height, width, channels, ...full };
}

/** The name of a data set for a reader; an unknown id stands for itself. */
export function datasetName(id: string): string {
  return findDataset(id)?.name ?? id;
}

/** Shape of the images after pooling, and the number of classes; null for an unknown data set. */
export function knownTaskShape({ dataset, imagePooling }: TaskConfig): TaskShape | null {
  const known = findDataset(dataset);
  if (!known) return null;
  return {
    height: Math.floor(known.height / imagePooling),
    width: Math.floor(known.width / imagePooling),
    channels: known.channels,
    classes: known.classes.length,
  };
}

/** Accuracy of guessing: 1 / classes. Null for an unknown data set. */
export function chanceLevel(id: string): number | null {
  const known = findDataset(id);
  return known ? 1 / known.classes.length : null;
}
