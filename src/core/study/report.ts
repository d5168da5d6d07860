/**
 * Everything the correlation screen says of a study beyond its events: the analysis, what one supernet
 * is worth beside the ensemble, and how each ranker's correlation moved while the supernets trained.
 * Pure and slow (a fraction of a second), hence computed off the page's thread.
 */
import { meanOfKnown } from '../stats/index.ts';
import { estimate, intervalTurns } from './analysis.ts';
import { type AnalysisOptions, TOP } from './analysisInput.ts';
import { resamplesOf } from './analysisIntervals.ts';
import { correlate, discordance } from './analysisRanker.ts';
import type { RankCorrelation, RankerAnalysis, StudyAnalysis } from './analysisTypes.ts';
import { FEWEST_ARCHITECTURES } from './config.ts';
import type { FigureId, Figures } from './figures.ts';
import {
  analysisBasis,
  type BoundRanker,
  rankerScores,
  rankerTable,
  singleTables,
  studyRankers,
  truthTable,
} from './rankerTable.ts';
import { readoutSteps, weightSteps } from './readings.ts';
import type { StudyView } from './reducer.ts';
import { singleEstimates } from './singles.ts';

/** A supernet ranker from one supernet alone: the mean of each figure over the supernets. */
export interface SingleFigures {
  readonly ranker: string;
  readonly supernets: number;
  readonly figures: Figures;
}

/** Correlation of a supernet ranker (all supernets averaged) by training step, ascending. */
export interface RankerCurve {
  readonly ranker: string;
  readonly name: string;
  readonly points: readonly (RankCorrelation & { readonly step: number })[];
}

/** A discordant pair by architecture ids. */
export interface NamedPair {
  readonly better: string;
  readonly worse: string;
  readonly severity: number;
  readonly difference: number | null;
  readonly beyondNoise: boolean | null;
}

export interface StudyReport {
  /** Events behind it: the view it belongs to. */
  readonly eventCount: number;
  readonly analysis: StudyAnalysis;
  readonly singles: readonly SingleFigures[];
  readonly curves: readonly RankerCurve[];
}

export interface ReportOptions {
  /** Ranker that the others are compared with; null: the best size baseline. */
  readonly reference: string | null;
  readonly resamples?: number;
}

/** Listing the pairs of more architectures than this would take longer than anyone reads. */
const MOST_FOR_PAIRS = 600;

function meanFigures(list: readonly RankerAnalysis[]): Figures {
  const mean = (id: FigureId) => meanOfKnown(list.map((one) => one[id]));
  return {
    spearman: mean('spearman'),
    tauB: mean('tauB'),
    sparseTau: mean('sparseTau'),
    pearson: mean('pearson'),
    partialSpearman: mean('partialSpearman'),
    precisionAt5: mean('precisionAt5'),
    regretAt1: mean('regretAt1'),
    ndcg: mean('ndcg'),
  };
}

function singleFigures(
  view: StudyView,
  { truth }: StudyAnalysis,
  options: AnalysisOptions,
): SingleFigures[] {
  const estimates = singleEstimates(singleTables(view), truth, options);
  return [...estimates].map(([ranker, own]) => ({
    ranker,
    supernets: own.length,
    figures: meanFigures(own),
  }));
}

function curveOf(view: StudyView, { truth }: StudyAnalysis, bound: BoundRanker): RankerCurve[] {
  const { descriptor, variant } = bound;
  if (!variant || variant.supernets.length === 0) return [];
  const steps = new Set([...weightSteps(variant), ...readoutSteps(variant)]);
  const points = [...steps]
    .sort((a, b) => a - b)
    .map((step) => ({ step, ...correlate(truth, rankerScores(view, bound, { step }).scores) }))
    .filter(({ n }) => n >= FEWEST_ARCHITECTURES);
  return points.length === 0 ? [] : [{ ranker: descriptor.id, name: descriptor.name, points }];
}

/**
 * The report of a view twice: at once without intervals, then whole.
 * @throws LabError `usage` if fewer than three architectures are measured or there is no such
 *   reference.
 */
export function* reportTurns(
  view: StudyView,
  { reference, resamples }: ReportOptions,
): Generator<StudyReport, void> {
  const basis = analysisBasis(view);
  if (!basis) return;
  const options: AnalysisOptions = {
    ...basis,
    k: TOP,
    reference,
    ...(resamples === undefined ? {} : { resamples }),
  };
  const first = estimate(truthTable(view), rankerTable(view), options);
  const singles = singleFigures(view, first, options);
  const curves = studyRankers(view).flatMap((bound) => curveOf(view, first, bound));
  const { eventCount } = view;
  yield { eventCount, analysis: first, singles, curves };
  const rankers = [...intervalTurns(first, options)];
  const analysis = { ...first, rankers, resamples: resamplesOf(options) };
  yield { eventCount, analysis, singles, curves };
}

/**
 * Discordant pairs of a ranker, the worst first; null if there are too many architectures to list
 * them.
 * @param scores In the order of the truth's architectures.
 */
export function namedPairs(
  truth: StudyAnalysis['truth'],
  scores: readonly (number | null)[],
  most: number,
): readonly NamedPair[] | null {
  if (truth.n > MOST_FOR_PAIRS) return null;
  const id = (index: number) => truth.architectures[index] ?? '';
  return discordance(truth, scores)
    .slice(0, most)
    .map(({ better, worse, severity, difference, beyondNoise }) => ({
      better: id(better),
      worse: id(worse),
      severity,
      difference,
      beyondNoise,
    }));
}
