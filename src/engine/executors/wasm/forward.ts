/** The way forward: images → logits, stage by stage, through the kernels. */
import type { Plan } from '../../../core/schedule.ts';
import {
  addressAfter,
  asPlaneImage,
  type ByteAddress,
  FIRST_IMAGE,
  floatBytes,
  floatIndex,
  NOWHERE,
  type PlaneImage,
  parameterAt,
} from '../units.ts';
import type { KernelHeap } from './kernels.ts';
import type { Addresses } from './memory.ts';
import { inputOf, type Microbatch } from './microbatches.ts';
import { at, type Plane } from './planes.ts';
import { clearSlots, isOwn, sumsOf, totals } from './reductionSlots.ts';
import type { TeamMember } from './teamMember.ts';
import type { CandidateWork, Layer, StageWork, Workspace } from './workspace.ts';

/** All that a thread needs for its part of a pass. */
export interface Machine {
  readonly plan: Plan;
  readonly heap: KernelHeap;
  readonly member: TeamMember;
  readonly addresses: Addresses;
  readonly workspace: Workspace;
  readonly dense: Layer;
  readonly kernel: number;
}

export const ADD = 1;
export const RELU = 2;

const EPSILON = 1e-5;

/** Copies images [B,H,W,C] of a microbatch into their plane. */
export function loadImages(
  { plan, heap, workspace }: Machine,
  images: Float32Array,
  { first, planeImage, count }: Microbatch,
): void {
  const { channels } = inputOf(plan);
  const plane = workspace.images;
  const { height, width, pad } = plane;
  const { floats } = heap;
  let from = first * height * width * channels;
  for (let b = 0; b < count; b++) {
    const image = at(plane, asPlaneImage(planeImage + b));
    for (let y = 0; y < height; y++) {
      let to = floatIndex(image) + y * (width + pad) * plane.channels;
      for (let x = 0; x < width; x++) {
        for (let c = 0; c < channels; c++) floats[to + c] = images[from + c] as number;
        from += channels;
        to += plane.channels;
      }
    }
  }
}

/** Packs the filters of all convolutions, each by one thread; once after each change of the weights. */
export function packFilters({ heap, member, addresses, workspace, kernel }: Machine): void {
  const { packForward, packBackward } = heap.kernels;
  const layers = workspace.stages.flatMap(({ stem, candidates }) => [
    ...(stem ? [stem] : []),
    ...candidates.flatMap(({ operations }) => operations),
  ]);
  layers.forEach(({ weight, from, to }, i) => {
    if (!isOwn(i, member)) return;
    const w = parameterAt(addresses.weights, weight);
    packForward(w, parameterAt(addresses.forward, weight), kernel, from, to);
    // Nobody asks for the gradient of the images.
    if (i > 0) packBackward(w, parameterAt(addresses.backward, weight), kernel, from, to);
  });
  member.barrier();
}

/** Where the ReLU bits of an image lie; `NOWHERE` where none are kept. */
export const reluBitsAt = (reluBits: ByteAddress, { reluBytes }: StageWork, image: PlaneImage) =>
  reluBits === NOWHERE ? NOWHERE : addressAfter(reluBits, reluBytes, image);

/** Copies `count` images between planes of one size. */
export const copyImages = (
  heap: KernelHeap,
  from: ByteAddress,
  to: ByteAddress,
  count: number,
  each: Plane,
) => heap.octets.copyWithin(to, from, addressAfter(from, each.imageBytes, count));

/** The stage's input layer, from the previous stage's features. */
export function forwardStem(
  { heap, addresses, kernel }: Machine,
  stage: StageWork,
  features: Plane,
  { planeImage, count }: Microbatch,
): void {
  const { stem, size, input } = stage;
  if (!stem) {
    copyImages(heap, at(features, planeImage), at(input, planeImage), count, input);
    return;
  }
  const { weight, bias, from, to, reluBits, relu } = stem;
  const { height, width, pad } = size;
  heap.kernels.convolve(
    at(features, planeImage),
    parameterAt(addresses.forward, weight),
    parameterAt(addresses.weights, bias),
    at(input, planeImage),
    reluBitsAt(reluBits, stage, planeImage),
    count,
    height,
    width,
    pad,
    from,
    to,
    kernel,
    relu ? RELU : 0,
  );
}

