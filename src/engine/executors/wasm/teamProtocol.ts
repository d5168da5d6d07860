/** What the leader of a thread team says to its helpers, and what they answer. */
import type { Plan } from '../../../core/schedule.ts';
import type { Pass } from './pass.ts';

/** Heaps and networks go by numbers of the leader's. */
export type ToHelper =
  | {
      readonly kind: 'start';
      /** Kernels for a shared memory. */
      readonly module: WebAssembly.Module;
      /** What the team meets in. */
      readonly control: Int32Array;
      readonly index: number;
      readonly count: number;
    }
  | { readonly kind: 'heap'; readonly heap: number; readonly memory: WebAssembly.Memory }
  | { readonly kind: 'forget'; readonly heap: number }
  | {
      readonly kind: 'open';
      readonly network: number;
      readonly heap: number;
      readonly plan: Plan;
      /** Candidates of all stages. */
      readonly alphas: number;
    }
  | { readonly kind: 'close'; readonly network: number }
  | { readonly kind: 'pass'; readonly network: number; readonly pass: Pass };

/** It has started. Ends of passes are told by the memory that the team meets in, which needs no message loop. */
export type FromHelper = { readonly kind: 'ready' };
