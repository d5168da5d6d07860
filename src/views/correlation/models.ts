/** From a study and its report to what the charts draw. Pure. */
import { fisherInterval } from '../../core/stats/fisher.ts';
import { membership } from '../../core/stats/membership.ts';
import { midRanks } from '../../core/stats/midRanks.ts';
import { topMeasures } from '../../core/study/analysisRanker.ts';
import type { RankerAnalysis, StudyAnalysis } from '../../core/study/analysisTypes.ts';
import type { ArchitectureView, StudyView } from '../../core/study/reducer.ts';
import type { StudyReport } from '../../core/study/report.ts';
import { taskShape } from '../../core/study/shape.ts';
import type { CorrelationCurveModel, CorrelationLine } from '../../viz/correlation/model.ts';
import type { RankersModel } from '../../viz/rankers/model.ts';
import type { RankScatterModel, ScatterPoint } from '../../viz/rankScatter/model.ts';
import type { SplitHalfModel } from '../../viz/splitHalf/model.ts';
import type { TopKModel } from '../../viz/topK/model.ts';
import { estimateOf, type FigureInfo, plainEstimate } from './rankers/figures.ts';

/** `2 › 5`: the candidate of each stage, as the search screen numbers them. */
export const choiceName = (choice: readonly number[]): string =>
  choice.map((candidate) => candidate + 1).join(' › ');

/** Places, 1 for the largest; ties share the middle of theirs. */
function places(values: readonly number[]): number[] {
  const ascending = midRanks(values);
  return ascending.map((rank) => values.length + 1 - rank);
}

interface Placed {
  readonly index: number;
  readonly view: ArchitectureView;
  readonly score: number;
}

/** Architectures that have a truth and a score, with their views. */
function placed(view: StudyView, { truth }: StudyAnalysis, ranker: RankerAnalysis): Placed[] {
  return truth.architectures.flatMap((id, index) => {
    const score = ranker.scores[index] ?? null;
    const one = view.architectures[index];
    const known = truth.status[index] !== 'unmeasured' && score !== null;
    return known && one?.architecture === id ? [{ index, view: one, score }] : [];
  });
}

export function scatterPoints(
  view: StudyView,
  analysis: StudyAnalysis,
  ranker: RankerAnalysis,
): readonly ScatterPoint[] {
  const { truth } = analysis;
  const list = placed(view, analysis, ranker);
  const scoreRanks = places(list.map(({ score }) => score));
  const accuracyRanks = places(
    list.map(({ index }) => truth.mean[index] ?? Number.NEGATIVE_INFINITY),
  );
  return list.map(({ index, view: one, score }, n) => ({
    key: one.architecture,
    name: choiceName(one.choice),
    score,
    scoreRank: scoreRanks[n] ?? 0,
    accuracy: truth.mean[index] ?? null,
    accuracyRank: accuracyRanks[n] ?? 0,
    deviation: truth.std[index] ?? null,
    seeds: truth.seeds[index] ?? 0,
    fill: truth.mean[index] ?? null,
    cells: one.cells,
  }));
}

export interface Marked {
  readonly selected: readonly string[];
  readonly pair: readonly [string, string] | null;
}

export function scatterModel(
  view: StudyView,
  { analysis }: StudyReport,
  ranker: RankerAnalysis,
  axis: RankScatterModel['axis'],
  { selected, pair }: Marked,
): RankScatterModel {
  const interval = ranker.intervals.spearman;
  return {
    axis,
    ranker: ranker.name,
    scoreUnit: null,
    points: scatterPoints(view, analysis, ranker),
    fill: { name: 'accuracy', kind: 'accuracy' },
    correlation: { value: ranker.spearman, interval: interval && [interval[0], interval[1]] },
    ceiling: analysis.truth.ceiling,
    chance: view.config ? 1 / taskShape(view.config.run).classes : null,
    selected,
    linked: pair ? [pair] : [],
  };
}

const byValue = (better: 'higher' | 'lower') => (a: number | null, b: number | null) => {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return better === 'higher' ? b - a : a - b;
};

