/** One pass of a batch through the supernet and back: loss and gradients in the machine's memory. */
import type { Batch } from '../executor.ts';
import { backwardClassifier, backwardStage, runs, type StagePass } from './backward.ts';
import {
  classify,
  forwardCell,
  forwardStem,
  loadImages,
  type Machine,
  measure,
  mixStage,
  poolStage,
} from './forward.ts';
import { crossEntropy, type LossSums } from './loss.ts';
import { type Layer, type Window, windowsOf } from './workspace.ts';

export interface TrainingTask {
  readonly machine: Machine;
  readonly dense: Layer;
  readonly channels: number;
  readonly classes: number;
  /** Mixing weights of each stage. */
  readonly rows: readonly Float32Array[];
  /** Gets the gradient of the mixing weights, stage after stage; null where it is not wanted. */
  readonly dRows: readonly number[][] | null;
}

function forwardGroup(
  { machine, dense, channels, rows, dRows }: TrainingTask,
  batch: Batch,
  windows: readonly Window[],
) {
  for (const window of windows) loadImages(machine, batch.images, channels, window);
  let features = machine.workspace.images;
  const passes = machine.workspace.stages.map((stage, s): StagePass => {
    const weights = rows[s] as Float32Array;
    const pass = { stage, weights, features, dWeights: dRows?.[s] ?? null };
    const running = stage.candidates.filter((_, i) => runs(pass, i));
    for (const window of windows) {
      forwardStem(machine, stage, features, window);
      for (const cell of running) forwardCell(machine, stage, cell, window);
    }
    if (machine.workspace.batchNorm) {
      for (const cell of running) measure(machine, stage, cell, windows);
    }
    features = poolStage(machine, stage, mixStage(machine, stage, weights, windows), windows);
    return pass;
  });
  for (const window of windows) classify(machine, dense, features, window);
  return { passes, features };
}

/** Adds the gradients of the mean loss of the batch to those in memory, and its loss to `sums`. */
export function accumulate(task: TrainingTask, batch: Batch, sums: LossSums): void {
  const { machine, dense, classes } = task;
  const { heap, workspace } = machine;
  const size = batch.labels.length;
  const stride = workspace.classes;
  for (const windows of windowsOf(workspace, size)) {
    const { passes, features } = forwardGroup(task, batch, windows);
    for (const { first, slot, count } of windows) {
      const logits = workspace.logits / 4 + slot * stride;
      const gradient = { at: workspace.dLogits / 4 + slot * stride, batch: size };
      crossEntropy(
        heap.floats,
        logits,
        batch.labels,
        first,
        count,
        classes,
        stride,
        sums,
        gradient,
      );
    }
    for (let s = passes.length - 1; s >= 0; s--) {
      const pass = passes[s];
      if (!pass) continue;
      if (s === passes.length - 1) {
        backwardClassifier(machine, dense, pass.stage, features, windows);
      }
      backwardStage(machine, pass, passes[s - 1]?.stage ?? null, windows);
    }
  }
}
