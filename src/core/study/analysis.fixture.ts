/** Tables and options for the tests of the analysis. */
import type { AnalysisOptions, RankerScores, TruthTable } from './analysisInput.ts';

export const ranker = (
  id: string,
  scores: readonly (number | null)[],
  kind: RankerScores['kind'] = 'supernet',
): RankerScores => ({ id, name: id, kind, supernets: 1, scores });

export const options = (n: number, more: Partial<AnalysisOptions> = {}): AnalysisOptions => ({
  flops: Array.from({ length: n }, (_, i) => 1000 + ((i * 7) % n)),
  seed: 1,
  k: 5,
  resamples: 300,
  chance: 0.1,
  testImages: 6000,
  ...more,
});

/** Rows of one accuracy each, by hand. */
export function small(accuracies: readonly (readonly (number | null)[])[]): TruthTable {
  return {
    architectures: accuracies.map((_, n) => `a${n}`),
    choices: accuracies.map((_, n) => [n]),
    accuracies,
    losses: accuracies,
    failures: [],
  };
}
