/** The way back: gradients of weights and of mixing weights, stage by stage from the last. */
import { ADD, type Machine } from './forward.ts';
import { at, type Plane } from './planes.ts';
import type { CandidateWork, Layer, StageWork, Window } from './workspace.ts';

/** What the way forward left behind for the way back. */
export interface StagePass {
  readonly stage: StageWork;
  /** Mixing weights of the step. */
  readonly weights: Float32Array;
  /** Input of the stem: the images, or the features of the stage before. */
  readonly features: Plane;
  /** Gets Σ ∂loss/∂weight; null where nobody asks. */
  readonly dWeights: number[] | null;
}

/** Whether a candidate takes part: one of weight zero matters to the gradient of alpha alone. */
export const runs = ({ weights, dWeights }: StagePass, candidate: number) =>
  weights[candidate] !== 0 || dWeights !== null;

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

function filterGradient(
  { heap, addresses, kernel }: Machine,
  { size }: StageWork,
  { weight, from, to }: Layer,
  x: number,
  dz: number,
  count: number,
): void {
  const { height, width, pad } = size;
  const dw = addresses.gradient + weight * 4;
  heap.kernels.filterGradient(x, dz, dw, count, height, width, pad, from, to, kernel);
}

/** Gradient of the pooled features → gradient of the mixture. */
function unpool({ heap }: Machine, stage: StageWork, { slot, count }: Window): void {
  const { factor, channels, size } = stage;
  if (factor === 1) return;
  const { height, width, pad } = size;
  const dy = at(stage.dPooled, 0);
  const dx = at(stage.dMixed, slot);
  const winners = stage.winners + slot * stage.winnerBytes;
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
  dense: Layer,
  stage: StageWork,
  features: Plane,
  windows: readonly Window[],
): void {
  const { heap, addresses, workspace } = machine;
  const { height, width, pad, channels } = features;
  const { classes } = workspace;
  for (const window of windows) {
    const { slot, count } = window;
    const d = workspace.dLogits + slot * classes * 4;
    heap.kernels.classifierWeights(
      at(features, slot),
      d,
      addresses.gradient + dense.weight * 4,
      addresses.gradient + dense.bias * 4,
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
      featureGradient(stage, slot),
      count,
      height,
      width,
      pad,
      channels,
      classes,
    );
    unpool(machine, stage, window);
  }
}

const total = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0);

/** Σ dMixed per channel, for batch norm. */
function sumGradient({ heap, addresses }: Machine, stage: StageWork, windows: readonly Window[]) {
  const { channels, size } = stage;
  const { height, width, pad } = size;
  const { zeros, sumsD } = addresses;
  heap.doubles.fill(0, sumsD / 8, sumsD / 8 + channels);
  for (const { slot, count } of windows) {
    const d = at(stage.dMixed, slot);
    heap.kernels.sumPixels(d, zeros, sumsD, count, height, width, pad, channels);
  }
}

/** Σ dMixed · (output − mean) per channel, in `addresses.sums`. */
function correlate(
  { heap, addresses, workspace }: Machine,
  stage: StageWork,
  cell: CandidateWork,
  windows: readonly Window[],
): Float64Array {
  const { channels, size } = stage;
  const { height, width, pad } = size;
  const { zeros, sums } = addresses;
  const found = heap.doubles.subarray(sums / 8, sums / 8 + channels);
  found.fill(0);
  const mean = workspace.batchNorm ? cell.mean : zeros;
  for (const { slot, count } of windows) {
    const [d, x] = [at(stage.dMixed, slot), at(cell.output, slot)];
    heap.kernels.dotPixels(d, x, mean, sums, count, height, width, pad, channels);
  }
  return found;
}

/**
 * Per channel: mean of the gradient, slope along the normalised output, and scale, so that
 * `normaliseGradient` gives w/σ · (d − mean(d) − x̂ · mean(d·x̂)).
 */
function prepareNorm(
  { heap, addresses }: Machine,
  stage: StageWork,
  cell: CandidateWork,
  weight: number,
  dots: Float64Array,
  pixels: number,
): void {
  const { floats, doubles } = heap;
  for (let c = 0; c < stage.channels; c++) {
    const inverse = floats[cell.scale / 4 + c] as number;
    floats[addresses.meanD / 4 + c] = (doubles[addresses.sumsD / 8 + c] as number) / pixels;
    floats[cell.along / 4 + c] = (inverse * inverse * (dots[c] as number)) / pixels;
    floats[cell.weighted / 4 + c] = weight * inverse;
  }
}

