/**
 * What microbatches add up to. The microbatches of a batch are dealt out to a fixed number of reduction
 * slots, each the work of one thread; sums are kept by slot and added up in the order of the slots. So
 * they are the same bits for any number of threads.
 */
import {
  addressAfter,
  asReductionSlot,
  type ByteAddress,
  doubleBytes,
  doubleIndex,
  type ReductionSlot,
} from '../units.ts';
import type { KernelHeap } from './kernels.ts';
import type { TeamMember } from './teamMember.ts';

/** Threads beyond this number would have nothing to do. */
export const REDUCTION_SLOTS = 8;

const ALL = Array.from({ length: REDUCTION_SLOTS }, (_, slot) => asReductionSlot(slot));

/** The slot of the `n`th microbatch of a batch. */
export const slotOf = (n: number) => asReductionSlot(n % REDUCTION_SLOTS);

/** Whether a reduction slot, or another thing that is counted, is the work of this thread. */
export const isOwn = (n: number, { index, count }: TeamMember) => n % count === index;

/** The sums of one slot: `values` doubles a slot from the address `sums` on. */
export const sumsOf = (sums: ByteAddress, slot: ReductionSlot, values: number) =>
  addressAfter(sums, doubleBytes(values), slot);

/** Zeros in the own reduction slots of sums: `values` doubles a slot from the address `sums` on. */
export function clearSlots(
  { doubles }: KernelHeap,
  member: TeamMember,
  sums: ByteAddress,
  values: number,
) {
  for (const slot of ALL) {
    if (!isOwn(slot, member)) continue;
    const at = doubleIndex(sumsOf(sums, slot, values));
    doubles.fill(0, at, at + values);
  }
}

/** The sums of all reduction slots. */
export function totals({ doubles }: KernelHeap, sums: ByteAddress, values: number): Float64Array {
  const total = new Float64Array(values);
  for (const slot of ALL) {
    const at = doubleIndex(sumsOf(sums, slot, values));
    for (let i = 0; i < values; i++) total[i] = (total[i] as number) + (doubles[at + i] as number);
  }
  return total;
}
