/** The charts of this screen, each with its table. Constant objects, so that charts redraw on data only. */
import type { AlphaModel } from '../../viz/alpha/model.ts';
import { renderAlpha } from '../../viz/alpha/render.ts';
import { tableAlpha } from '../../viz/alpha/text.ts';
import type { CellModel } from '../../viz/cell/model.ts';
import { renderCell } from '../../viz/cell/render.ts';
import { tableCell } from '../../viz/cell/text.ts';
import type { EvolutionModel } from '../../viz/evolution/model.ts';
import { renderEvolution } from '../../viz/evolution/render.ts';
import { tableEvolution } from '../../viz/evolution/text.ts';
import type { SpaceModel } from '../../viz/space/model.ts';
import { renderSpace } from '../../viz/space/render.ts';
import { tableSpace } from '../../viz/space/text.ts';
import type { ThetaModel } from '../../viz/theta/model.ts';
import { renderTheta } from '../../viz/theta/render.ts';
import { tableTheta } from '../../viz/theta/text.ts';
import type { TimelineModel } from '../../viz/timeline/model.ts';
import { renderTimeline } from '../../viz/timeline/render.ts';
import { tableTimeline } from '../../viz/timeline/text.ts';
import type { TrainingModel } from '../../viz/training/model.ts';
import { renderTraining } from '../../viz/training/render.ts';
import { tableTraining } from '../../viz/training/text.ts';
import type { ChartKind } from '../Chart.tsx';

export const SPACE: ChartKind<SpaceModel> = { render: renderSpace, table: tableSpace };
export const TRAINING: ChartKind<TrainingModel> = { render: renderTraining, table: tableTraining };
export const ALPHA: ChartKind<AlphaModel> = { render: renderAlpha, table: tableAlpha };
export const EVOLUTION: ChartKind<EvolutionModel> = {
  render: renderEvolution,
  table: tableEvolution,
};
export const THETA: ChartKind<ThetaModel> = { render: renderTheta, table: tableTheta };
export const TIMELINE: ChartKind<TimelineModel> = { render: renderTimeline, table: tableTimeline };
export const CELL: ChartKind<CellModel> = { render: renderCell, table: tableCell };
