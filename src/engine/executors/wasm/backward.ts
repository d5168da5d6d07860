/** The way back: gradients of weights and of mixing weights, stage by stage from the last. */
import {
  addressAfter,
  type ByteAddress,
  FIRST_IMAGE,
  floatBytes,
  NOWHERE,
  type PlaneImage,
  parameterAt,
} from '../units.ts';
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
  dz: ByteAddress,
  dx: ByteAddress,
  count: number,
  add: boolean,
): void {
  const { height, width, pad } = size;
  const filter = parameterAt(addresses.backward, weight);
  const mode = add ? ADD : 0;
  heap.kernels.convolve(
    dz,
    filter,
    NOWHERE,
    dx,
    NOWHERE,
    count,
    height,
    width,
    pad,
    to,
    from,
    kernel,
    mode,
  );
}

/** The gradient of the parameters that a microbatch adds to. */
const gradientOf = ({ workspace }: Machine, { slot }: Microbatch) =>
  workspace.gradients[slot] as ByteAddress;

function filterGradient(
  machine: Machine,
  { size }: StageWork,
  { weight, from, to }: Layer,
  x: ByteAddress,
  dz: ByteAddress,
  microbatch: Microbatch,
): void {
  const { heap, kernel } = machine;
  const { count } = microbatch;
  const { height, width, pad } = size;
  const dw = parameterAt(gradientOf(machine, microbatch), weight);
  heap.kernels.filterGradient(x, dz, dw, count, height, width, pad, from, to, kernel);
}

/** Gradient of the pooled features → gradient of the mixture. */
function unpool({ heap }: Machine, stage: StageWork, { planeImage, count }: Microbatch): void {
  const { factor, channels, size } = stage;
  if (factor === 1) return;
  const { height, width, pad } = size;
  const dy = at(stage.dPooled, FIRST_IMAGE);
  const dx = at(stage.dMixed, planeImage);
  const winners = addressAfter(stage.winners, stage.winnerBytes, planeImage);
  const { unpoolAverage, unpoolMaximum } = heap.kernels;
  if (stage.average) unpoolAverage(dy, dx, count, height, width, pad, channels, factor);
  else unpoolMaximum(dy, winners, dx, count, height, width, pad, channels, factor);
}

/** Where the gradient of a stage's features goes: scratch before pooling, or straight on. */
const featureGradient = (stage: StageWork, planeImage: PlaneImage) =>
  stage.factor === 1 ? at(stage.dMixed, planeImage) : at(stage.dPooled, FIRST_IMAGE);

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
    const d = addressAfter(workspace.dLogits, floatBytes(classes), planeImage);
    const gradient = gradientOf(machine, microbatch);
    heap.kernels.classifierWeights(
      at(features, planeImage),
      d,
      parameterAt(gradient, dense.weight),
      parameterAt(gradient, dense.bias),
      count,
      height,
      width,
      pad,
      channels,
      classes,
    );
    heap.kernels.classifierInput(
      d,
      parameterAt(addresses.weights, dense.weight),
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
  dOutput: ByteAddress,
  factor: number,
  microbatch: Microbatch,
  begins: boolean,
): void {
  const { heap } = machine;
  const { planeImage, count } = microbatch;
  const gradient = gradientOf(machine, microbatch);
  const { height, width, pad } = stage.size;
  const dz = at(stage.dz, FIRST_IMAGE);
  let first = begins;
  for (let i = cell.operations.length - 1; i >= 0; i--) {
    const operation = cell.operations[i];
    if (!operation) continue;
    const { x, dTo, dFrom, reluBits, bias, dSets } = operation;
    heap.kernels.gate(
      dTo ? at(dTo, FIRST_IMAGE) : dOutput,
      dTo ? 1 : factor,
      reluBitsAt(reluBits, stage, planeImage),
      dz,
      parameterAt(gradient, bias),
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
      inputGradient(machine, stage, operation, dz, at(dFrom, FIRST_IMAGE), count, !dSets);
    } else {
      inputGradient(machine, stage, operation, dz, at(stage.dInput, FIRST_IMAGE), count, !first);
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
  const d = at(dInput, FIRST_IMAGE);
  if (stem) {
    const db = parameterAt(gradientOf(machine, microbatch), stem.bias);
    const reluBits = reluBitsAt(stem.reluBits, stage, planeImage);
    const gated = reluBits === NOWHERE ? d : at(dz, FIRST_IMAGE);
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
          at(stage.dOutput, FIRST_IMAGE),
          count,
          height,
          width,
          pad,
          stage.channels,
        );
        backwardCell(machine, stage, cell, at(stage.dOutput, FIRST_IMAGE), 1, microbatch, begins);
      } else {
        backwardCell(machine, stage, cell, d, weight, microbatch, begins);
      }
      begins = false;
    });
    backwardStem(machine, pass, before, microbatch);
    member.beat();
  }
}
