/** How the architecture weights move while a supernet trains: a plot a stage, a line a candidate. */
import { bottomAxis, leftAxis } from '../shared/axes.ts';
import type { ChartOptions, Rendered } from '../shared/chart.ts';
import { categoryColour, categoryDash } from '../shared/colours.ts';
import { emphasise } from '../shared/curveLabels.ts';
import { frame, halo, interactive, keyed, layer } from '../shared/drawing.ts';
import { px } from '../shared/geometry.ts';
import { share } from '../shared/text.ts';
import { type AlphaGeometry, layoutAlpha } from './layout.ts';
import type { AlphaModel } from './model.ts';
import { describeAlpha } from './text.ts';

export function renderAlpha(
  svg: SVGSVGElement,
  model: AlphaModel,
  options: ChartOptions,
): Rendered {
  const geometry = layoutAlpha(model, options);
  frame(svg, geometry.width, geometry.height, describeAlpha(model), 'group');
  const root = layer(svg, 'panels').node();
  if (!root) return { height: geometry.height };
  const panels = keyed(root, 'g', 'panel', geometry.panels, (d) => d.stage);
  panels.each(function (panel) {
    drawPanel(this, panel, geometry, options);
  });
  return { height: geometry.height };
}

function drawPanel(
  parent: SVGGElement,
  panel: AlphaGeometry['panels'][number],
  geometry: AlphaGeometry,
  options: ChartOptions,
): void {
  const { area, streams, uniform } = panel;
  const frozen = geometry.frozenUntil ?? 0;
  keyed(parent, 'rect', 'frozen', frozen > 0 ? [frozen] : [], () => 0)
    .attr('x', area.left)
    .attr('width', (d) => Math.max(0, px(panel.x(d) - area.left)))
    .attr('y', area.top)
    .attr('height', area.bottom - area.top)
    .attr('fill', 'var(--accent-soft)')
    .attr('fill-opacity', 0.7);
  leftAxis(parent, area, panel.y, `Stage ${panel.stage + 1}: weight`, share);
  bottomAxis(parent, area, panel.x, 'step');
  keyed(parent, 'text', 'frozen-text', frozen > 0 ? [frozen] : [], () => 0)
    .attr('x', area.left + 6)
    // Frozen streams lie on the uniform line: the text keeps to the other half.
    .attr('y', panel.uniformY > (area.top + area.bottom) / 2 ? area.top + 13 : area.bottom - 8)
    .attr('font-size', 11)
    .attr('fill', 'var(--ink-soft)')
    .text((d) => `α frozen until step ${d}`);
  keyed(parent, 'line', 'uniform', [uniform], () => 0)
    .attr('x1', area.left)
    .attr('x2', area.right)
    .attr('y1', panel.uniformY)
    .attr('y2', panel.uniformY)
    .attr('stroke', 'var(--ink)')
    .attr('stroke-dasharray', '1 3');
  keyed(parent, 'text', 'uniform-text', [uniform], () => 0)
    .attr('x', area.right)
    .attr('y', area.top - 9)
    .attr('text-anchor', 'end')
    .attr('font-size', 11)
    .attr('fill', 'var(--ink-soft)')
    .text((d) => `dotted: 1/${streams.length} = ${share(d)}`);
  const lines = layer(parent, 'streams').node();
  if (!lines) return;
  const groups = keyed(lines, 'g', 'stream', streams, (d) => d.key).attr('data-key', (d) => d.key);
  groups.each(function (stream) {
    const colour = categoryColour(stream.candidate);
    keyed(this, 'path', 'reach', [stream], () => 0)
      .attr('fill', 'none')
      .attr('stroke', 'transparent')
      .attr('stroke-width', 10)
      .attr('d', stream.path);
    keyed(this, 'path', 'curve', [stream], () => 0)
      .attr('fill', 'none')
      .attr('stroke', colour)
      .attr('stroke-width', 2)
      .attr('stroke-dasharray', categoryDash(stream.candidate))
      .attr('d', stream.path);
    keyed(this, 'line', 'leader', [stream], () => 0)
      .attr('x1', stream.end.x)
      .attr('y1', stream.end.y)
      .attr('x2', area.right + 6)
      .attr('y2', stream.labelY)
      .attr('stroke', colour)
      .attr('stroke-opacity', 0.5);
    keyed(this, 'text', 'end', [stream], () => 0)
      .attr('x', area.right + 9)
      .attr('y', stream.labelY)
      .attr('dominant-baseline', 'central')
      .attr('font-size', 11)
      .call(halo)
      .attr('fill', colour)
      .attr('font-weight', 600)
      .text(`${stream.candidate + 1}: ${share(stream.last)}`);
  });
  interactive(
    groups,
    {
      onHover: (key) => {
        emphasise(lines, 'stream', key);
        options.onHover?.(key);
      },
      onSelect: options.onSelect,
    },
    (d) => d.key,
    (d) => `stage ${panel.stage + 1}, candidate ${d.candidate + 1}, weight ${share(d.last)}`,
  );
}
