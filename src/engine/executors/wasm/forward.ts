/** The way forward: images → logits, stage by stage, through the kernels. */
import type { KernelHeap } from './kernels.ts';
import type { Addresses } from './memory.ts';
import { at, type Plane } from './planes.ts';
import type { CandidateWork, Layer, StageWork, Window, Workspace } from './workspace.ts';

/** All that the passes need. */
export interface Machine {
  readonly heap: KernelHeap;
  readonly addresses: Addresses;
  readonly workspace: Workspace;
  readonly kernel: number;
}

export const ADD = 1;
export const RELU = 2;

const EPSILON = 1e-5;

/** Copies images [B,H,W,C] of a window into their plane. */
export function loadImages(
  { heap, workspace }: Machine,
  images: Float32Array,
  channels: number,
  { first, slot, count }: Window,
): void {
  const plane = workspace.images;
  const { height, width, pad } = plane;
  const { floats } = heap;
  let from = first * height * width * channels;
  for (let b = 0; b < count; b++) {
    for (let y = 0; y < height; y++) {
      let to = at(plane, slot + b) / 4 + y * (width + pad) * plane.channels;
      for (let x = 0; x < width; x++) {
        for (let c = 0; c < channels; c++) floats[to + c] = images[from + c] as number;
        from += channels;
        to += plane.channels;
      }
    }
  }
}

/** Packs the filters of all convolutions; once after each change of the weights. */
export function packFilters(machine: Machine): void {
  const { heap, addresses, workspace, kernel } = machine;
  const { packForward, packBackward } = heap.kernels;
  const pack = ({ weight, from, to }: Layer, back: boolean) => {
    const w = addresses.weights + weight * 4;
    packForward(w, addresses.forward + weight * 4, kernel, from, to);
    if (back) packBackward(w, addresses.backward + weight * 4, kernel, from, to);
  };
  workspace.stages.forEach((stage, s) => {
    pack(stage.stem, s > 0);
    for (const { operations } of stage.candidates) {
      for (const operation of operations) pack(operation, true);
    }
  });
}

/** The stage's input convolution, from the previous stage's features. */
export function forwardStem(
  { heap, addresses, kernel }: Machine,
  stage: StageWork,
  features: Plane,
  { slot, count }: Window,
): void {
  const { weight, bias, from, to } = stage.stem;
  const { height, width, pad } = stage.size;
  heap.kernels.convolve(
    at(features, slot),
    addresses.forward + weight * 4,
    addresses.weights + bias * 4,
    at(stage.input, slot),
    0,
    count,
    height,
    width,
    pad,
    from,
    to,
    kernel,
    0,
  );
}

/** One candidate: every operation adds its ReLU to its target vertex or to the output. */
export function forwardCell(
  { heap, addresses, workspace, kernel }: Machine,
  stage: StageWork,
  cell: CandidateWork,
  { slot, count }: Window,
): void {
  const { convolve } = heap.kernels;
  const { height, width, pad } = stage.size;
  const inner = workspace.training ? slot : 0;
  for (const { x, y, weight, bias, from, to, sets, mask } of cell.operations) {
    convolve(
      x ? at(x, inner) : at(stage.input, slot),
      addresses.forward + weight * 4,
      addresses.weights + bias * 4,
      at(y, y === cell.output ? slot : inner),
      mask && mask + inner * stage.maskBytes,
      count,
      height,
      width,
      pad,
      from,
      to,
      kernel,
      sets ? RELU : RELU + ADD,
    );
  }
}

const pixelsOf = ({ size }: StageWork, windows: readonly Window[]) =>
  windows.reduce((sum, { count }) => sum + count, 0) * size.height * size.width;

/**
 * Mean and 1/√(variance + ε) of a candidate's output over batch and pixels, per channel, into
 * `cell.mean` and `cell.scale`.
 */