/** Rankers in the order of a figure, the best first. */
export function rankersModel(
  view: StudyView,
  { analysis, singles }: StudyReport,
  info: FigureInfo,
  selected: string,
): RankersModel {
  const { metric, id } = info;
  const order = byValue(metric.better);
  const rows = analysis.rankers.map((ranker) => {
    const own = estimateOf(ranker, info);
    const single = singles.find((one) => one.ranker === ranker.id);
    const several = single !== undefined && ranker.supernets > 1;
    const { difference } = ranker;
    return {
      key: ranker.id,
      name: ranker.name,
      kind: ranker.kind,
      single: several ? plainEstimate(single.figures[id], info) : own,
      ensemble: several ? own : null,
      difference:
        id === 'spearman' && difference
          ? { value: difference.spearman, interval: difference.interval }
          : null,
    };
  });
  const isRho = id === 'spearman';
  return {
    metric,
    confidence: 0.95,
    rows: rows.sort((a, b) =>
      order((a.ensemble ?? a.single).value, (b.ensemble ?? b.single).value),
    ),
    supernets: Math.max(0, ...view.variants.map(({ supernets }) => supernets.length)),
    ceiling: isRho ? analysis.truth.ceiling : null,
    baseline: isRho ? analysis.reference : null,
    selected,
  };
}

/** Lines of the curve, in the order of their hues: rankers of one supernet variant. */
const CURVES = ['fade', 'probe', 'fade-probe', 'leave-one-out', 'sampled-paths', 'one-shot-loss'];

/** `fade@softmax` is `fade` on the variant `softmax`; without one it is on the main variant. */
const base = (id: string) => id.split('@')[0] ?? id;
const variantIn = (id: string) => id.split('@')[1] ?? null;

export function curveModel(
  view: StudyView,
  { analysis, curves }: StudyReport,
  ranker: RankerAnalysis,
  figure: 'spearman' | 'tauB',
): CorrelationCurveModel | null {
  const wanted = variantIn(ranker.id);
  const variant = view.variants.find((one) => (wanted === null ? one.main : one.id === wanted));
  if (!variant) return null;
  const own = base(ranker.id);
  // The chosen ranker is always drawn; it takes the last hue if it is none of the usual ones.
  const ids = CURVES.includes(own) || ranker.kind !== 'supernet' ? CURVES : [...CURVES, own];
  const lines = ids.flatMap((id, category): CorrelationLine[] => {
    const curve = curves.find((one) => base(one.ranker) === id && variantIn(one.ranker) === wanted);
    if (!curve) return [];
    const points = curve.points.map((point) => {
      const value = point[figure];
      const interval =
        figure === 'spearman' && value !== null ? fisherInterval(value, point.n) : null;
      return { step: point.step, value, interval };
    });
    return [{ key: curve.ranker, name: curve.name, category, points }];
  });
  if (lines.length === 0) return null;
  const { steps, alpha } = variant.supernet;
  const frozen = Math.floor(alpha.frozen * steps);
  return {
    metric: figure === 'spearman' ? 'Spearman ρ' : 'Kendall τ-b',
    lines,
    selected: lines.some(({ key }) => key === ranker.id) ? ranker.id : null,
    alphaFrom: frozen > 0 ? frozen : null,
    totalSteps: steps,
    ceiling: figure === 'spearman' ? analysis.truth.ceiling : null,
  };
}

export function splitHalfModel(
  view: StudyView,
  { analysis: { truth } }: StudyReport,
  selected: readonly string[],
): SplitHalfModel | null {
  const points = truth.halves.flatMap((half, n) => {
    const one = view.architectures[n];
    return half && one
      ? [
          {
            key: one.architecture,
            name: choiceName(one.choice),
            first: half[0],
            second: half[1],
          },
        ]
      : [];
  });
  if (points.length < 3) return null;
  const seeds = Math.max(...truth.seeds);
  return {
    points,
    seeds: [Math.ceil(seeds / 2), Math.floor(seeds / 2)],
    correlation: { value: truth.splitHalf, interval: null },
    reliability: truth.reliability,
    selected,
  };
}

export function topKModel(
  view: StudyView,
  { analysis }: StudyReport,
  ranker: RankerAnalysis,
  k: number,
  selected: readonly string[],
): TopKModel | null {
  const points = scatterPoints(view, analysis, ranker);
  if (points.length < 3) return null;
  const top = Math.max(1, Math.min(k, points.length));
  const inside = membership(
    points.map(({ score }) => score),
    top,
  );
  const measures = topMeasures(analysis.truth, ranker.scores, top);
  const architectures = points
    .map((point, n) => ({ ...point, membership: inside[n] ?? 0 }))
    .sort((a, b) => a.accuracyRank - b.accuracyRank || a.key.localeCompare(b.key));
  const { regret, precision, chance } = measures;
  return { ranker: ranker.name, k: top, architectures, regret, precision, chance, selected };
}
