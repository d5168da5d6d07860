/**
 * Statistics of rankers: x are predicted scores, y is the measured truth, higher is better in both.
 * Null is “n/a”: a statistic that is undefined is never shown as 0 or 1.
 */
export {
  type BootstrapInterval,
  difference,
  type Interval,
  type PairStatistic,
  percentileInterval,
  replicates,
} from './bootstrap.ts';
export { type DiscordantPair, differenceNoise, discordantPairs } from './discordant.ts';
export { fisherInterval, fisherMean, fisherZ } from './fisher.ts';
export { type KendallPairs, kendallPairs, kendallTauB, sparseTau } from './kendall.ts';
export { mean, meanOfKnown, standardDeviation } from './mean.ts';
export { midRanks } from './midRanks.ts';
export { partialSpearman } from './partialSpearman.ts';
export { pearson } from './pearson.ts';
export {
  architectureStd,
  noiseCeiling,
  type Reliability,
  reliability,
  seedStd,
  spearmanBrown,
  splitHalf,
} from './reliability.ts';
export { resampledPearson, resampledSpearman, resampledTauB } from './resampled.ts';
export { DEFAULT_RESAMPLES, drawResamples, type Resamples } from './resampling.ts';
export { spearman } from './spearman.ts';
export { bestRankAt, ndcgAt, precisionAt, regretAt } from './topK.ts';
