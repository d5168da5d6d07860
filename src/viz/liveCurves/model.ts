/** What the curves of networks trained alone draw. */

export interface LiveCurvesModel {
  readonly networks: readonly {
    readonly key: string;
    readonly name: string;
    /** Category of hue and dash. */
    readonly category: number;
    /** Ascending in `step`; means over training batches. */
    readonly points: readonly {
      readonly step: number;
      readonly loss: number;
      readonly accuracy: number;
    }[];
    /** Test accuracy after the last step, 0..1; null before. */
    readonly test: number | null;
    /** The training diverged after its last point. */
    readonly diverged: boolean;
  }[];
  /** Steps planned, the right end of the axis. */
  readonly totalSteps: number;
  readonly chance: number | null;
  readonly selected: string | null;
}
