/** Geometry of θ: a triangle of values a stage, and the arc drawing beside or below it. */
import { edgePairs } from '../../core/cell.ts';
import type { Size } from '../shared/chart.ts';
import { clamp, px } from '../shared/geometry.ts';
import { layoutPairs, type PairsGeometry } from '../shared/pairsLayout.ts';
import type { ThetaModel } from './model.ts';

export interface ThetaCell {
  readonly bit: number;
  readonly from: number;
  readonly to: number;
  readonly x: number;
  readonly y: number;
  readonly side: number;
  readonly theta: number;
  readonly gradient: number | null;
}

export interface ThetaPanel {
  readonly stage: number;
  readonly index: number;
  readonly x: number;
  readonly y: number;
  readonly cells: readonly ThetaCell[];
  readonly rows: readonly { readonly vertex: number; readonly x: number; readonly y: number }[];
  readonly columns: readonly { readonly vertex: number; readonly x: number; readonly y: number }[];
  readonly arcs: { readonly x: number; readonly y: number; readonly geometry: PairsGeometry };
}

export interface ThetaGeometry extends Size {
  readonly panels: readonly ThetaPanel[];
}

const HEAD = 44;

export function layoutTheta(
  model: ThetaModel,
  size: { readonly width: number; readonly height?: number | undefined },
): ThetaGeometry {
  const count = Math.max(1, model.stages.length);
  const n = model.vertices;
  const columns = clamp(Math.floor(size.width / 440), 1, count);
  const panelWidth = size.width / columns;
  const beside = panelWidth >= 380;
  const matrixWidth = beside ? panelWidth * 0.54 : panelWidth;
  const side = clamp((matrixWidth - 44) / Math.max(1, n - 1), 24, 54);
  const matrixHeight = HEAD + side * (n - 1) + 12;
  const arcsHeight = beside ? Math.max(150, matrixHeight - 30) : 60 * n;
  const panelHeight = beside
    ? Math.max(matrixHeight, arcsHeight + 34)
    : matrixHeight + arcsHeight + 24;
  const panels = model.stages.map((stage, position): ThetaPanel => {
    const x = (position % columns) * panelWidth;
    const y = Math.floor(position / columns) * (panelHeight + 16);
    const left = 34;
    const cells = edgePairs(n).map(
      ([from, to], bit): ThetaCell => ({
        bit,
        from,
        to,
        x: px(left + (to - 1) * side),
        y: px(HEAD + from * side),
        side: px(side),
        theta: stage.theta[bit] ?? 0,
        gradient: stage.gradient ? (stage.gradient[bit] ?? 0) : null,
      }),
    );
    const axis = Array.from({ length: n - 1 }, (_, i) => i);
    const matrix = left + side * (n - 1);
    const arcsWidth = beside ? panelWidth - matrix - 16 : Math.min(panelWidth, 320);
    return {
      stage: position,
      index: stage.index,
      x: px(x),
      y: px(y),
      cells,
      rows: axis.map((i) => ({ vertex: i, x: left - 8, y: px(HEAD + (i + 0.5) * side) })),
      columns: axis.map((i) => ({ vertex: i + 1, x: px(left + (i + 0.5) * side), y: HEAD - 7 })),
      arcs: {
        x: px(beside ? matrix + 8 : (panelWidth - arcsWidth) / 2),
        y: px(beside ? 24 : matrixHeight + 8),
        geometry: layoutPairs(n, { width: arcsWidth, height: arcsHeight }),
      },
    };
  });
  const rows = Math.ceil(count / columns);
  return { width: size.width, height: px(rows * (panelHeight + 16)), panels };
}
