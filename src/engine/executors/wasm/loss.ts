/** Softmax cross-entropy on the logits of a microbatch, and its gradient. */
import { exp, log } from '../../../core/elementary.ts';
import { type ByteAddress, doubleBytes, doubleIndex, floatIndex } from '../units.ts';
import type { Machine } from './forward.ts';
import type { Microbatch } from './microbatches.ts';
import { REDUCTION_SLOTS, sumsOf, totals } from './reductionSlots.ts';

/** Doubles a reduction slot: Σ cross-entropy in nats, and images whose highest logit is their label's. */
const VALUES = 2;

/** Size of the sums of one pass. */
export const LOSS_BYTES = doubleBytes(REDUCTION_SLOTS * VALUES);

export interface LossSums {
  readonly loss: number;
  /** A tie counts as correct. */
  readonly correct: number;
}

/** The sums of all reduction slots. */
export function lossSums({ heap }: Pick<Machine, 'heap'>, sums: ByteAddress): LossSums {
  const [loss = 0, correct = 0] = totals(heap, sums, VALUES);
  return { loss, correct };
}

/**
 * Adds a microbatch to its reduction slot of the sums at the addresses `all`. With `batch`, the images of the mean
 * loss, `dLogits` gets (softmax − one-hot) / `batch`. Classes beyond the plan's are padding.
 */
export function addLosses(
  { plan, heap, workspace }: Machine,
  labels: Uint8Array,
  { first, planeImage, count, slot }: Microbatch,
  all: readonly ByteAddress[],
  batch: number | null,
): void {
  const { floats, doubles } = heap;
  const { classes } = plan;
  const logits = floatIndex(workspace.logits) + planeImage * workspace.classes;
  const dLogits = floatIndex(workspace.dLogits) + planeImage * workspace.classes;
  let loss = 0;
  let correct = 0;
  for (let b = 0; b < count; b++) {
    const row = logits + b * workspace.classes;
    const label = labels[first + b] as number;
    const own = floats[row + label] as number;
    let highest = Number.NEGATIVE_INFINITY;
    for (let k = 0; k < classes; k++) highest = Math.max(highest, floats[row + k] as number);
    let sum = 0;
    for (let k = 0; k < classes; k++) sum += exp((floats[row + k] as number) - highest);
    loss += log(sum) + highest - own;
    if (own >= highest) correct += 1;
    if (batch === null) continue;
    const to = dLogits + b * workspace.classes;
    for (let k = 0; k < classes; k++) {
      const probability = exp((floats[row + k] as number) - highest) / sum;
      floats[to + k] = (probability - (k === label ? 1 : 0)) / batch;
    }
  }
  for (const sums of all) {
    const at = doubleIndex(sumsOf(sums, slot, VALUES));
    doubles[at] = (doubles[at] as number) + loss;
    doubles[at + 1] = (doubles[at + 1] as number) + correct;
  }
}
