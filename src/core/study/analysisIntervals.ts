/**
 * Bootstrap intervals of rankers on one truth. The same draws serve all rankers that score the same
 * architectures, so their differences are paired.
 */
import { createRandom } from '../random.ts';
import {
  DEFAULT_RESAMPLES,
  difference,
  drawResamples,
  percentileInterval,
  type Resamples,
  resampledPearson,
  resampledSpearman,
  resampledTauB,
  spearman,
} from '../stats/index.ts';
import type { AnalysisOptions } from './analysisInput.ts';
import { type Compared, compare } from './analysisRanker.ts';
import type { RankerAnalysis, TruthAnalysis } from './analysisTypes.ts';

type Scores = readonly (number | null)[];

export function resamplesOf(options: AnalysisOptions): number {
  return options.resamples ?? DEFAULT_RESAMPLES;
}

/** A ranker's ρ on n architectures, and on each resample of them. */
export interface Replicated {
  readonly n: number;
  readonly rho: number;
  readonly values: Float64Array;
}

/** The draws of one truth, and what has been computed on them. */
export interface Bootstrap {
  readonly truth: TruthAnalysis;
  /** Draws from n architectures; always the same. */
  draws(n: number): Resamples;
  /** ρ of these scores, null where it is undefined. Computed once for each list of scores. */
  spearman(scores: Scores): Replicated | null;
}

/**
 * @param count Resamples.
 * @param label Names the draws, so that those of different regions are independent.
 */
export function createBootstrap(
  truth: TruthAnalysis,
  seed: number,
  count: number,
  label = '',
): Bootstrap {
  const known = new Map<number, Resamples>();
  const done = new WeakMap<Scores, Replicated | null>();
  const draws = (n: number) => {
    const found =
      known.get(n) ?? drawResamples(n, createRandom(seed, 'bootstrap', label, n), count);
    known.set(n, found);
    return found;
  };
  const replicate = (scores: Scores): Replicated | null => {
    const { x, y } = compare(truth, scores);
    const n = x.length;
    const rho = spearman(x, y);
    return rho === null ? null : { n, rho, values: resampledSpearman(x, y, draws(n)) };
  };
  return {
    truth,
    draws,
    spearman: (scores) => {
      const before = done.get(scores);
      if (before !== undefined) return before;
      const found = replicate(scores);
      done.set(scores, found);
      return found;
    },
  };
}

/** ρ of each ranker on the architectures that all of them score; null where it is undefined. */
export function pairedReplicates(
  bootstrap: Bootstrap,
  rankers: readonly Scores[],
): (Replicated | null)[] {
  const common = (n: number) => rankers.every((scores) => Number.isFinite(scores[n]));
  return rankers.map((scores) => {
    const lacking = scores.some((score, n) => score !== null && !common(n));
    return bootstrap.spearman(
      lacking ? scores.map((score, n) => (common(n) ? score : null)) : scores,
    );
  });
}

/** Pearson's resamples are of the architectures that have an accuracy. */
function pearsonInterval({ truth, draws }: Bootstrap, { indices, x, values }: Compared) {
  const valued = indices.flatMap((n, i) => (truth.status[n] === 'measured' ? [i] : []));
  const pick = (list: readonly number[]) => valued.map((i) => list[i]!);
  return percentileInterval(resampledPearson(pick(x), pick(values), draws(valued.length)));
}

/** The estimate with its intervals, and its difference from a reference (itself: none). */
export function addIntervals(
  bootstrap: Bootstrap,
  estimate: RankerAnalysis,
  reference: RankerAnalysis | null,
): RankerAnalysis {
  const compared = compare(bootstrap.truth, estimate.scores);
  const { x, y } = compared;
  if (x.length === 0) return estimate;
  const nothing = new Float64Array();
  const rho = percentileInterval(bootstrap.spearman(estimate.scores)?.values ?? nothing);
  const tau = percentileInterval(
    estimate.tauB === null ? nothing : resampledTauB(x, y, bootstrap.draws(x.length)),
  );
  const r =
    estimate.pearson === null ? percentileInterval(nothing) : pearsonInterval(bootstrap, compared);
  return {
    ...estimate,
    intervals: { spearman: rho.interval, tauB: tau.interval, pearson: r.interval },
    dropped: { spearman: rho.dropped, tauB: tau.dropped, pearson: r.dropped },
    difference: differenceFrom(bootstrap, estimate, reference),
  };
}

/** ρ of the ranker minus ρ of the reference, on the architectures that both score. */
function differenceFrom(
  bootstrap: Bootstrap,
  ranker: RankerAnalysis,
  reference: RankerAnalysis | null,
): RankerAnalysis['difference'] {
  if (!reference || reference.id === ranker.id) return null;
  const against = reference.id;
  const [own, other] = pairedReplicates(bootstrap, [ranker.scores, reference.scores]);
  if (!own || !other) return { against, spearman: null, interval: null };
  const { interval } = percentileInterval(difference(own.values, other.values));
  return { against, spearman: own.rho - other.rho, interval };
}
