/** What the training chart draws: loss and accuracy of the supernets of a run. */

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
