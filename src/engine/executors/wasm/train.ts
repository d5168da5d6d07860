/** One pass of a batch through the supernet and back: loss and gradients in the machine's memory. */
import type { Batch } from '../executor.ts';
import { backwardClassifier, backwardStage } from './backward.ts';
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
import { addLosses } from './loss.ts';
import { extentOf, type Window, windowsOf } from './microbatches.ts';
import { isOwn } from './reductionSlots.ts';
import { clearSums, mixingGradient, runs, type StagePass } from './sums.ts';

export interface TrainingTask {
  readonly machine: Machine;
  readonly batch: Batch;
  /** Mixing weights of each stage. */
  readonly rows: readonly Float32Array[];
  /** Whether `alphaRows` will be asked for. */
  readonly wantsAlpha: boolean;
  /** Address of the sums of losses. */
  readonly losses: number;
}

function forwardGroup(
  { machine, batch, rows, wantsAlpha }: TrainingTask,
  windows: readonly Window[],
) {
  for (const window of windows) loadImages(machine, batch.images, window);
  let features = machine.workspace.images;
  const passes = machine.workspace.stages.map((stage, s): StagePass => {
    const weights = rows[s] as Float32Array;
    const pass = { stage, weights, features, wantsAlpha };
    const running = stage.candidates.filter((_, i) => runs(pass, i));
    for (const window of windows) {
      forwardStem(machine, stage, features, window);
      for (const cell of running) forwardCell(machine, stage, cell, window);
      machine.crew.beat();
    }
    if (machine.workspace.batchNorm) {
      measure(machine, stage, running, windows, batch.labels.length);
    }
    features = poolStage(machine, stage, mixStage(machine, stage, weights, windows), windows);
    return pass;
  });
  for (const window of windows) classify(machine, features, window);
  return { passes, features };
}

/** Zeros in the gradients of the own shares. */
function clearGradients({ heap, crew, workspace }: Machine): void {
  const { gradients, gradientBytes } = workspace;
  gradients.forEach((gradient, share) => {
    if (isOwn(share, crew)) heap.clear(gradient, gradient + gradientBytes);
  });
}

/** Bytes that the shares of a gradient are added up in at once: they stay in the first-level cache. */
const CHUNK = 4096;

/** The sum of the gradients of all shares in the place of the first; each thread does a part of it. */
function addGradients({ heap, crew, workspace }: Machine, shares: number): void {
  const { gradients, gradientBytes } = workspace;
  const [sum = 0, ...further] = gradients.slice(0, shares);
  const part = Math.ceil(gradientBytes / 16 / crew.count) * 16;
  const end = Math.min(gradientBytes, part * (crew.index + 1));
  for (let from = part * crew.index; from < end; from += CHUNK) {
    const bytes = Math.min(CHUNK, end - from);
    for (const own of further) heap.kernels.addInto(sum + from, own + from, bytes);
  }
}

/**
 * This thread's part of a pass. After it, and that of all others, memory holds the gradient of the
 * mean loss of the batch, and its loss by share.
 */
export function trainingPass(task: TrainingTask): void {
  const { machine, batch, losses } = task;
  const { plan, crew } = machine;
  const images = batch.labels.length;
  clearGradients(machine);
  clearSums(machine);
  for (const windows of windowsOf(plan, images, crew)) {
    const { passes, features } = forwardGroup(task, windows);
    for (const window of windows) addLosses(machine, batch.labels, window, [losses], images);
    for (let s = passes.length - 1; s >= 0; s--) {
      const pass = passes[s];
      if (!pass) continue;
      if (s === passes.length - 1) backwardClassifier(machine, pass.stage, features, windows);
      backwardStage(machine, pass, passes[s - 1]?.stage ?? null, windows, images);
    }
  }
  crew.barrier();
  addGradients(machine, extentOf(plan, images, true).shares);
}

/** Gradient of the mixing weights, stage after stage, after a pass that was asked for it. */
export const alphaRows = (machine: Machine): number[][] =>
  machine.workspace.stages.map((stage) => mixingGradient(machine, stage));
