/**
 * Several regions together. Ranks are relative to their region, so correlations are computed inside
 * each and then averaged (ρ on Fisher's scale, τ plainly). The correlation of everything thrown
 * together is computed too, to be shown apart: it mixes the order inside regions with differences
 * between them that no score knows of.
 */
import { createRandom } from '../random.ts';
import {
  fisherMean,
  fisherZ,
  type Interval,
  kendallTauB,
  mean,
  percentileInterval,
  spearman,
} from '../stats/index.ts';
import {
  type Bootstrap,
  createBootstrap,
  pairedReplicates,
  type Replicated,
} from './analysisIntervals.ts';
import { compare, correlate } from './analysisRanker.ts';
import type { RankCorrelation, RankerAnalysis, StudyAnalysis } from './analysisTypes.ts';

export const POOLING_NOTE =
  'Scores are relative to their region: a supernet only compares the candidates it holds. Pooled over regions, a correlation mixes how regions differ (which no score measures) with the order inside them, and can be high or low for that reason alone. Read the mean of the values within regions.';

/** A region's study with a name. */
export interface RegionStudy {
  readonly region: string;
  readonly analysis: StudyAnalysis;
}

export interface MacroInterval {
  /** Architectures drawn again inside these regions: about these regions. */
  readonly within: Interval | null;
  /** Regions drawn again too: about regions like these. Null for fewer than two. */
  readonly nested: Interval | null;
}

export interface PooledRanker {
  readonly id: string;
  readonly name: string;
  /** Inside each region that has the ranker. */
  readonly regions: readonly (RankCorrelation & { readonly region: string })[];
  /** Mean over the regions where it is defined. */
  readonly spearman: number | null;
  readonly tauB: number | null;
  readonly intervals: MacroInterval;
  /** Mean ρ minus that of each reference, over the regions that have both. */
  readonly differences: readonly {
    readonly against: string;
    readonly spearman: number | null;
    readonly intervals: MacroInterval;
  }[];
  /** All architectures thrown together; not valid, see `POOLING_NOTE`. */
  readonly naive: RankCorrelation;
}

export interface PooledOptions {
  readonly seed: number;
  /** Bootstrap resamples, ≥ 0. */
  readonly resamples: number;
  /** Ids of the rankers to compare with, e.g. depth and sinks. */
  readonly against: readonly string[];
}

export interface PooledAnalysis {
  readonly rankers: readonly PooledRanker[];
  readonly note: string;
}

/** A region with the draws that all of its rankers share. */
interface Drawn extends RegionStudy {
  readonly bootstrap: Bootstrap;
}

interface Entry {
  readonly study: Drawn;
  readonly ranker: RankerAnalysis;
}

/** Every ranker that any of the regions has, in order of first appearance. */
export function pooled(studies: readonly RegionStudy[], options: PooledOptions): PooledAnalysis {
  const drawn = studies.map((study, r) => ({
    ...study,
    bootstrap: createBootstrap(
      study.analysis.truth,
      options.seed,
      options.resamples,
      `region ${r}`,
    ),
  }));
  const ids = new Set(studies.flatMap(({ analysis }) => analysis.rankers.map(({ id }) => id)));
  return { rankers: [...ids].map((id) => poolRanker(drawn, id, options)), note: POOLING_NOTE };
}

function entriesOf(studies: readonly Drawn[], id: string): Entry[] {
  return studies.flatMap((study) => {
    const ranker = study.analysis.rankers.find((one) => one.id === id);
    return ranker ? [{ study, ranker }] : [];
  });
}

function poolRanker(studies: readonly Drawn[], id: string, options: PooledOptions): PooledRanker {
  const entries = entriesOf(studies, id);
  const regions = entries.map(({ study, ranker }) => ({
    region: study.region,
    ...correlate(study.analysis.truth, ranker.scores),
  }));
  const taus = regions.map(({ tauB }) => tauB).filter((tau) => tau !== null);
  const parts = entries.flatMap(({ study, ranker }) => replicatesOf(study, [ranker]));
  return {
    id,
    name: entries[0]?.ranker.name ?? id,
    regions,
    spearman: parts.length === 0 ? null : meanRho(parts, 0),
    tauB: taus.length === 0 ? null : mean(taus),
    intervals: macroIntervals(parts, options, ([rho]) => rho!),
    differences: options.against
      .filter((other) => other !== id)
      .map((other) => differenceFrom(entries, other, options)),
    naive: naive(entries),
  };
}

function differenceFrom(
  entries: readonly Entry[],
  against: string,
  options: PooledOptions,
): PooledRanker['differences'][number] {
  const parts = entries.flatMap(({ study, ranker }) => {
    const other = study.analysis.rankers.find(({ id }) => id === against);
    return other ? replicatesOf(study, [ranker, other]) : [];
  });
  const minus = ([own, other]: readonly number[]) => own! - other!;
  return {
    against,
    spearman: parts.length === 0 ? null : minus([meanRho(parts, 0), meanRho(parts, 1)]),
    intervals: macroIntervals(parts, options, minus),
  };
}

/** One entry with the rankers' replicates if all have a ρ in this region, else none. */
function replicatesOf(study: Drawn, rankers: readonly RankerAnalysis[]): Replicated[][] {
  const scores = rankers.map((ranker) => ranker.scores);
  const found = pairedReplicates(study.bootstrap, scores);
  const defined = found.filter((part) => part !== null);
  return defined.length === rankers.length ? [defined] : [];
}

const meanRho = (parts: readonly (readonly Replicated[])[], ranker: number) =>
  fisherMean(parts.map((part) => part[ranker]!));

/**
 * Interval of a function of the mean ρ of each ranker.
 * @param parts `parts[region][ranker]`.
 */
function macroIntervals(
  parts: readonly (readonly Replicated[])[],
  { seed, resamples }: PooledOptions,
  combine: (rhos: readonly number[]) => number,
): MacroInterval {
  const rankers = parts[0]?.map((_, i) => i) ?? [];
  const count = parts.length === 0 ? 0 : resamples;
  const random = createRandom(seed, 'regions');
  const bootstrap = (draw: (region: number, b: number) => readonly [region: number, b: number]) =>
    percentileInterval(
      Float64Array.from({ length: count }, (_, b) => {
        const drawn = parts.map((_, region) => draw(region, b));
        const z = rankers.map((i) => mean(drawn.map(([r, at]) => zOf(parts[r]![i]!, at))));
        return combine(z.map(Math.tanh));
      }),
    ).interval;
  return {
    within: bootstrap((region, b) => [region, b]),
    nested:
      parts.length < 2
        ? null
        : bootstrap(() => [random.integer(parts.length), random.integer(resamples)]),
  };
}

const zOf = ({ n, values }: Replicated, b: number) => fisherZ(values[b]!, n);

function naive(entries: readonly Entry[]): RankCorrelation {
  const all = entries.map(({ study, ranker }) => compare(study.analysis.truth, ranker.scores));
  const x = all.flatMap((one) => one.x);
  const y = all.flatMap((one) => one.y);
  return { n: x.length, spearman: spearman(x, y), tauB: kendallTauB(x, y) };
}
