/**
 * Charts: for each, `renderX(svg, model, options)`, `layoutX(model, size)` (pure geometry),
 * `describeX(model)` (text alternative) and `tableX(model)` (table view, CSV). Renderers may be
 * called again and again on the same svg; marks keep their identity by key.
 */

export { toCsv } from '../core/csv.ts';
export { describeAlpha, layoutAlpha, renderAlpha, tableAlpha } from './alphaChart.ts';
export { describeCell, renderCell, tableCell } from './cellDiagram.ts';
export { type CellGeometry, layoutCell } from './cellLayout.ts';
export { type OriginLook, originLook } from './colours.ts';
export {
  describeConfusion,
  layoutConfusion,
  renderConfusion,
  tableConfusion,
} from './confusion.ts';
export { describeCorrelation, renderCorrelation, tableCorrelation } from './correlationChart.ts';
export { layoutCorrelation } from './correlationLayout.ts';
export { downsample } from './downsample.ts';
export { renderEvolution } from './evolutionChart.ts';
export { layoutEvolution } from './evolutionLayout.ts';
export { describeEvolution, tableEvolution } from './evolutionText.ts';
export { standaloneSvg, svgToPng } from './export.ts';
export { renderRankers } from './forest.ts';
export { layoutForest as layoutRankers } from './forestLayout.ts';
export { describeRankers, tableRankers } from './forestText.ts';
export { drawImage, imagePixels } from './images.ts';
export * from './keys.ts';
export {
  describeLiveCurves,
  layoutLiveCurves,
  renderLiveCurves,
  tableLiveCurves,
} from './liveCurves.ts';
export type * from './models.ts';
export { renderNetwork } from './networkDiagram.ts';
export { layoutNetwork } from './networkLayout.ts';
export { describeNetwork, tableNetwork } from './networkText.ts';
export {
  describeProbabilities,
  layoutProbabilities,
  predictedClass,
  renderProbabilities,
  tableProbabilities,
} from './probabilities.ts';
export { renderRankScatter } from './rankScatter.ts';
export { layoutRankScatter } from './rankScatterLayout.ts';
export { describeRankScatter, tableRankScatter } from './rankScatterText.ts';
export { renderSpace } from './spaceChart.ts';
export { layoutSpace } from './spaceLayout.ts';
export { describeSpace, tableSpace } from './spaceText.ts';
export {
  describeSplitHalf,
  layoutSplitHalf,
  renderSplitHalf,
  tableSplitHalf,
} from './splitHalf.ts';
export * from './studyKeys.ts';
export type * from './studyModels.ts';
export { describeTheta, layoutTheta, renderTheta, tableTheta } from './thetaChart.ts';
export {
  describeTimeline,
  layoutTimeline,
  renderTimeline,
  tableTimeline,
} from './timelineChart.ts';
export { describeTopK, renderTopK, tableTopK } from './topK.ts';
export { layoutTopK } from './topKLayout.ts';
export {
  describeTraining,
  layoutTraining,
  renderTraining,
  tableTraining,
} from './trainingChart.ts';
export { whyBorn } from './whyBorn.ts';
