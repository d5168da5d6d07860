/** The way back: gradients of weights and of mixing weights, stage by stage from the last. */
import { ADD, copyImages, type Machine, reluBitsAt } from './forward.ts';
import type { Microbatch } from './microbatches.ts';
import { at, type Plane } from './planes.ts';
import { gatherStage, type StagePass } from './sums.ts';
import type { CandidateWork, Layer, StageWork } from './workspace.ts';

/** dX (= | +=) of a convolution, from dz. */
function inputGradient(
  { heap, addresses, kernel }: Machine,
  { size }: StageWork,
  { weight, from, to }: Layer,
  dz: number,
  dx: number,
  count: number,
  add: boolean,
): void {
  const { height, width, pad } = size;
  const filter = addresses.backward + weight * 4;
  const mode = add ? ADD : 0;
  heap.kernels.convolve(dz, filter, 0, dx, 0, count, height, width, pad, to, from, kernel, mode);
}

/** The gradient of the parameters that a microbatch adds to. */
const gradientOf = ({ workspace }: Machine, { slot }: Microbatch) =>
  workspace.gradients[slot] as number;

function filterGradient(
  machine: Machine,
  { size }: StageWork,
  { weight, from, to }: Layer,
  x: number,
  dz: number,
  microbatch: Microbatch,
): void {
  const { heap, kernel } = machine;
  const { count } = microbatch;
  const { height, width, pad } = size;
  const dw = gradientOf(machine, microbatch) + weight * 4;
  heap.kernels.filterGradient(x, dz, dw, count, height, width, pad, from, to, kernel);
}

/** Gradient of the pooled features → gradient of the mixture. */
function unpool({ heap }: Machine, stage: StageWork, { planeImage, count }: Microbatch): void {
  const { factor, channels, size } = stage;
  if (factor === 1) return;
  const { height, width, pad } = size;
  const dy = at(stage.dPooled, 0);
  const dx = at(stage.dMixed, planeImage);
  const winners = stage.winners + planeImage * stage.winnerBytes;
  const { unpoolAverage, unpoolMaximum } = heap.kernels;
  if (stage.average) unpoolAverage(dy, dx, count, height, width, pad, channels, factor);
  else unpoolMaximum(dy, winners, dx, count, height, width, pad, channels, factor);
}

/** Where the gradient of a stage's features goes: scratch before pooling, or straight on. */
const featureGradient = (stage: StageWork, slot: number) =>
  stage.factor === 1 ? at(stage.dMixed, slot) : at(stage.dPooled, 0);

/** From the gradient of the logits to that of the last stage's mixture. */
export function backwardClassifier(
  machine: Machine,
  stage: StageWork,
  features: Plane,
  microbatches: readonly Microbatch[],
): void {
  const { heap, addresses, workspace, dense } = machine;
  const { height, width, pad, channels } = features;
  const { classes } = workspace;
  for (const microbatch of microbatches) {
    const { planeImage, count } = microbatch;
    const d = workspace.dLogits + planeImage * classes * 4;
    const gradient = gradientOf(machine, microbatch);
    heap.kernels.classifierWeights(
      at(features, planeImage),
      d,
      gradient + dense.weight * 4,
      gradient + dense.bias * 4,
      count,
      height,
      width,
      pad,
      channels,
      classes,
    );
    heap.kernels.classifierInput(
      d,
      addresses.weights + dense.weight * 4,
      featureGradient(stage, planeImage),
      count,
      height,
      width,
      pad,
      channels,
      classes,
    );
    unpool(machine, stage, microbatch);
  }
}

/** One candidate, from the gradient of its output (times `factor`) back to the stage's input. */
function backwardCell(
  machine: Machine,
  stage: StageWork,
  cell: CandidateWork,
  dOutput: number,
  factor: number,
  microbatch: Microbatch,
  begins: boolean,
): void {
  const { heap } = machine;
  const { planeImage, count } = microbatch;
  const gradient = gradientOf(machine, microbatch);
  const { height, width, pad } = stage.size;
  const dz = at(stage.dz, 0);
  let first = begins;
  for (let i = cell.operations.length - 1; i >= 0; i--) {
    const operation = cell.operations[i];
    if (!operation) continue;
    const { x, dTo, dFrom, reluBits, bias, dSets } = operation;
    heap.kernels.gate(
      dTo ? at(dTo, 0) : dOutput,
      dTo ? 1 : factor,
      reluBitsAt(reluBits, stage, planeImage),
      dz,
      gradient + bias * 4,
      count,
      height,
      width,
      pad,
      stage.channels,
    );
    filterGradient(
      machine,
      stage,
      operation,
      x ? at(x, planeImage) : at(stage.input, planeImage),
      dz,
      microbatch,
    );
    if (dFrom) {
      inputGradient(machine, stage, operation, dz, at(dFrom, 0), count, !dSets);
    } else {
      inputGradient(machine, stage, operation, dz, at(stage.dInput, 0), count, !first);
      first = false;
    }
  }
}

/** Gradients of the stem, if there is one, and of the features of the stage before. */
function backwardStem(
  machine: Machine,
  { stage, features }: StagePass,
  before: StageWork | null,
  microbatch: Microbatch,
): void {
  const { heap } = machine;
  const { stem, size, dInput, dz } = stage;
  const { planeImage, count } = microbatch;
  const { height, width, pad } = size;
  const d = at(dInput, 0);
  if (stem) {
    const db = gradientOf(machine, microbatch) + stem.bias * 4;
    const reluBits = reluBitsAt(stem.reluBits, stage, planeImage);
    const gated = reluBits ? at(dz, 0) : d;
    heap.kernels.gate(d, 1, reluBits, gated, db, count, height, width, pad, stage.channels);
    filterGradient(machine, stage, stem, at(features, planeImage), gated, microbatch);
    if (before) {
      inputGradient(machine, stage, stem, gated, featureGradient(before, planeImage), count, false);
    }
  } else if (before) {
    copyImages(heap, d, featureGradient(before, planeImage), count, dInput);
  }
  if (before) unpool(machine, before, microbatch);
}

/** A stage, from the gradient of its mixture to that of the mixture before; `images` in the batch. */
export function backwardStage(
  machine: Machine,
  pass: StagePass,
  before: StageWork | null,
  microbatches: readonly Microbatch[],
  images: number,
): void {
  const { heap, member, workspace } = machine;
  const { stage, weights } = pass;
  const { height, width, pad } = stage.size;
  gatherStage(machine, pass, microbatches, images);
  for (const microbatch of microbatches) {
    const { planeImage, count } = microbatch;
    let begins = true;
    stage.candidates.forEach((cell, i) => {
      const weight = weights[i] as number;
      // A stage that is one-hot on another candidate sends nothing back here.
      if (weight === 0) return;
      const d = at(stage.dMixed, planeImage);
      if (workspace.batchNorm) {
        heap.kernels.normaliseGradient(
          d,
          at(cell.output, planeImage),
          cell.mean,
          cell.weighted,
          stage.dMean,
          cell.along,
          at(stage.dOutput, 0),
          count,
          height,
          width,
          pad,
          stage.channels,
        );
        backwardCell(machine, stage, cell, at(stage.dOutput, 0), 1, microbatch, begins);
      } else {
        backwardCell(machine, stage, cell, d, weight, microbatch, begins);
      }
      begins = false;
    });
    backwardStem(machine, pass, before, microbatch);
    member.beat();
  }
}
