/**
 * How a batch is cut: into windows of images that go through the kernels at once, dealt out to shares.
 * It depends on the plan and the number of images alone, and so do results.
 */
import type { ImageShape, Plan } from '../../../core/schedule.ts';
import { padded } from './parameters.ts';
import { imageBytes } from './planes.ts';
import { isOwn, SHARES } from './reductionSlots.ts';
import type { Crew } from './teamMember.ts';

/** Part of a batch that goes through the kernels at once. */
export interface Window {
  /** First image in the batch, and in planes that hold more than a window. */
  readonly first: number;
  readonly slot: number;
  readonly count: number;
  /** The share whose sums it adds to. */
  readonly share: number;
}

/** A window's first-stage plane should fit the second-level cache. */
const WINDOW_BYTES = 224 * 1024;
/** Smaller windows would cost more in calls and in gradients to be added up. */
const LEAST_WINDOW = 4;
/** Windows of this many images are never too large. */
const FITTING_WINDOW = 8;
const MOST_WINDOW = 64;

export const padOf = (plan: Plan) => (plan.operation.kernel - 1) / 2;

/** Images as the first layer takes them: dense layers see one pixel of many channels. */
export function inputOf({ operation, input }: Plan): ImageShape {
  if (operation.kind !== 'linear') return input;
  return { height: 1, width: 1, channels: input.height * input.width * input.channels };
}

export const hasBatchNorm = (plan: Plan) => plan.normalisation === 'batch';

/** Images in a window of a batch: as many as fit, but so few that all shares get some. */
export function windowSize(plan: Plan, images: number): number {
  const pad = padOf(plan);
  const largest = Math.max(
    ...plan.stages.map(({ shape }) => imageBytes({ ...shape, pad }, padded(shape.channels))),
  );
  const fitting = Math.max(FITTING_WINDOW, Math.floor(WINDOW_BYTES / largest));
  const dealt = Math.max(LEAST_WINDOW, Math.ceil(images / SHARES));
  return Math.min(images, MOST_WINDOW, fitting, dealt);
}

/** How much the planes of a workspace hold. */
export interface Extent {
  /** Images in planes that a stage fills before the next one starts, and in scratch planes. */
  readonly slots: number;
  readonly window: number;
  /** Shares with a gradient of their own. */
  readonly shares: number;
  /** Whether vertices and masks are kept for the way back. */
  readonly training: boolean;
}

/** What a batch needs. Without batch norm the same planes serve training and evaluation. */
export function extentOf(plan: Plan, images: number, training: boolean): Extent {
  const window = windowSize(plan, images);
  const shares = Math.min(SHARES, Math.ceil(images / window));
  const batchNorm = hasBatchNorm(plan);
  return {
    slots: batchNorm ? images : window,
    window,
    shares,
    training: training || !batchNorm,
  };
}

/** Whether a workspace of one extent serves for another. */
export const holds = (has: Extent, needs: Extent) =>
  has.training === needs.training &&
  has.slots >= needs.slots &&
  has.window >= needs.window &&
  has.shares >= needs.shares;

/** The least that holds both; the second if they are of different kinds. */
export const bothOf = (a: Extent, b: Extent): Extent =>
  a.training === b.training
    ? {
        slots: Math.max(a.slots, b.slots),
        window: Math.max(a.window, b.window),
        shares: Math.max(a.shares, b.shares),
        training: b.training,
      }
    : b;

/**
 * The windows of a batch that are this thread's, in groups: those of one group go through a stage
 * before the next stage. With batch norm there is always one group, if an empty one.
 */
export function windowsOf(plan: Plan, images: number, crew: Crew): Window[][] {
  const size = windowSize(plan, images);
  const batchNorm = hasBatchNorm(plan);
  const windows: Window[] = [];
  for (let n = 0, first = 0; first < images; n++, first += size) {
    const share = n % SHARES;
    const count = Math.min(size, images - first);
    if (isOwn(share, crew)) windows.push({ first, slot: batchNorm ? first : 0, count, share });
  }
  return batchNorm ? [windows] : windows.map((one) => [one]);
}
