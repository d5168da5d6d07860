/** What all threads do with one batch: plain data that says it, and the doing. */
import type { Batch } from '../executor.ts';
import type { ByteAddress } from '../units.ts';
import { evaluationPass, type Mixture } from './evaluate.ts';
import { type Machine, packFilters } from './forward.ts';
import type { Capacity } from './microbatches.ts';
import { trainingPass } from './train.ts';

export type PassTask =
  | {
      readonly kind: 'train';
      /** Mixing weights of each stage. */
      readonly rows: readonly Float32Array[];
      readonly wantsAlpha: boolean;
    }
  | { readonly kind: 'evaluate'; readonly mixtures: readonly Mixture[] };

export type Pass = PassTask & {
  readonly capacity: Capacity;
  /** Images in the batch. */
  readonly images: number;
  /** The weights have changed since the last pass. */
  readonly pack: boolean;
};

/** Sums of losses that a pass fills. */
export const mixturesOf = (task: PassTask) => (task.kind === 'train' ? 1 : task.mixtures.length);

/** This thread's part; yields where it may pause. `losses` is the address of the sums. */
export function* work(
  machine: Machine,
  pass: Pass,
  batch: Batch,
  losses: ByteAddress,
): Generator<void, void> {
  if (pass.pack) packFilters(machine);
  if (pass.kind === 'train') {
    const { rows, wantsAlpha } = pass;
    trainingPass({ machine, batch, rows, wantsAlpha, losses });
  } else {
    yield* evaluationPass({ machine, batch, mixtures: pass.mixtures, losses });
  }
}
