/** The figures by which rankers are compared: what each is called, and what it says in one line. */
import { formatStatistic } from '../../../core/format.ts';
import type { RankerAnalysis } from '../../../core/study/analysisTypes.ts';
import { FIGURES, type FigureId } from '../../../core/study/figures.ts';
import type { RankersModel } from '../../../viz/rankers/model.ts';
import type { EstimateModel, IntervalModel } from '../../../viz/shared/estimate.ts';

export interface FigureInfo {
  readonly id: FigureId;
  readonly metric: RankersModel['metric'];
  /** One line: what is this? */
  readonly about: string;
  /** Factor from the logged unit to the shown one. */
  readonly scale: number;
}

const correlation = (name: string): RankersModel['metric'] => ({
  name,
  unit: null,
  low: -1,
  high: 1,
  neutral: 0,
  digits: 2,
  better: 'higher',
});

const share = (name: string): RankersModel['metric'] => ({
  ...correlation(name),
  low: 0,
  neutral: null,
});

const FIGURE_INFO: { readonly [id in FigureId]: Omit<FigureInfo, 'id'> } = {
  spearman: {
    metric: correlation('Spearman ρ'),
    about: 'Do both orders agree? 1 is the same order, 0 no relation, −1 the reverse.',
    scale: 1,
  },
  tauB: {
    metric: correlation('Kendall τ-b'),
    about: 'Pairs in the right order minus pairs in the wrong one. Usually about two thirds of ρ.',
    scale: 1,
  },
  sparseTau: {
    metric: correlation('Sparse τ'),
    about: 'τ-b with accuracies that differ by less than the seed noise counted as equal.',
    scale: 1,
  },
  pearson: {
    metric: correlation('Pearson r'),
    about: 'Do scores and accuracies lie on a line? One outlier can decide it.',
    scale: 1,
  },
  partialSpearman: {
    metric: correlation('ρ given FLOPs'),
    about: 'What is left of ρ between networks of equal size: does it know more than size?',
    scale: 1,
  },
  precisionAt5: {
    metric: share('Precision@5'),
    about: 'Share of the predicted best five that are truly among the best five.',
    scale: 1,
  },
  regretAt1: {
    metric: {
      name: 'Regret@1',
      unit: 'percentage points',
      low: 0,
      high: null,
      neutral: null,
      digits: 1,
      better: 'lower',
    },
    about: 'Accuracy lost by trusting the first place. 0 means that it is the best one.',
    scale: 100,
  },
  ndcg: {
    metric: share('NDCG@5'),
    about: 'How good the predicted top five are, the first places counting most.',
    scale: 1,
  },
};

export const FIGURE_LIST: readonly FigureInfo[] = FIGURES.map((id) => ({ id, ...FIGURE_INFO[id] }));

export const figureInfo = (id: FigureId): FigureInfo => ({ id, ...FIGURE_INFO[id] });

const scaled = (value: number | null, scale: number) => (value === null ? null : value * scale);

/** Interval of a figure; only correlations have one. */
function intervalOf({ intervals }: RankerAnalysis, id: FigureId): IntervalModel | null {
  const has = id === 'spearman' || id === 'tauB' || id === 'pearson';
  const interval = has ? intervals[id] : null;
  return interval ? [interval[0], interval[1]] : null;
}

/** A figure of a ranker in the unit in which it is shown. */
export function estimateOf(ranker: RankerAnalysis, { id, scale }: FigureInfo): EstimateModel {
  return { value: scaled(ranker[id], scale), interval: intervalOf(ranker, id) };
}

/** The same without interval, e.g. of single supernets. */
export const plainEstimate = (value: number | null, { scale }: FigureInfo): EstimateModel => ({
  value: scaled(value, scale),
  interval: null,
});

/** .74, 1.3, or n/a. */
export const figureText = (value: number | null, { metric }: FigureInfo): string =>
  formatStatistic(value, metric.digits);