export function measure(
  { heap, addresses }: Machine,
  stage: StageWork,
  cell: CandidateWork,
  windows: readonly Window[],
): void {
  const { kernels, floats, doubles } = heap;
  const { zeros, sums } = addresses;
  const { size, channels } = stage;
  const { height, width, pad } = size;
  const pixels = pixelsOf(stage, windows);
  const total = doubles.subarray(sums / 8, sums / 8 + channels);
  total.fill(0);
  for (const { slot, count } of windows) {
    kernels.sumPixels(at(cell.output, slot), zeros, sums, count, height, width, pad, channels);
  }
  for (let c = 0; c < channels; c++) floats[cell.mean / 4 + c] = (total[c] as number) / pixels;
  total.fill(0);
  for (const { slot, count } of windows) {
    const x = at(cell.output, slot);
    kernels.squarePixels(x, cell.mean, sums, count, height, width, pad, channels);
  }
  for (let c = 0; c < channels; c++) {
    floats[cell.scale / 4 + c] = 1 / Math.sqrt((total[c] as number) / pixels + EPSILON);
  }
}

/** The factor of each channel of a candidate's output in the mixture, at `cell.weighted`. */
function weigh({ heap, workspace }: Machine, cell: CandidateWork, weight: number): void {
  const { floats } = heap;
  for (let c = 0; c < cell.output.channels; c++) {
    const scale = workspace.batchNorm ? (floats[cell.scale / 4 + c] as number) : 1;
    floats[cell.weighted / 4 + c] = weight * scale;
  }
}

/**
 * Σ wᵢ · (normalised) outputs. Returns the plane that holds it: a candidate's own output where there
 * is nothing to compute.
 */
export function mixStage(
  machine: Machine,
  stage: StageWork,
  row: ArrayLike<number>,
  windows: readonly Window[],
): Plane {
  const { heap, addresses, workspace } = machine;
  const active = stage.candidates.map((_, i) => i).filter((i) => row[i] !== 0);
  const [only] = active;
  const alone = only !== undefined && active.length === 1 ? stage.candidates[only] : undefined;
  if (alone && !workspace.batchNorm && row[only as number] === 1) return alone.output;
  const { height, width, pad } = stage.size;
  let add = 0;
  for (const i of active) {
    const cell = stage.candidates[i] as CandidateWork;
    weigh(machine, cell, row[i] as number);
    const mean = workspace.batchNorm ? cell.mean : addresses.zeros;
    for (const { slot, count } of windows) {
      heap.kernels.mixInto(
        at(cell.output, slot),
        mean,
        cell.weighted,
        at(stage.mixed, slot),
        add,
        count,
        height,
        width,
        pad,
        stage.channels,
      );
    }
    add = 1;
  }
  return stage.mixed;
}

/** Returns the plane that holds the stage's features. */
export function poolStage(
  { heap }: Machine,
  stage: StageWork,
  mixed: Plane,
  windows: readonly Window[],
): Plane {
  const { factor, channels, pooled, size } = stage;
  if (factor === 1) return mixed;
  const { height, width, pad } = size;
  const { poolAverage, poolMaximum } = heap.kernels;
  for (const { slot, count } of windows) {
    const [x, y] = [at(mixed, slot), at(pooled, slot)];
    const winners = stage.winners + slot * stage.winnerBytes;
    if (stage.average) poolAverage(x, y, count, height, width, pad, channels, factor);
    else poolMaximum(x, y, winners, count, height, width, pad, channels, factor);
  }
  return pooled;
}

/** Logits of a window, [slot][padded classes]. */
export function classify(
  { heap, addresses, workspace }: Machine,
  dense: Layer,
  features: Plane,
  { slot, count }: Window,
): void {
  const { height, width, pad, channels } = features;
  heap.kernels.classify(
    at(features, slot),
    addresses.weights + dense.weight * 4,
    addresses.weights + dense.bias * 4,
    workspace.logits + slot * workspace.classes * 4,
    count,
    height,
    width,
    pad,
    channels,
    workspace.classes,
  );
}
