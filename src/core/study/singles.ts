/** What one supernet is worth: every ranker on each supernet by itself, beside their ensemble. */
import type { AnalysisOptions, RankerScores } from './analysisInput.ts';
import { estimateRanker } from './analysisRanker.ts';
import type { RankerAnalysis, TruthAnalysis } from './analysisTypes.ts';

/** The estimates of each ranker, by its id, from the tables of single supernets (`singleTables`). */
export function singleEstimates(
  tables: readonly (readonly RankerScores[])[],
  truth: TruthAnalysis,
  options: AnalysisOptions,
): ReadonlyMap<string, readonly RankerAnalysis[]> {
  const estimates = new Map<string, RankerAnalysis[]>();
  for (const scores of tables.flat()) {
    const own = estimates.get(scores.id) ?? [];
    estimates.set(scores.id, [...own, estimateRanker(truth, scores, options)]);
  }
  return estimates;
}
