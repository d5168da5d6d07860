/** θ of each stage: a triangle of values with the signed pseudo-gradient, beside its arc drawing. */
import { edgePairs } from '../../core/cell.ts';
import { drawPairs, gradientColour, gradientMark } from '../cell/render.ts';
import type { ChartOptions, ChartTable, Rendered, Size } from '../shared/chart.ts';
import {
  clamp,
  frame,
  interactive,
  keyed,
  layer,
  move,
  px,
  share,
  signed,
} from '../shared/common.ts';
import { edgeKey } from '../shared/keys.ts';
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

export function renderTheta(
  svg: SVGSVGElement,
  model: ThetaModel,
  options: ChartOptions,
): Rendered {
  const geometry = layoutTheta(model, options);
  frame(svg, geometry.width, geometry.height, describeTheta(model), 'group');
  const root = layer(svg, 'panels').node();
  if (!root) return { height: geometry.height };
  const panels = keyed(root, 'g', 'panel', geometry.panels, (d) => d.stage);
  panels.attr('transform', (d) => `translate(${d.x},${d.y})`);
  panels.each(function (panel) {
    drawMatrix(this, panel, options);
    const stage = model.stages[panel.stage];
    const arcs = layer(this, 'arcs')
      .attr('transform', `translate(${panel.arcs.x},${panel.arcs.y})`)
      .node();
    if (arcs && stage) {
      drawPairs(arcs, panel.arcs.geometry, stage.theta, stage.gradient, options, panel.stage);
    }
  });
  return { height: geometry.height };
}

function drawMatrix(parent: SVGGElement, panel: ThetaPanel, options: ChartOptions): void {
  const label = (d: ThetaCell) =>
    `stage ${panel.index + 1}, edge ${d.from}→${d.to}, probability ${share(d.theta)}${d.gradient === null ? '' : `, pseudo-gradient ${signed(d.gradient, 3)}`}`;
  keyed(parent, 'text', 'stage', [panel], () => 0)
    .attr('y', 13)
    .attr('font-size', 12)
    .attr('font-weight', 600)
    .text(
      `Stage ${panel.index + 1}: θ (from ↓, to →)${panel.cells.some((c) => c.gradient !== null) ? ', g ▲▼' : ''}`,
    );
  for (const [name, marks] of [
    ['row', panel.rows],
    ['column', panel.columns],
  ] as const) {
    keyed(parent, 'text', name, marks, (d) => d.vertex)
      .attr('x', (d) => d.x)
      .attr('y', (d) => d.y)
      .attr('text-anchor', name === 'row' ? 'end' : 'middle')
      .attr('dominant-baseline', name === 'row' ? 'central' : 'auto')
      .attr('font-size', 11)
      .attr('fill', 'var(--ink-soft)')
      .text((d) => d.vertex);
  }
  const grid = layer(parent, 'grid').node();
  if (!grid) return;
  const cells = keyed(grid, 'g', 'cell', panel.cells, (d) => d.bit);
  cells.attr('transform', (d) => `translate(${d.x},${d.y})`);
  interactive(cells, options, (d) => edgeKey(panel.stage, d.bit), label);
  cells.each(function (d) {
    const inner = d.side - 4;
    const small = d.side < 36;
    keyed(this, 'rect', 'box', [d], () => 0)
      .attr('x', 2)
      .attr('y', 2)
      .attr('width', inner)
      .attr('height', inner)
      .attr('rx', 4)
      .attr('fill', 'var(--surface-raised)')
      .attr('stroke', 'var(--line)');
    const level = keyed(this, 'rect', 'level', [d], () => 0)
      .attr('x', 2)
      .attr('width', inner)
      .attr('rx', 4)
      .attr('fill', 'var(--accent)')
      .attr('fill-opacity', 0.3);
    move(level, options.motion, {
      y: () => px(2 + inner * (1 - d.theta)),
      height: () => px(inner * d.theta),
    });
    keyed(this, 'text', 'theta', [d], () => 0)
      .attr('x', d.side / 2)
      .attr('y', d.side / 2 + (d.gradient === null || small ? 0 : -7))
      .attr('text-anchor', 'middle')
      .attr('dominant-baseline', 'central')
      .attr('font-size', small ? 10.5 : 13)
      .attr('font-weight', 600)
      .text(share(d.theta));
    keyed(this, 'text', 'gradient', d.gradient === null || small ? [] : [d.gradient], () => 0)
      .attr('x', d.side / 2)
      .attr('y', d.side / 2 + 10)
      .attr('text-anchor', 'middle')
      .attr('dominant-baseline', 'central')
      .attr('font-size', 10.5)
      .attr('font-weight', 600)
      .attr('fill', gradientColour)
      .text(gradientMark);
  });
}

export function describeTheta(model: ThetaModel): string {
  const pairs = edgePairs(model.vertices);
  const stages = model.stages.map((stage) => {
    const values = pairs.map(([a, b], i) => {
      const g = stage.gradient ? ` (${signed(stage.gradient[i] ?? 0)})` : '';
      return `${a}→${b} ${share(stage.theta[i] ?? 0)}${g}`;
    });
    return `stage ${stage.index + 1}: ${values.join(', ')}`;
  });
  return `Edge probabilities θ, with the pseudo-gradient in brackets where known. ${stages.join('; ')}.`;
}

export function tableTheta(model: ThetaModel): ChartTable {
  return {
    columns: ['stage', 'from', 'to', 'probability', 'pseudo-gradient'],
    rows: model.stages.flatMap((stage) =>
      edgePairs(model.vertices).map(([from, to], i) => [
        stage.index + 1,
        from,
        to,
        stage.theta[i] ?? 0,
        stage.gradient?.[i] ?? '',
      ]),
    ),
  };
}
