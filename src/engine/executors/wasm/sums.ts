/** Sums over a batch on the way back: for the gradients of batch norm and of the mixing weights. */
import { floatIndex } from '../units.ts';
import type { Machine } from './forward.ts';
import type { Microbatch } from './microbatches.ts';
import { at, type Plane } from './planes.ts';
import { clearSlots, sumsOf, totals } from './reductionSlots.ts';
import type { CandidateWork, StageWork } from './workspace.ts';

/** What the way forward left behind for the way back. */
export interface StagePass {
  readonly stage: StageWork;
  /** Mixing weights of the step. */
  readonly weights: Float32Array;
  /** Input of the stem: the images, or the features of the stage before. */
  readonly features: Plane;
  /** Whether the gradient of the weights is asked for. */
  readonly wantsAlpha: boolean;
}

/** Whether a candidate takes part: one of weight zero matters to the gradient of alpha alone. */
export const runs = ({ weights, wantsAlpha }: StagePass, candidate: number) =>
  weights[candidate] !== 0 || wantsAlpha;

/** Σ dMixed per channel, for batch norm. */
function sumGradient(
  { heap, addresses }: Machine,
  stage: StageWork,
  microbatches: readonly Microbatch[],
) {
  const { channels, size, dSums } = stage;
  const { height, width, pad } = size;
  for (const { planeImage, count, slot } of microbatches) {
    const [d, sums] = [at(stage.dMixed, planeImage), sumsOf(dSums, slot, channels)];
    heap.kernels.sumPixels(d, addresses.zeros, sums, count, height, width, pad, channels);
  }
}

/** Σ dMixed · (output − mean) per channel, in `cell.dots`. */
function correlate(
  { heap, addresses, workspace }: Machine,
  stage: StageWork,
  cell: CandidateWork,
  microbatches: readonly Microbatch[],
): void {
  const { channels, size } = stage;
  const { height, width, pad } = size;
  const mean = workspace.batchNorm ? cell.mean : addresses.zeros;
  for (const { planeImage, count, slot } of microbatches) {
    const [d, x] = [at(stage.dMixed, planeImage), at(cell.output, planeImage)];
    const sums = sumsOf(cell.dots, slot, channels);
    heap.kernels.dotPixels(d, x, mean, sums, count, height, width, pad, channels);
  }
}

/** Zeros in the own reduction slots of all that the way back adds up. */
export function clearSums({ heap, member, workspace }: Machine): void {
  for (const { candidates, channels, dSums } of workspace.stages) {
    clearSlots(heap, member, dSums, channels);
    for (const { dots } of candidates) clearSlots(heap, member, dots, channels);
  }
}

/** Σ ∂loss/∂weight of each candidate of a stage that ran, after a pass. */
export function mixingGradient({ heap, workspace }: Machine, stage: StageWork): number[] {
  const { channels } = stage;
  return stage.candidates.map(({ dots, scale }) =>
    totals(heap, dots, channels).reduce((sum, dot, c) => {
      const inverse = workspace.batchNorm ? (heap.floats[floatIndex(scale) + c] as number) : 1;
      return sum + dot * inverse;
    }, 0),
  );
}

/**
 * Per channel: mean of the gradient, slope along the normalised output, and scale, so that
 * `normaliseGradient` gives w/σ · (d − mean(d) − x̂ · mean(d·x̂)).
 */
function prepareNorm(
  { heap }: Machine,
  { channels, dSums, dMean }: StageWork,
  { scale, along, weighted, dots }: CandidateWork,
  weight: number,
  pixels: number,
): void {
  const { floats } = heap;
  const sums = totals(heap, dSums, channels);
  totals(heap, dots, channels).forEach((dot, c) => {
    const inverse = floats[floatIndex(scale) + c] as number;
    floats[floatIndex(dMean) + c] = (sums[c] as number) / pixels;
    floats[floatIndex(along) + c] = (inverse * inverse * dot) / pixels;
    floats[floatIndex(weighted) + c] = weight * inverse;
  });
}

/** Sums over the batch that the gradient of batch norm and that of the mixing weights need. */
export function gatherStage(
  machine: Machine,
  pass: StagePass,
  microbatches: readonly Microbatch[],
  images: number,
): void {
  const { member, workspace } = machine;
  const { stage, weights } = pass;
  const { batchNorm } = workspace;
  if (!batchNorm && !pass.wantsAlpha) return;
  const running = stage.candidates.filter((_, i) => runs(pass, i));
  for (const cell of running) correlate(machine, stage, cell, microbatches);
  if (!batchNorm) return;
  sumGradient(machine, stage, microbatches);
  member.barrier();
  const pixels = images * stage.size.height * stage.size.width;
  stage.candidates.forEach((cell, i) => {
    if (runs(pass, i)) prepareNorm(machine, stage, cell, weights[i] as number, pixels);
  });
}
