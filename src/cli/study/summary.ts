/** The statistics of a study as `correlate` prints them. */
import { meanOfKnown } from '../../core/stats/index.ts';
import { analyse } from '../../core/study/analysis.ts';
import { type AnalysisOptions, type RankerScores, TOP } from '../../core/study/analysisInput.ts';
import type { RankerAnalysis, StudyAnalysis } from '../../core/study/analysisTypes.ts';
import {
  analysisBasis,
  rankerTable,
  singleTables,
  truthTable,
} from '../../core/study/rankerTable.ts';
import type { StudyView } from '../../core/study/reducer.ts';
import { singleEstimates } from '../../core/study/singles.ts';

/** Spearman of every supernet by itself, and their mean. */
export interface PerSupernet {
  readonly spearman: readonly (number | null)[];
  readonly mean: number | null;
}

export interface RankerSummary {
  readonly analysis: RankerAnalysis;
  /** Null for rankers that need no supernet. */
  readonly perSupernet: PerSupernet | null;
}

export interface StudySummary {
  readonly analysis: StudyAnalysis;
  /** A supernet ranker twice: from its first supernet, and from all of them if there are more. */
  readonly rankers: readonly RankerSummary[];
}

/**
 * Everything about a study's correlations so far.
 * @throws LabError `usage` if fewer than three architectures are measured.
 */
export function summarise(view: StudyView): StudySummary | null {
  const basis = analysisBasis(view);
  if (!basis) return null;
  const options: AnalysisOptions = { ...basis, k: TOP };
  const singles = singleTables(view);
  const ensemble = rankerTable(view);
  const first = new Map((singles[0] ?? []).map((one) => [one.id, one]));
  const both = ensemble.flatMap((one): readonly RankerScores[] => {
    const single = first.get(one.id);
    return single && one.supernets > 1 ? [single, one] : [one];
  });
  const analysis = analyse(truthTable(view), both, options);
  const estimates = singleEstimates(singles, analysis.truth, options);
  const perSupernet = ({ id, kind }: RankerAnalysis): PerSupernet | null => {
    if (kind !== 'supernet') return null;
    const spearman = (estimates.get(id) ?? []).map((one) => one.spearman);
    return { spearman, mean: meanOfKnown(spearman) };
  };
  const rankers = analysis.rankers.map((one) => ({ analysis: one, perSupernet: perSupernet(one) }));
  return { analysis, rankers };
}

/** The document that `correlate --json` prints. */
export function summaryJson({ analysis, rankers }: StudySummary) {
  const { truth } = analysis;
  return {
    truth: {
      architectures: truth.architectures,
      accuracies: truth.accuracies,
      losses: truth.losses,
      architectureStd: truth.architectureStd,
      seedStd: truth.seedStd,
      splitHalf: truth.splitHalf,
      reliability: truth.reliability,
      ceiling: truth.ceiling,
      failures: truth.failures,
    },
    rankers: rankers.map(({ analysis: one, perSupernet }) => ({
      id: one.id,
      name: one.name,
      kind: one.kind,
      supernets: one.supernets,
      n: one.n,
      scores: one.scores,
      spearman: one.spearman,
      tauB: one.tauB,
      pearson: one.pearson,
      sparseTau: one.sparseTau,
      partialSpearman: one.partialSpearman,
      precisionAt5: one.precisionAt5,
      regretAt1: one.regretAt1,
      ndcg: one.ndcg,
      intervals: one.intervals,
      difference: one.difference,
      perStage: one.perStage.map(({ spearman }) => spearman),
      perSupernet,
    })),
    reference: analysis.reference,
    resamples: analysis.resamples,
    warnings: analysis.warnings,
  };
}
