/** What is known of a data set without loading a byte of it. */

/** Images in the training file (weights and validation) and in the test file. */
export interface ImageCounts {
  readonly train: number;
  readonly test: number;
}

export interface DatasetFacts<Id extends string = string> {
  readonly id: Id;
  readonly name: string;
  /** What it is, in one sentence. */
  readonly explanation: string;
  /** Where the images come from. */
  readonly source: string;
  readonly licence: string;
  readonly citation: string;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  /** Names of the classes; a label is an index into them. */
  readonly classes: readonly string[];
  /** The class-balanced part that ships with the lab. */
  readonly shipped: ImageCounts;
  /** The full set, which `npm run datasets -- --full` builds. */
  readonly full: ImageCounts;
}

/** Keeps the id as a type of its own. */
export const dataset = <const Id extends string>(facts: DatasetFacts<Id>): DatasetFacts<Id> =>
  facts;
