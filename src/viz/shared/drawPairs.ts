/** All pairs of vertices drawn into a group: θ as width and opacity, the pseudo-gradient as signs. */
import type { ChartOptions } from './chart.ts';
import { halo, interactive, keyed, layer, move } from './drawing.ts';
import { edgeKey } from './keys.ts';
import type { PairsGeometry } from './pairsLayout.ts';
import { share, signed } from './text.ts';

/** Draws θ over all pairs: width and opacity are θ, signs and magnitudes the pseudo-gradient. */
export function drawPairs(
  parent: SVGElement,
  geometry: PairsGeometry,
  theta: readonly number[],
  gradient: readonly number[] | null,
  options: Pick<ChartOptions, 'motion' | 'onHover' | 'onSelect'>,
  stage = 0,
): void {
  const arcLayer = layer(parent, 'pairs').node();
  const nodeLayer = layer(parent, 'nodes').node();
  const textLayer = layer(parent, 'values').node();
  if (!arcLayer || !nodeLayer || !textLayer) return;
  const p = (bit: number) => theta[bit] ?? 0;
  const g = (bit: number) => gradient?.[bit] ?? 0;
  const opacity = (bit: number) => 0.12 + 0.88 * p(bit);
  keyed(arcLayer, 'path', 'pair', geometry.arcs, (d) => d.bit)
    .attr('fill', 'none')
    .attr('stroke', 'var(--accent)')
    .attr('d', (d) => d.path)
    .call((s) => {
      move(s, options.motion, {
        'stroke-width': (d) => 0.6 + 5.4 * p(d.bit) ** 1.4,
        'stroke-opacity': (d) => opacity(d.bit),
      });
      interactive(
        s,
        options,
        (d) => edgeKey(stage, d.bit),
        (d) =>
          `edge ${d.name}, probability ${share(p(d.bit))}${gradient ? `, pseudo-gradient ${signed(g(d.bit))}` : ''}`,
      );
    });
  keyed(arcLayer, 'path', 'head', geometry.arcs, (d) => d.bit)
    .attr('fill', 'var(--accent)')
    .attr('d', (d) => d.head)
    .attr('fill-opacity', (d) => opacity(d.bit));
  keyed(nodeLayer, 'circle', 'node', geometry.nodes, (d) => d.key)
    .attr('cx', (d) => d.x)
    .attr('cy', (d) => d.y)
    .attr('r', (d) => d.radius)
    .attr('fill', 'var(--surface-raised)')
    .attr('stroke', 'var(--ink)')
    .attr('stroke-width', 1.5);
  keyed(nodeLayer, 'text', 'node-name', geometry.nodes, (d) => d.key)
    .attr('x', (d) => d.x)
    .attr('y', (d) => d.y)
    .attr('text-anchor', 'middle')
    .attr('dominant-baseline', 'central')
    .attr('font-size', 11)
    .attr('font-weight', 600)
    .text((d) => d.name);
  keyed(textLayer, 'text', 'value', geometry.arcs, (d) => d.bit)
    .attr('x', (d) => d.label.x)
    .attr('y', (d) => d.label.y)
    .attr('text-anchor', (d) => d.anchor)
    .attr('dominant-baseline', 'central')
    .attr('font-size', 10.5)
    .call(halo)
    .attr('fill', (d) => gradientColour(gradient ? g(d.bit) : 0))
    .text((d) => (gradient ? gradientMark(g(d.bit)) : share(p(d.bit))));
}

/** ▲ for edges to take more often, ▼ for edges to take less often, with the magnitude. */
export function gradientMark(value: number): string {
  if (Math.abs(value) < 0.0005) return '·';
  const text = Math.abs(value) < 0.01 ? value.toFixed(3) : value.toFixed(2);
  return `${value > 0 ? '▲' : '▼'} ${text.replace('-', '').replace(/^0/, '')}`;
}

export function gradientColour(value: number): string {
  if (Math.abs(value) < 0.0005) return 'var(--ink-soft)';
  return value > 0 ? 'var(--good)' : 'var(--cat-2)';
}
