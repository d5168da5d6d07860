/** Trains an architecture alone and keeps everything about it: curve, weights, predictions. */
import { architectureId, readArchitecture } from '../../core/cellId.ts';
import type { CurvePoint } from '../../core/study/events.ts';
import type { TrainingOutcome, TrainingRequest } from '../../core/trainedModel.ts';
import type { Dataset } from '../../data/load.ts';
import { trainAlone } from '../evaluate.ts';
import type { Gate } from '../supernet.ts';
import { prepareTask } from '../task.ts';
import { prepareExport } from './prepare.ts';
import { testPredictions } from './testSet.ts';

/**
 * As `trainAlone`, from the data set on; `onPoint` hears of every point of the curve.
 * @throws LabError `usage` for a wrong id, `config-invalid` where the network cannot be built, and
 * whatever the gate throws.
 */
export async function trainModel(
  { config, architecture, seed, steps }: TrainingRequest,
  dataset: Dataset,
  gate: Gate,
  onPoint: (point: CurvePoint) => void,
): Promise<TrainingOutcome> {
  const task = prepareTask(dataset, config);
  const request = {
    config,
    architecture: architectureId(readArchitecture(architecture)),
    seed,
    steps,
  };
  const training = trainAlone(request, task, gate, { keepNetwork: true });
  for (;;) {
    const next = await training.next();
    if (!next.done) {
      onPoint(next.value);
      continue;
    }
    const result = next.value;
    const { history, diverged } = result;
    const model = await prepareExport(result, { config, seed, steps }, task, dataset.descriptor);
    const trained = model && { model, test: await testPredictions(model, task) };
    return { history, diverged, trained };
  }
}
