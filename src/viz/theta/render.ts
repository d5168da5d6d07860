/** θ of each stage: a triangle of values with the signed pseudo-gradient, beside its arc drawing. */

import type { ChartOptions, Rendered } from '../shared/chart.ts';
import { frame, interactive, keyed, layer, move } from '../shared/drawing.ts';
import { drawPairs, gradientColour, gradientMark } from '../shared/drawPairs.ts';
import { px } from '../shared/geometry.ts';
import { edgeKey } from '../shared/keys.ts';
import { share, signed } from '../shared/text.ts';
import { layoutTheta, type ThetaCell, type ThetaPanel } from './layout.ts';
import type { ThetaModel } from './model.ts';
import { describeTheta } from './text.ts';

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
