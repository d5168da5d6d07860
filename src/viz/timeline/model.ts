/** What the timeline draws: the generations (or rounds) of a run, and where the reader looks. */

export type TimelinePhase = 'proposed' | 'training' | 'measured' | 'moved';

export interface TimelineModel {
  /** What one of them is called. */
  readonly round: 'generation' | 'round';
  /** What each phase is called. */
  readonly phases: { readonly [phase in TimelinePhase]: string };
  /** Generations of the budget; those not begun are drawn hollow. */
  readonly total: number;
  readonly generations: readonly {
    readonly index: number;
    readonly phase: TimelinePhase;
    /** Share of the training steps done, 0..1. */
    readonly progress: number;
  }[];
  /** Where the reader looks: generation, and phase or training progress within it. */
  readonly cursor: {
    readonly generation: number;
    readonly phase: TimelinePhase;
    readonly progress: number;
  } | null;
  /** True if the cursor follows the newest event. */
  readonly live: boolean;
  /** True while the run produces events. */
  readonly running: boolean;
}