/** One candidate, from the gradient of its output (times `factor`) back to the stage's input. */
function backwardCell(
  machine: Machine,
  stage: StageWork,
  cell: CandidateWork,
  dOutput: number,
  factor: number,
  { slot, count }: Window,
  begins: boolean,
): void {
  const { heap, addresses } = machine;
  const { height, width, pad } = stage.size;
  const dz = at(stage.dz, 0);
  let first = begins;
  for (let i = cell.operations.length - 1; i >= 0; i--) {
    const operation = cell.operations[i];
    if (!operation) continue;
    const { x, dTo, dFrom, mask, bias, dSets } = operation;
    heap.kernels.gate(
      dTo ? at(dTo, 0) : dOutput,
      dTo ? 1 : factor,
      mask + slot * stage.maskBytes,
      dz,
      addresses.gradient + bias * 4,
      count,
      height,
      width,
      pad,
      stage.channels,
    );
    filterGradient(machine, stage, operation, x ? at(x, slot) : at(stage.input, slot), dz, count);
    if (dFrom) {
      inputGradient(machine, stage, operation, dz, at(dFrom, 0), count, !dSets);
    } else {
      inputGradient(machine, stage, operation, dz, at(stage.dInput, 0), count, !first);
      first = false;
    }
  }
}

/** Gradients of the stem, and of the features of the stage before. */
function backwardStem(
  machine: Machine,
  { stage, features }: StagePass,
  before: StageWork | null,
  window: Window,
): void {
  const { heap, addresses } = machine;
  const { slot, count } = window;
  const { height, width, pad } = stage.size;
  const d = at(stage.dInput, 0);
  const db = addresses.gradient + stage.stem.bias * 4;
  heap.kernels.gate(d, 1, 0, 0, db, count, height, width, pad, stage.channels);
  filterGradient(machine, stage, stage.stem, at(features, slot), d, count);
  if (!before) return;
  inputGradient(machine, stage, stage.stem, d, featureGradient(before, slot), count, false);
  unpool(machine, before, window);
}

/** A stage, from the gradient of its mixture to that of the mixture before. */
export function backwardStage(
  machine: Machine,
  pass: StagePass,
  before: StageWork | null,
  windows: readonly Window[],
): void {
  const { heap, workspace, addresses } = machine;
  const { stage, weights, dWeights } = pass;
  const { batchNorm } = workspace;
  const { height, width, pad } = stage.size;
  const images = windows.reduce((sum, { count }) => sum + count, 0);
  if (batchNorm) sumGradient(machine, stage, windows);
  stage.candidates.forEach((cell, i) => {
    if (!runs(pass, i) || (!batchNorm && !dWeights)) return;
    const dots = correlate(machine, stage, cell, windows);
    const inverses = heap.floats.subarray(cell.scale / 4, cell.scale / 4 + stage.channels);
    const slope = batchNorm
      ? total(dots.map((dot, c) => dot * (inverses[c] as number)))
      : total(dots);
    if (dWeights) dWeights[i] = (dWeights[i] ?? 0) + slope;
    if (!batchNorm) return;
    prepareNorm(machine, stage, cell, weights[i] as number, dots, images * height * width);
  });
  for (const window of windows) {
    const { slot, count } = window;
    let begins = true;
    stage.candidates.forEach((cell, i) => {
      const weight = weights[i] as number;
      // A stage that is one-hot on another candidate sends nothing back here.
      if (weight === 0) return;
      const d = at(stage.dMixed, slot);
      if (batchNorm) {
        heap.kernels.normaliseGradient(
          d,
          at(cell.output, slot),
          cell.mean,
          cell.weighted,
          addresses.meanD,
          cell.along,
          at(stage.dOutput, 0),
          count,
          height,
          width,
          pad,
          stage.channels,
        );
        backwardCell(machine, stage, cell, at(stage.dOutput, 0), 1, window, begins);
      } else {
        backwardCell(machine, stage, cell, d, weight, window, begins);
      }
      begins = false;
    });
    backwardStem(machine, pass, before, window);
  }
}
