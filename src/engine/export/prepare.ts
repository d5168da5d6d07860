/** From a finished training to all that an export needs. */
import type { RunConfig } from '../../core/run/config.ts';
import type { ImageRecipe, TrainedModel } from '../../core/trainedModel.ts';
import type { DatasetDescriptor } from '../../data/catalogue.ts';
import type { AloneResult } from '../evaluate.ts';
import type { Task } from '../task.ts';
import { calibrate } from './infer.ts';

/** Training images that fix the statistics of batch norm, at most. */
const CALIBRATION_IMAGES = 500;

/** How pictures of a data set become input. */
export function recipeOf(descriptor: DatasetDescriptor, imagePooling: 1 | 2): ImageRecipe {
  const { id, name, classes, mean, std } = descriptor;
  return { dataset: id, name, classes, imagePooling, mean, std };
}

export interface TrainingOfNetwork {
  readonly config: RunConfig;
  readonly seed: number;
  readonly steps: number;
}

/**
 * The trained network with its calibration and its recipe; null after a training that diverged or
 * kept no network.
 */
export async function prepareExport(
  { network, architecture, accuracy, loss }: AloneResult,
  training: TrainingOfNetwork,
  task: Task,
  descriptor: DatasetDescriptor,
): Promise<TrainedModel | null> {
  if (!network) return null;
  const { images } = task.trainStream(CALIBRATION_IMAGES, 'calibration').batch(0);
  return {
    architecture,
    ...network,
    calibration: await calibrate(network, images),
    recipe: recipeOf(descriptor, training.config.task.imagePooling),
    training: { ...training, accuracy, loss },
  };
}
