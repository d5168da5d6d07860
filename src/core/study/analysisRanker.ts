/** One ranker against the truth, without intervals: cheap enough for every step of a slider. */
import {
  bestRankAt,
  type DiscordantPair,
  differenceNoise,
  discordantPairs,
  fisherInterval,
  kendallPairs,
  kendallTauB,
  ndcgAt,
  partialSpearman,
  pearson,
  precisionAt,
  regretAt,
  sparseTau,
  spearman,
} from '../stats/index.ts';
import type { AnalysisOptions, RankerScores } from './analysisInput.ts';
import { stageCorrelations, stageEffects } from './analysisStages.ts';
import type {
  RankCorrelation,
  RankerAnalysis,
  TopMeasures,
  TruthAnalysis,
} from './analysisTypes.ts';

type Scores = readonly (number | null)[];

/** Predicted and true values of the architectures that have both. */
export interface Compared {
  /** Indices into the truth's architectures. */
  readonly indices: readonly number[];
  readonly x: readonly number[];
  /** For ranks: −∞ for a failed architecture, below all others. */
  readonly y: readonly number[];
  /** For values: a failed architecture has the worst accuracy, or that of guessing. */
  readonly values: readonly number[];
}

export function compare(truth: TruthAnalysis, scores: Scores): Compared {
  const indices = truth.status.flatMap((status, n) =>
    status !== 'unmeasured' && Number.isFinite(scores[n]) ? [n] : [],
  );
  return {
    indices,
    x: indices.map((n) => scores[n]!),
    y: indices.map((n) => truth.mean[n] ?? Number.NEGATIVE_INFINITY),
    values: indices.map((n) => truth.mean[n] ?? truth.floor),
  };
}

/** ρ and τ-b of any scores with the truth, e.g. those of an earlier step of a supernet. */
export function correlate(truth: TruthAnalysis, scores: Scores): RankCorrelation {
  const { x, y } = compare(truth, scores);
  return { n: x.length, spearman: spearman(x, y), tauB: kendallTauB(x, y) };
}

/** The k best by the scores; k above the number of architectures counts as that number. */
export function topMeasures(truth: TruthAnalysis, scores: Scores, k: number): TopMeasures {
  const { x, y, values } = compare(truth, scores);
  const top = Math.min(k, x.length);
  return {
    k: top,
    precision: precisionAt(x, y, top),
    chance: x.length === 0 ? 0 : top / x.length,
    regret: regretAt(x, values, top),
    ndcg: ndcgAt(x, values, top),
    bestRank: bestRankAt(x, y, top),
  };
}

/** Discordant pairs, the worst first; indices are those of the truth's architectures. */
export function discordance(truth: TruthAnalysis, scores: Scores): DiscordantPair[] {
  const { indices, x, y } = compare(truth, scores);
  const { noise, seeds } = truth;
  const limit = (i: number, j: number) =>
    noise ? differenceNoise(noise.std, seeds[indices[i]!]!, seeds[indices[j]!]!) : null;
  return discordantPairs(x, y, limit).map((pair) => ({
    ...pair,
    better: indices[pair.better]!,
    worse: indices[pair.worse]!,
  }));
}

/** Failed architectures and those at chance make easy pairs: what is left without them. */
function aboveChance(truth: TruthAnalysis, scores: Scores): RankCorrelation | null {
  const left = new Set([...truth.failed, ...truth.atChance]);
  if (left.size === 0) return null;
  return correlate(
    truth,
    scores.map((score, n) => (left.has(truth.architectures[n]!) ? null : score)),
  );
}

/** Every figure of a ranker; intervals are null and the difference is not made yet. */
export function estimateRanker(
  truth: TruthAnalysis,
  ranker: RankerScores,
  options: AnalysisOptions,
): RankerAnalysis {
  const { id, name, kind, supernets } = ranker;
  const scores = ranker.scores.map((score) => (Number.isFinite(score) ? score : null));
  const { indices, x, y, values } = compare(truth, scores);
  const n = indices.length;
  const valued = indices.flatMap((index, i) => (truth.status[index] === 'measured' ? [i] : []));
  const pick = (list: readonly number[]) => valued.map((i) => list[i]!);
  const pairs = kendallPairs(x, y);
  const rho = spearman(x, y);
  const top = topMeasures(truth, scores, options.k);
  const nothing = { spearman: null, tauB: null, pearson: null };
  return {
    id,
    name,
    kind,
    supernets,
    scores,
    n,
    unscored: truth.n - n,
    spearman: rho,
    tauB: kendallTauB(x, y),
    sparseTau: truth.delta === null ? null : sparseTau(x, y, truth.delta),
    delta: truth.delta,
    pearson: pearson(pick(x), pick(values)),
    precisionAt5: precisionAt(x, y, 5),
    regretAt1: regretAt(x, values, 1),
    ndcg: top.ndcg,
    top,
    partialSpearman: partialSpearman(
      x,
      y,
      indices.map((index) => options.flops[index]!),
    ),
    tied: n < 2 ? 0 : (pairs.tiedX + pairs.tiedBoth) / ((n * (n - 1)) / 2),
    aboveChance: aboveChance(truth, scores),
    perStage: stageCorrelations(
      truth.stages,
      stageEffects(
        truth.choices,
        scores.map((score, i) => (truth.status[i] === 'unmeasured' ? null : score)),
      ),
    ),
    intervals: nothing,
    dropped: { spearman: 0, tauB: 0, pearson: 0 },
    fisher: rho === null ? null : fisherInterval(rho, n),
    difference: null,
  };
}
