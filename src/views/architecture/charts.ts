/** The charts of this screen, each with its table. Constant objects, so that charts redraw on data only. */

import type { ConfusionModel } from '../../viz/confusion/model.ts';
import { renderConfusion } from '../../viz/confusion/render.ts';
import { tableConfusion } from '../../viz/confusion/text.ts';
import type { LiveCurvesModel } from '../../viz/liveCurves/model.ts';
import { renderLiveCurves } from '../../viz/liveCurves/render.ts';
import { tableLiveCurves } from '../../viz/liveCurves/text.ts';
import type { NetworkModel } from '../../viz/network/model.ts';
import { renderNetwork } from '../../viz/network/render.ts';
import { tableNetwork } from '../../viz/network/text.ts';
import type { ProbabilitiesModel } from '../../viz/probabilities/model.ts';
import { renderProbabilities } from '../../viz/probabilities/render.ts';
import { tableProbabilities } from '../../viz/probabilities/text.ts';
import type { ChartKind } from '../Chart.tsx';

export const NETWORK: ChartKind<NetworkModel> = { render: renderNetwork, table: tableNetwork };
export const CURVES: ChartKind<LiveCurvesModel> = {
  render: renderLiveCurves,
  table: tableLiveCurves,
};
export const CONFUSION: ChartKind<ConfusionModel> = {
  render: renderConfusion,
  table: tableConfusion,
};
export const PROBABILITIES: ChartKind<ProbabilitiesModel> = {
  render: renderProbabilities,
  table: tableProbabilities,
};
