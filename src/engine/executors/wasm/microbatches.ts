/**
 * How a batch is cut: into microbatches, a few images that go through the kernels at once, dealt out to
 * reduction slots. It depends on the plan and the number of images alone, and so do results.
 */
import type { ImageShape, Plan } from '../../../core/schedule.ts';
import { asPlaneImage, type PlaneImage, paddedChannels, type ReductionSlot } from '../units.ts';
import { imageBytes } from './planes.ts';
import { isOwn, REDUCTION_SLOTS, slotOf } from './reductionSlots.ts';
import type { TeamMember } from './teamMember.ts';

/** Part of a batch that goes through the kernels at once. */
export interface Microbatch {
  /** First image in the batch. */
  readonly first: number;
  /** First image in planes that a stage fills before the next one starts. */
  readonly planeImage: PlaneImage;
  readonly count: number;
  /** The reduction slot whose sums it adds to. */
  readonly slot: ReductionSlot;
}

/** A microbatch's first-stage plane should fit the second-level cache. */
const MICROBATCH_BYTES = 224 * 1024;
/** Smaller microbatches would cost more in calls and in gradients to be added up. */
const LEAST_MICROBATCH = 4;
/** Microbatches of this many images are never too large. */
const FITTING_MICROBATCH = 8;
const MOST_MICROBATCH = 64;

export const padOf = (plan: Plan) => (plan.operation.kernel - 1) / 2;

/** Images as the first layer takes them: dense layers see one pixel of many channels. */
export function inputOf({ operation, input }: Plan): ImageShape {
  if (operation.kind !== 'linear') return input;
  return { height: 1, width: 1, channels: input.height * input.width * input.channels };
}

export const hasBatchNorm = (plan: Plan) => plan.normalisation === 'batch';

/** Images in a microbatch: as many as fit, but so few that all reduction slots get some. */
export function microbatchSize(plan: Plan, images: number): number {
  const pad = padOf(plan);
  const largest = Math.max(
    ...plan.stages.map(({ shape }) =>
      imageBytes({ ...shape, pad }, paddedChannels(shape.channels)),
    ),
  );
  const fitting = Math.max(FITTING_MICROBATCH, Math.floor(MICROBATCH_BYTES / largest));
  const dealt = Math.max(LEAST_MICROBATCH, Math.ceil(images / REDUCTION_SLOTS));
  return Math.min(images, MOST_MICROBATCH, fitting, dealt);
}

/** How much the planes of a workspace hold. */
export interface Capacity {
  /** Images in planes that a stage fills before the next one starts. */
  readonly planeImages: number;
  /** Images in scratch planes. */
  readonly microbatch: number;
  /** Reduction slots with a gradient of their own. */
  readonly slots: number;
  /** Whether vertices and ReLU bits are kept for the way back. */
  readonly training: boolean;
}

/** What a batch needs. Without batch norm the same planes serve training and evaluation. */
export function capacityFor(plan: Plan, images: number, training: boolean): Capacity {
  const microbatch = microbatchSize(plan, images);
  const slots = Math.min(REDUCTION_SLOTS, Math.ceil(images / microbatch));
  const batchNorm = hasBatchNorm(plan);
  return {
    planeImages: batchNorm ? images : microbatch,
    microbatch,
    slots,
    training: training || !batchNorm,
  };
}

/** Whether a workspace of one capacity serves for another. */
export const holds = (has: Capacity, needs: Capacity) =>
  has.training === needs.training &&
  has.planeImages >= needs.planeImages &&
  has.microbatch >= needs.microbatch &&
  has.slots >= needs.slots;

/** The least that holds both; the second if they are of different kinds. */
export const bothOf = (a: Capacity, b: Capacity): Capacity =>
  a.training === b.training
    ? {
        planeImages: Math.max(a.planeImages, b.planeImages),
        microbatch: Math.max(a.microbatch, b.microbatch),
        slots: Math.max(a.slots, b.slots),
        training: b.training,
      }
    : b;

/**
 * The microbatches of a batch that are this thread's, in groups: those of one group go through a stage
 * before the next stage. With batch norm there is always one group, if an empty one.
 */
export function microbatchesOf(plan: Plan, images: number, member: TeamMember): Microbatch[][] {
  const size = microbatchSize(plan, images);
  const batchNorm = hasBatchNorm(plan);
  const microbatches: Microbatch[] = [];
  for (let n = 0, first = 0; first < images; n++, first += size) {
    const slot = slotOf(n);
    const count = Math.min(size, images - first);
    if (isOwn(slot, member))
      microbatches.push({ first, planeImage: asPlaneImage(batchNorm ? first : 0), count, slot });
  }
  return batchNorm ? [microbatches] : microbatches.map((one) => [one]);
}
