/** The networks of a study: their shape, and the sizes of the task. */
import { architectureCost, type Cost, type NetworkShape } from '../architecture.ts';
import { LabError } from '../errors.ts';
import { networkShape, type TaskShape } from '../networkShape.ts';
import type { RunConfig } from '../run/config.ts';
import { DATASET_IDS, knownTaskShape } from '../run/datasets.ts';
import type { PartId } from '../space/ids.ts';
import type { StudyConfig } from './config.ts';

/**
 * Shape of the images after pooling, and the number of classes.
 * @throws LabError `config-invalid` for an unknown data set.
 */
export function taskShape({ task }: RunConfig): TaskShape {
  const shape = knownTaskShape(task);
  if (shape) return shape;
  const known = DATASET_IDS.join(', ');
  const message = `task.dataset: there is no data set “${task.dataset}”. Use one of ${known}.`;
  throw new LabError('config-invalid', message, { field: 'task.dataset', value: task.dataset });
}

/** Shape of every network of the study. */
export function studyShape({ run }: Pick<StudyConfig, 'run'>): NetworkShape {
  return networkShape(run, taskShape(run));
}

/** Parameters and forward FLOPs of the architecture with these cells. */
export function studyCost(config: StudyConfig, cells: readonly PartId[]): Cost {
  return architectureCost(studyShape(config), cells);
}
