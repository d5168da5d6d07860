/** The leader's side of a pass: memory, staging and those who help. */
import type { Plan } from '../../../core/schedule.ts';
import type { Batch } from '../executor.ts';
import type { Machine } from './forward.ts';
import type { KernelHeap } from './kernels.ts';
import { LOSS_BYTES, type LossSums, lossSums } from './loss.ts';
import { bothOf, type Extent, extentOf, holds } from './microbatches.ts';
import { Network } from './network.ts';
import { mixturesOf, type Pass, type PassTask, work } from './pass.ts';
import { takePlace, type Workplace } from './threadTeam.ts';

/** What a pass left behind. */
export interface Passed {
  readonly machine: Machine;
  /** One for each mixture. */
  readonly losses: readonly LossSums[];
}

export class Leader {
  readonly network: Network;
  private readonly place: Workplace;

  /**
   * Makes room for the fixed part of the memory.
   * @throws LabError `out-of-memory`; `backend-unavailable` if the kernels are not loaded.
   */
  constructor(plan: Plan, alphas: number) {
    this.place = takePlace(plan, alphas);
    const { heap, crew } = this.place;
    this.network = new Network(plan, alphas, heap, crew);
    const { end } = this.network.addresses;
    heap.reserve(end);
    heap.clear(0, end);
  }

  get heap(): KernelHeap {
    return this.place.heap;
  }

  /** The planes that a batch needs: those that are laid out if they serve, or else larger ones. */
  private extentFor(images: number, training: boolean): Extent {
    const has = this.network.extent;
    const needs = extentOf(this.network.plan, images, training);
    if (!has) return needs;
    return holds(has, needs) ? has : bothOf(has, needs);
  }

  /**
   * One pass over a batch, with all who help; yields where it may pause. `pack`: the weights have
   * changed since the last one. Null if it was ended early.
   * @throws LabError `out-of-memory`, `worker-died`
   */
  *pass(task: PassTask, batch: Batch, pack: boolean): Generator<void, Passed | null> {
    const { place, network, heap } = this;
    const images = batch.labels.length;
    const extent = this.extentFor(images, task.kind === 'train');
    const pass: Pass = { ...task, extent, images, pack };
    const workspace = network.lay(extent, (end) => {
      heap.reserve(end);
      heap.clear(network.addresses.end, end);
    });
    const sums = mixturesOf(task);
    const staging = network.staging(workspace, images, sums);
    heap.reserve(staging.end);
    heap.clear(staging.losses, staging.losses + sums * LOSS_BYTES);
    if (place.crew.count > 1) {
      const staged = network.staged(staging, images);
      staged.images.set(batch.images);
      staged.labels.set(batch.labels);
    }
    const machine = network.machine(workspace, place.begin(pass));
    let done = false;
    try {
      yield* work(machine, pass, batch, staging.losses);
      place.end();
      done = true;
    } finally {
      if (!done) place.abandon();
    }
    const losses = Array.from({ length: sums }, (_, m) =>
      lossSums(machine, staging.losses + m * LOSS_BYTES),
    );
    return { machine, losses };
  }

  /** Frees the memory. */
  leave(): void {
    this.place.leave();
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
