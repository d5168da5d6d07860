/** One pass of a batch through the supernet and back: loss and gradients in the machine's memory. */
import type { Batch } from '../executor.ts';
import { addressAfter, asBytes, type ByteAddress, NOWHERE } from '../units.ts';
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
import { capacityFor, type Microbatch, microbatchesOf } from './microbatches.ts';
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
  readonly losses: ByteAddress;
}

function forwardGroup(
  { machine, batch, rows, wantsAlpha }: TrainingTask,
  microbatches: readonly Microbatch[],
) {
  for (const microbatch of microbatches) loadImages(machine, batch.images, microbatch);
  let features = machine.workspace.images;
  const passes = machine.workspace.stages.map((stage, s): StagePass => {
    const weights = rows[s] as Float32Array;
    const pass = { stage, weights, features, wantsAlpha };
    const running = stage.candidates.filter((_, i) => runs(pass, i));
    for (const microbatch of microbatches) {
      forwardStem(machine, stage, features, microbatch);
      for (const cell of running) forwardCell(machine, stage, cell, microbatch);
      machine.member.beat();
    }
    if (machine.workspace.batchNorm) {
      measure(machine, stage, running, microbatches, batch.labels.length);
    }
    features = poolStage(
      machine,
      stage,
      mixStage(machine, stage, weights, microbatches),
      microbatches,
    );
    return pass;
  });
  for (const microbatch of microbatches) classify(machine, features, microbatch);
  return { passes, features };
}

/** Zeros in the gradients of the own reduction slots. */
function clearGradients({ heap, member, workspace }: Machine): void {
  const { gradients, gradientBytes } = workspace;
  gradients.forEach((gradient, slot) => {
    if (isOwn(slot, member)) heap.clear(gradient, addressAfter(gradient, gradientBytes));
  });
}

/** Bytes that the slots of a gradient are added up in at once: they stay in the first-level cache. */
const CHUNK = 4096;

/** The sum of the gradients of all reduction slots in that of the first; each thread does a part of it. */
function addGradients({ heap, member, workspace }: Machine, slots: number): void {
  const { gradients, gradientBytes } = workspace;
  const [sum = NOWHERE, ...further] = gradients.slice(0, slots);
  const part = Math.ceil(gradientBytes / 16 / member.count) * 16;
  const end = Math.min(gradientBytes, part * (member.index + 1));
  for (let from = part * member.index; from < end; from += CHUNK) {
    const [skipped, size] = [asBytes(from), asBytes(Math.min(CHUNK, end - from))];
    for (const own of further) {
      heap.kernels.addInto(addressAfter(sum, skipped), addressAfter(own, skipped), size);
    }
  }
}

/**
 * This thread's part of a pass. After it, and that of all others, memory holds the gradient of the
 * mean loss of the batch, and its loss by reduction slot.
 */
export function trainingPass(task: TrainingTask): void {
  const { machine, batch, losses } = task;
  const { plan, member } = machine;
  const images = batch.labels.length;
  clearGradients(machine);
  clearSums(machine);
  for (const microbatches of microbatchesOf(plan, images, member)) {
    const { passes, features } = forwardGroup(task, microbatches);
    for (const microbatch of microbatches)
      addLosses(machine, batch.labels, microbatch, [losses], images);
    for (let s = passes.length - 1; s >= 0; s--) {
      const pass = passes[s];
      if (!pass) continue;
      if (s === passes.length - 1) backwardClassifier(machine, pass.stage, features, microbatches);
      backwardStage(machine, pass, passes[s - 1]?.stage ?? null, microbatches, images);
    }
  }
  member.barrier();
  addGradients(machine, capacityFor(plan, images, true).slots);
}

/** Gradient of the mixing weights, stage after stage, after a pass that was asked for it. */
export const alphaRows = (machine: Machine): number[][] =>
  machine.workspace.stages.map((stage) => mixingGradient(machine, stage));
