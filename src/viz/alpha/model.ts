/** What the chart of architecture weights draws: softmax(α), report by report. */

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
