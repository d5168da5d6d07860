/** What the confusion matrix draws: counts, true class by predicted class. */

export interface ConfusionModel {
  readonly classes: readonly string[];
  /** `counts[true][predicted]`. */
  readonly counts: readonly (readonly number[])[];
  readonly selected: { readonly truth: number; readonly predicted: number } | null;
}
