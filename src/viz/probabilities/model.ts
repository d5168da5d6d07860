/** What the probability bars draw: one prediction. */

export interface ProbabilitiesModel {
  readonly classes: readonly string[];
  /** One a class, summing to 1. */
  readonly probabilities: readonly number[];
  /** Index of the true class; null if unknown, as for a drawing. */
  readonly truth: number | null;
}
