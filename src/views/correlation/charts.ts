/** The charts of this screen, each with its table. Constant objects, so that charts redraw on data only. */
import { renderCorrelation, tableCorrelation } from '../../viz/correlation/render.ts';
import { renderRankers } from '../../viz/rankers/render.ts';
import { tableRankers } from '../../viz/rankers/text.ts';
import { renderRankScatter } from '../../viz/rankScatter/render.ts';
import { tableRankScatter } from '../../viz/rankScatter/text.ts';
import type {
  CorrelationCurveModel,
  RankersModel,
  RankScatterModel,
  SplitHalfModel,
  TopKModel,
} from '../../viz/shared/studyModels.ts';
import { renderSplitHalf, tableSplitHalf } from '../../viz/splitHalf/render.ts';
import { renderTopK, tableTopK } from '../../viz/topK/render.ts';
import type { ChartKind } from '../Chart.tsx';

export const SCATTER: ChartKind<RankScatterModel> = {
  render: renderRankScatter,
  table: tableRankScatter,
};
export const RANKERS: ChartKind<RankersModel> = { render: renderRankers, table: tableRankers };
export const CURVE: ChartKind<CorrelationCurveModel> = {
  render: renderCorrelation,
  table: tableCorrelation,
};
export const SPLIT_HALF: ChartKind<SplitHalfModel> = {
  render: renderSplitHalf,
  table: tableSplitHalf,
};
export const TOP_K: ChartKind<TopKModel> = { render: renderTopK, table: tableTopK };
