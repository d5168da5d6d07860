/** What the charts draw: plain data, one model a chart, and the options that every renderer takes. */
import type { CellMask } from '../../core/region.ts';
import type { Origin } from '../../core/strategies/types.ts';

export interface ChartOptions {
  /** Width of the drawing in CSS pixels. */
  readonly width: number;
  /** Wished height; each chart has a sensible one of its own. */
  readonly height?: number | undefined;
  /** False: no transitions (fast runs, reduced motion). */
  readonly motion: boolean;
  /** Key of the mark under the pointer or in focus, null when it leaves. */
  readonly onHover?: ((key: string | null) => void) | undefined;
  readonly onSelect?: ((key: string) => void) | undefined;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** What a renderer returns: the height that it took. */
export interface Rendered {
  readonly height: number;
}

/** The same facts as the drawing, for the table view and CSV. */
export interface ChartTable {
  readonly columns: string[];
  readonly rows: (string | number)[][];
}

export interface CellModel {
  readonly vertices: number;
  readonly mask: CellMask;
  /** Vertex numbers and edge names; default: by size. */
  readonly labels?: boolean | undefined;
  /** Edge probabilities over all pairs: draws every pair instead of the edges of `mask`. */
  readonly theta?: readonly number[] | null | undefined;
  /** Pseudo-gradient over all pairs, drawn as signed arrows. Needs `theta`. */
  readonly gradient?: readonly number[] | null | undefined;
}

export interface SpaceCandidate {
  readonly mask: CellMask;
  /** Architecture weight, the k of a stage sum to 1. */
  readonly weight: number;
  /** Rank score (higher is better) once ranked. */
  readonly rank: number | null;
  readonly origin: Origin | null;
}

export interface SpaceStage {
  readonly index: number;
  readonly channels: number;
  /** Image side inside the stage, before pooling. */
  readonly size: number;
  /** Pooling factor after the stage. */
  readonly pooling: number;
  readonly candidates: readonly SpaceCandidate[];
}

export interface SpaceModel {
  readonly input: {
    readonly height: number;
    readonly width: number;
    readonly channels: number;
    readonly name: string;
  };
  readonly stages: readonly SpaceStage[];
  readonly classes: number;
  readonly vertices: number;
  /** Candidate of each stage of the best-ranked architecture. */
  readonly bestChoice: readonly number[] | null;
  readonly highlighted: readonly { readonly stage: number; readonly candidate: number }[] | null;
}

export interface TrainingPoint {
  /** Supernet steps since the start of the run. */
  readonly step: number;
  readonly loss: number;
  readonly accuracy: number;
  readonly alphaMoves: boolean;
}

export interface TrainingModel {
  /** Ascending in `step`. */
  readonly points: readonly TrainingPoint[];
  /** First and last step of each generation. */
  readonly generations: readonly {
    readonly index: number;
    readonly start: number;
    readonly end: number;
  }[];
  /** Accuracy of guessing, drawn as a reference line. */
  readonly chance: number | null;
}

export interface AlphaModel {
  /** Steps of the reports, ascending, within one supernet. */
  readonly steps: readonly number[];
  /** `weights[report][stage][candidate]`: softmax(alpha). */
  readonly weights: readonly (readonly (readonly number[])[])[];
  /** Steps planned, the right end of the axis. */
  readonly totalSteps: number;
  /** Alpha does not move before this step. */
  readonly frozenUntil: number | null;
}

export type TimelinePhase = 'proposed' | 'training' | 'ranked' | 'moved';

export interface TimelineModel {
  /** Generations of the budget; those not begun are drawn hollow. */
  readonly total: number;
  readonly generations: readonly {
    readonly index: number;
    readonly phase: TimelinePhase;
    /** Share of the supernet steps done, 0..1. */
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

export interface EvolutionCandidate {
  readonly mask: CellMask;
  readonly weight: number;
  readonly rank: number | null;
  readonly origin: Origin;
}

export interface EvolutionModel {
  readonly vertices: number;
  readonly generations: readonly {
    readonly index: number;
    /** `stages[stage][candidate]`. */
    readonly stages: readonly (readonly EvolutionCandidate[])[];
  }[];
  readonly selected: {
    readonly generation: number;
    readonly stage: number;
    readonly candidate: number;
  } | null;
}

export interface ThetaModel {
  readonly vertices: number;
  readonly stages: readonly {
    readonly index: number;
    /** Probability of each pair, in the order of the mask bits. */
    readonly theta: readonly number[];
    readonly gradient: readonly number[] | null;
  }[];
}
