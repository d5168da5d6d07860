/**
 * Charts: for each, `renderX(svg, model, options)`, `layoutX(model, size)` (pure geometry),
 * `describeX(model)` (text alternative) and `tableX(model)` (table view, CSV). Renderers may be
 * called again and again on the same svg; marks keep their identity by key.
 */
export { describeAlpha, layoutAlpha, renderAlpha, tableAlpha } from './alphaChart.ts';
export { describeCell, renderCell, tableCell } from './cellDiagram.ts';
export { type CellGeometry, layoutCell } from './cellLayout.ts';
export { type OriginLook, originLook } from './colours.ts';
export { downsample } from './downsample.ts';
export { renderEvolution } from './evolutionChart.ts';
export { layoutEvolution } from './evolutionLayout.ts';
export { describeEvolution, tableEvolution } from './evolutionText.ts';
export { standaloneSvg, svgToPng, toCsv } from './export.ts';
export * from './keys.ts';
export type * from './models.ts';
export { renderSpace } from './spaceChart.ts';
export { layoutSpace } from './spaceLayout.ts';
export { describeSpace, tableSpace } from './spaceText.ts';
export { describeTheta, layoutTheta, renderTheta, tableTheta } from './thetaChart.ts';
export {
  describeTimeline,
  layoutTimeline,
  renderTimeline,
  tableTimeline,
} from './timelineChart.ts';
export {
  describeTraining,
  layoutTraining,
  renderTraining,
  tableTraining,
} from './trainingChart.ts';
export { whyBorn } from './whyBorn.ts';
