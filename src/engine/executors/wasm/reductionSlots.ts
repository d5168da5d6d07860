/**
 * What windows add up to. The windows of a batch are dealt out to a fixed number of shares, each the
 * work of one thread; sums are kept by share and added up in the order of the shares. So they are the
 * same bits for any number of threads.
 */

import type { KernelHeap } from './kernels.ts';
import type { Crew } from './teamMember.ts';

/** Threads beyond this number would have nothing to do. */
export const SHARES = 8;

const ALL = Array.from({ length: SHARES }, (_, share) => share);

/** Whether a share is the work of this thread. */
export const isOwn = (share: number, { index, count }: Crew) => share % count === index;

/** Zeros in the own shares of sums: `values` doubles a share from the address `sums` on. */
export function clearShares({ doubles }: KernelHeap, crew: Crew, sums: number, values: number) {
  for (const share of ALL) {
    if (!isOwn(share, crew)) continue;
    const at = sums / 8 + share * values;
    doubles.fill(0, at, at + values);
  }
}

/** The sums of all shares. */
export function totals({ doubles }: KernelHeap, sums: number, values: number): Float64Array {
  const total = new Float64Array(values);
  for (const share of ALL) {
    const at = sums / 8 + share * values;
    for (let i = 0; i < values; i++) total[i] = (total[i] as number) + (doubles[at + i] as number);
  }
  return total;
}
