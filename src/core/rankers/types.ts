/**
 * The contract of a ranker: from what a trained supernet was measured to be, or from the cells alone,
 * to numbers that order architectures. Pure: a ranker evaluates nothing. It says what it `needs`, a
 * search measures just that, a correlation study measures everything and asks every ranker.
 */
import type { NetworkShape } from '../architecture.ts';
import type { ProxyValues } from '../proxies/registry.ts';
import type { StageTable } from '../ranks.ts';
import type { Region } from '../region.ts';
import type { RankerConfig } from '../run/config.ts';
import type { MeasuredParts } from './readout.ts';

/** What a ranker reads, by and large. `size` and `chance` rankers are the baselines. */
export type RankerKind = 'supernet' | 'size' | 'proxy' | 'chance';

/**
 * What one supernet says at one step: its weights, and the parts of a readout that were measured then
 * (null: not measured).
 */
export interface Reading extends MeasuredParts {
  /**
   * Architecture weights `[stage][candidate]` to go by, which also mixed the stages of the probe: the
   * mean over the last third of the steps, unless a search asks for the last ones.
   */
  readonly weights: StageTable;
  /** softmax(alpha) after the last step. */
  readonly last: StageTable;
}

/** A part of a reading. */
export type ReadingPart = keyof Reading;

/** What a ranker has to be given; a ranker of `size` or chance needs no measurement at all. */
export type Need = ReadingPart | 'size' | 'proxies';

/** How a search asks for a ranker: the settings `ranker.id`, `ranker.readout`, `ranker.weights`. */
export type RankerSettings = Pick<RankerConfig, 'id' | 'readout' | 'weights'>;

export interface RankerDescriptor {
  /** `fade`; rankers of another than the main supernet variant are named `fade@softmax`. */
  readonly id: string;
  /** Shows the sign where less of something counts as better, e.g. `−depth`. */
  readonly name: string;
  /** One sentence. */
  readonly explanation: string;
  readonly source: string;
  readonly kind: RankerKind;
  /** What it costs beyond training the supernet, in a few words. */
  readonly cost: string;
  readonly needs: readonly Need[];
  /** Set if a search reaches this ranker through options of another, not by its own id. */
  readonly settings?: RankerSettings;
}

/** An architecture of a region, to be ranked. */
export interface Contender {
  /** Architecture id, e.g. `5:a3.1f`. */
  readonly architecture: string;
  /** Candidate of each stage. */
  readonly choice: readonly number[];
  /** Null where not measured. */
  readonly proxies: ProxyValues | null;
}

/** What is ranked. */
export interface Subject {
  readonly region: Region;
  readonly shape: NetworkShape;
  /** Of the run or study; for chance. */
  readonly seed: number;
  readonly contenders: readonly Contender[];
}

/** R from one supernet: the score of an architecture is the sum over its stages. */
export interface SupernetRanker {
  readonly form: 'supernet';
  readonly descriptor: RankerDescriptor;
  /** R `[stage][candidate]`, higher is better; null if the reading lacks what is needed. */
  table(reading: Reading): StageTable | null;
}

/** R from the cells alone. */
export interface CellRanker {
  readonly form: 'cells';
  readonly descriptor: RankerDescriptor;
  /** R `[stage][candidate]`, higher is better. */
  table(region: Region): StageTable;
}

/** Scores that are no sum over the stages. */
export interface ChoiceRanker {
  readonly form: 'choices';
  readonly descriptor: RankerDescriptor;
  /**
   * One score for each contender, higher is better; null where what is needed is missing. Supernet
   * rankers give the mean over the readings; the others do not look at them.
   */
  scores(subject: Subject, readings: readonly Reading[]): readonly (number | null)[];
}

/** A ranker that a search can use. */
export type AdditiveRanker = SupernetRanker | CellRanker;

/** Scores compare inside one region only. */
export type Ranker = AdditiveRanker | ChoiceRanker;
