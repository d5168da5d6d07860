/**
 * Charts: for each, `renderX(svg, model, options)`, `layoutX(model, size)` (pure geometry),
 * `describeX(model)` (text alternative) and `tableX(model)` (table view, CSV). Renderers may be
 * called again and again on the same svg; marks keep their identity by key.
 */

export { toCsv } from '../core/csv.ts';
export type * from './alpha/model.ts';
export { describeAlpha, layoutAlpha, renderAlpha, tableAlpha } from './alpha/render.ts';
export type * from './cell/model.ts';
export { describeCell, renderCell, tableCell } from './cell/render.ts';
export type * from './confusion/model.ts';
export {
  describeConfusion,
  layoutConfusion,
  renderConfusion,
  tableConfusion,
} from './confusion/render.ts';
export { layoutCorrelation } from './correlation/layout.ts';
export type * from './correlation/model.ts';
export { describeCorrelation, renderCorrelation, tableCorrelation } from './correlation/render.ts';
export { layoutEvolution } from './evolution/layout.ts';
export type * from './evolution/model.ts';
export { renderEvolution } from './evolution/render.ts';
export { describeEvolution, tableEvolution } from './evolution/text.ts';
export { whyBorn } from './evolution/whyBorn.ts';
export type * from './liveCurves/model.ts';
export {
  describeLiveCurves,
  layoutLiveCurves,
  renderLiveCurves,
  tableLiveCurves,
} from './liveCurves/render.ts';
export { layoutNetwork } from './network/layout.ts';
export type * from './network/model.ts';
export { renderNetwork } from './network/render.ts';
export { describeNetwork, tableNetwork } from './network/text.ts';
export type * from './probabilities/model.ts';
export {
  describeProbabilities,
  layoutProbabilities,
  predictedClass,
  renderProbabilities,
  tableProbabilities,
} from './probabilities/render.ts';
export { layoutForest as layoutRankers } from './rankers/layout.ts';
export type * from './rankers/model.ts';
export { renderRankers } from './rankers/render.ts';
export { describeRankers, tableRankers } from './rankers/text.ts';
export { layoutRankScatter } from './rankScatter/layout.ts';
export type * from './rankScatter/model.ts';
export { renderRankScatter } from './rankScatter/render.ts';
export { describeRankScatter, tableRankScatter } from './rankScatter/text.ts';
export { type CellGeometry, layoutCell } from './shared/cellLayout.ts';
export type * from './shared/chart.ts';
export { type OriginLook, originLook } from './shared/colours.ts';
export { downsample } from './shared/downsample.ts';
export { standaloneSvg, svgToPng } from './shared/export.ts';
export type { ImageModel } from './shared/images.ts';
export { drawImage, imagePixels } from './shared/images.ts';
export * from './shared/keys.ts';
export * from './shared/studyKeys.ts';
export type { EstimateModel, IntervalModel } from './shared/studyText.ts';
export { layoutSpace } from './space/layout.ts';
export type * from './space/model.ts';
export { renderSpace } from './space/render.ts';
export { describeSpace, tableSpace } from './space/text.ts';
export type * from './splitHalf/model.ts';
export {
  describeSplitHalf,
  layoutSplitHalf,
  renderSplitHalf,
  tableSplitHalf,
} from './splitHalf/render.ts';
export type * from './theta/model.ts';
export { describeTheta, layoutTheta, renderTheta, tableTheta } from './theta/render.ts';
export type * from './timeline/model.ts';
export {
  describeTimeline,
  layoutTimeline,
  renderTimeline,
  tableTimeline,
} from './timeline/render.ts';
export { layoutTopK } from './topK/layout.ts';
export type * from './topK/model.ts';
export { describeTopK, renderTopK, tableTopK } from './topK/render.ts';
export type * from './training/model.ts';
export {
  describeTraining,
  layoutTraining,
  renderTraining,
  tableTraining,
} from './training/render.ts';
