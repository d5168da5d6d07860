/** The leader's side of a pass: memory, staging and those who help. */
import type { Plan } from '../../../core/schedule.ts';
import type { Batch } from '../executor.ts';
import { addressAfter, NOWHERE } from '../units.ts';
import type { Machine } from './forward.ts';
import { type HeapLease, leaseHeap } from './heapLease.ts';
import type { KernelHeap } from './kernels.ts';
import { LOSS_BYTES, type LossSums, lossSums } from './loss.ts';
import { bothOf, type Capacity, capacityFor, holds } from './microbatches.ts';
import { Network } from './network.ts';
import { mixturesOf, type Pass, type PassTask, work } from './pass.ts';

/** What a pass left behind. */
export interface Passed {
  readonly machine: Machine;
  /** One for each mixture. */
  readonly losses: readonly LossSums[];
}

export class Leader {
  readonly network: Network;
  private readonly lease: HeapLease;

  /**
   * Makes room for the fixed part of the memory.
   * @throws LabError `out-of-memory`; `backend-unavailable` if the kernels are not loaded.
   */
  constructor(plan: Plan, alphas: number) {
    this.lease = leaseHeap(plan, alphas);
    const { heap, member } = this.lease;
    this.network = new Network(plan, alphas, heap, member);
    const { end } = this.network.addresses;
    heap.reserve(end);
    heap.clear(NOWHERE, end);
  }

  get heap(): KernelHeap {
    return this.lease.heap;
  }

  /** The planes that a batch needs: those that are laid out if they serve, or else larger ones. */
  private capacityNeeded(images: number, training: boolean): Capacity {
    const has = this.network.capacity;
    const needs = capacityFor(this.network.plan, images, training);
    if (!has) return needs;
    return holds(has, needs) ? has : bothOf(has, needs);
  }

  /**
   * One pass over a batch, with all who help; yields where it may pause. `pack`: the weights have
   * changed since the last one. Null if it was ended early.
   * @throws LabError `out-of-memory`, `worker-died`
   */
  *pass(task: PassTask, batch: Batch, pack: boolean): Generator<void, Passed | null> {
    const { lease, network, heap } = this;
    const images = batch.labels.length;
    const capacity = this.capacityNeeded(images, task.kind === 'train');
    const pass: Pass = { ...task, capacity, images, pack };
    const workspace = network.lay(capacity, (end) => {
      heap.reserve(end);
      heap.clear(network.addresses.end, end);
    });
    const sums = mixturesOf(task);
    const staging = network.staging(workspace, images, sums);
    heap.reserve(staging.end);
    heap.clear(staging.losses, addressAfter(staging.losses, LOSS_BYTES, sums));
    if (lease.member.count > 1) {
      const staged = network.staged(staging, images);
      staged.images.set(batch.images);
      staged.labels.set(batch.labels);
    }
    const machine = network.machine(workspace, lease.begin(pass));
    let done = false;
    try {
      yield* work(machine, pass, batch, staging.losses);
      lease.end();
      done = true;
    } finally {
      if (!done) lease.abandon();
    }
    const losses = Array.from({ length: sums }, (_, m) =>
      lossSums(machine, addressAfter(staging.losses, LOSS_BYTES, m)),
    );
    return { machine, losses };
  }

  /** Frees the memory. */
  leave(): void {
    this.lease.release();
  }
}

/** Runs to the end with a pause wherever there may be one; what a pause throws ends the pass as well. */
export async function paused(
  passing: Generator<void, Passed | null>,
  pause: () => Promise<void>,
): Promise<Passed | null> {
  try {
    for (;;) {
      const next = passing.next();
      if (next.done) return next.value;
      await pause();
    }
  } finally {
    passing.return(null);
  }
}