/** One candidate: every operation adds its ReLU to its target vertex or to the output. */
export function forwardCell(
  { heap, addresses, workspace, kernel }: Machine,
  stage: StageWork,
  cell: CandidateWork,
  { planeImage, count }: Microbatch,
): void {
  const { convolve } = heap.kernels;
  const { height, width, pad } = stage.size;
  const inner = workspace.capacity.training ? planeImage : FIRST_IMAGE;
  for (const { x, y, weight, bias, from, to, sets, reluBits } of cell.operations) {
    convolve(
      x ? at(x, inner) : at(stage.input, planeImage),
      parameterAt(addresses.forward, weight),
      parameterAt(addresses.weights, bias),
      at(y, y === cell.output ? planeImage : inner),
      reluBitsAt(reluBits, stage, inner),
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

/**
 * Mean and 1/√(variance + ε) of the outputs of candidates over batch (`images`) and pixels, per
 * channel, into `mean` and `scale` of each.
 */
export function measure(
  { heap, member, addresses }: Machine,
  { size, channels }: StageWork,
  cells: readonly CandidateWork[],
  microbatches: readonly Microbatch[],
  images: number,
): void {
  const { kernels, floats } = heap;
  const { height, width, pad } = size;
  const pixels = images * height * width;
  for (const { output, outputs } of cells) {
    clearSlots(heap, member, outputs, channels);
    for (const { planeImage, count, slot } of microbatches) {
      const [x, sums] = [at(output, planeImage), sumsOf(outputs, slot, channels)];
      kernels.sumPixels(x, addresses.zeros, sums, count, height, width, pad, channels);
    }
  }
  member.barrier();
  for (const { output, outputs, mean, squares } of cells) {
    totals(heap, outputs, channels).forEach((sum, c) => {
      floats[floatIndex(mean) + c] = sum / pixels;
    });
    clearSlots(heap, member, squares, channels);
    for (const { planeImage, count, slot } of microbatches) {
      const [x, sums] = [at(output, planeImage), sumsOf(squares, slot, channels)];
      kernels.squarePixels(x, mean, sums, count, height, width, pad, channels);
    }
  }
  member.barrier();
  for (const { squares, scale } of cells) {
    totals(heap, squares, channels).forEach((sum, c) => {
      floats[floatIndex(scale) + c] = 1 / Math.sqrt(sum / pixels + EPSILON);
    });
  }
}

/** The factor of each channel of a candidate's output in the mixture, at `cell.weighted`. */
function weigh({ heap, workspace }: Machine, cell: CandidateWork, weight: number): void {
  const { floats } = heap;
  for (let c = 0; c < cell.output.channels; c++) {
    const scale = workspace.batchNorm ? (floats[floatIndex(cell.scale) + c] as number) : 1;
    floats[floatIndex(cell.weighted) + c] = weight * scale;
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
  microbatches: readonly Microbatch[],
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
    for (const { planeImage, count } of microbatches) {
      heap.kernels.mixInto(
        at(cell.output, planeImage),
        mean,
        cell.weighted,
        at(stage.mixed, planeImage),
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
  microbatches: readonly Microbatch[],
): Plane {
  const { factor, channels, pooled, size } = stage;
  if (factor === 1) return mixed;
  const { height, width, pad } = size;
  const { poolAverage, poolMaximum } = heap.kernels;
  for (const { planeImage, count } of microbatches) {
    const [x, y] = [at(mixed, planeImage), at(pooled, planeImage)];
    const winners = addressAfter(stage.winners, stage.winnerBytes, planeImage);
    if (stage.average) poolAverage(x, y, count, height, width, pad, channels, factor);
    else poolMaximum(x, y, winners, count, height, width, pad, channels, factor);
  }
  return pooled;
}

/** Logits of a microbatch, [image in a plane][padded classes]. */
export function classify(
  { heap, addresses, workspace, dense }: Machine,
  features: Plane,
  { planeImage, count }: Microbatch,
): void {
  const { height, width, pad, channels } = features;
  heap.kernels.classify(
    at(features, planeImage),
    parameterAt(addresses.weights, dense.weight),
    parameterAt(addresses.weights, dense.bias),
    addressAfter(workspace.logits, floatBytes(workspace.classes), planeImage),
    count,
    height,
    width,
    pad,
    channels,
    workspace.classes,
  );
}
