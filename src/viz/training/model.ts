/** What the training chart draws: loss and accuracy of all that a run trains. */

export interface TrainingPoint {
  /** Training steps since the start of the run. */
  readonly step: number;
  readonly loss: number;
  readonly accuracy: number;
  /** Null where there is no alpha: in a network trained alone. */
  readonly alphaMoves: boolean | null;
  /** Which training of the run, from 0: each has a line of its own. */
  readonly training: number;
}

export interface TrainingModel {
  /** Ascending in `step`. */
  readonly points: readonly TrainingPoint[];
  /** What a round is called. */
  readonly round: 'generation' | 'round';
  /** First and last step of each. */
  readonly generations: readonly {
    readonly index: number;
    readonly start: number;
    readonly end: number;
  }[];
  /** Accuracy of guessing, drawn as a reference line. */
  readonly chance: number | null;
}
