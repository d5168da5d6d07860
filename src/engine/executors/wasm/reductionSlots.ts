/**
 * What microbatches add up to. The microbatches of a batch are dealt out to a fixed number of reduction
 * slots, each the work of one thread; sums are kept by slot and added up in the order of the slots. So
 * they are the same bits for any number of threads.
 */

import type { KernelHeap } from './kernels.ts';
import type { TeamMember } from './teamMember.ts';

/** Threads beyond this number would have nothing to do. */
export const REDUCTION_SLOTS = 8;

const ALL = Array.from({ length: REDUCTION_SLOTS }, (_, slot) => slot);

/** Whether a reduction slot is the work of this thread. */
export const isOwn = (slot: number, { index, count }: TeamMember) => slot % count === index;

/** Zeros in the own reduction slots of sums: `values` doubles a slot from the address `sums` on. */
export function clearSlots(
  { doubles }: KernelHeap,
  member: TeamMember,
  sums: number,
  values: number,
) {
  for (const slot of ALL) {
    if (!isOwn(slot, member)) continue;
    const at = sums / 8 + slot * values;
    doubles.fill(0, at, at + values);
  }
}

/** The sums of all reduction slots. */
export function totals({ doubles }: KernelHeap, sums: number, values: number): Float64Array {
  const total = new Float64Array(values);
  for (const slot of ALL) {
    const at = sums / 8 + slot * values;
    for (let i = 0; i < values; i++) total[i] = (total[i] as number) + (doubles[at + i] as number);
  }
  return total;
}
