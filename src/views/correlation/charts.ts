/** The charts of this screen, each with its table. Constant objects, so that charts redraw on data only. */

import type { CorrelationCurveModel } from '../../viz/correlation/model.ts';
import { renderCorrelation } from '../../viz/correlation/render.ts';
import { tableCorrelation } from '../../viz/correlation/text.ts';
import type { RankersModel } from '../../viz/rankers/model.ts';
import { renderRankers } from '../../viz/rankers/render.ts';
import { tableRankers } from '../../viz/rankers/text.ts';
import type { RankScatterModel } from '../../viz/rankScatter/model.ts';
import { renderRankScatter } from '../../viz/rankScatter/render.ts';
import { tableRankScatter } from '../../viz/rankScatter/text.ts';
import type { SplitHalfModel } from '../../viz/splitHalf/model.ts';
import { renderSplitHalf } from '../../viz/splitHalf/render.ts';
import { tableSplitHalf } from '../../viz/splitHalf/text.ts';
import type { TopKModel } from '../../viz/topK/model.ts';
import { renderTopK } from '../../viz/topK/render.ts';
import { tableTopK } from '../../viz/topK/text.ts';
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
