/** What the chart of θ draws: edge probabilities of each stage, and their pseudo-gradient. */

export interface ThetaModel {
  readonly vertices: number;
  readonly stages: readonly {
    readonly index: number;
    /** Probability of each pair, in the order of the mask bits. */
    readonly theta: readonly number[];
    readonly gradient: readonly number[] | null;
  }[];
}
