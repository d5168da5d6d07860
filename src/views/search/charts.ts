/** The charts of this screen, each with its table. Constant objects, so that charts redraw on data only. */
import {
  type AlphaModel,
  type CellModel,
  type EvolutionModel,
  renderAlpha,
  renderCell,
  renderEvolution,
  renderSpace,
  renderTheta,
  renderTimeline,
  renderTraining,
  type SpaceModel,
  type ThetaModel,
  type TimelineModel,
  type TrainingModel,
  tableAlpha,
  tableCell,
  tableEvolution,
  tableSpace,
  tableTheta,
  tableTimeline,
  tableTraining,
} from '../../viz/index.ts';
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
