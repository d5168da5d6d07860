/** A cell drawn into a group: operations solid, identities from INPUT dashed. */
import type { CellGeometry } from './cellLayout.ts';
import { halo, keyed, layer, move } from './drawing.ts';

/** Draws a cell into a group; used for the large diagram and for every thumbnail. */
export function drawCell(
  parent: SVGElement,
  geometry: CellGeometry,
  motion: boolean,
  ink = 'var(--ink)',
): void {
  const { edges, nodes, labels, stroke } = geometry;
  const edgeLayer = layer(parent, 'edges').node();
  const nodeLayer = layer(parent, 'nodes').node();
  const textLayer = layer(parent, 'names').node();
  if (!edgeLayer || !nodeLayer || !textLayer) return;
  const soft = (kind: string) => (kind === 'identity' ? 'var(--ink-faint)' : ink);
  // Curves with another number of bends cannot be blended: their paths jump, the vertices glide.
  keyed(edgeLayer, 'path', 'edge', edges, (d) => d.key)
    .attr('fill', 'none')
    .attr('stroke', (d) => soft(d.kind))
    .attr('stroke-width', (d) => (d.kind === 'identity' ? stroke * 0.75 : stroke))
    .attr('stroke-dasharray', (d) =>
      d.kind === 'identity' ? `${stroke * 2} ${stroke * 1.6}` : null,
    )
    .attr('d', (d) => d.path);
  keyed(edgeLayer, 'path', 'head', edges, (d) => d.key)
    .attr('fill', (d) => soft(d.kind))
    .attr('d', (d) => d.head);
  keyed(nodeLayer, 'circle', 'node', nodes, (d) => d.key)
    .attr('fill', (d) => (d.kind === 'vertex' ? 'var(--surface-raised)' : ink))
    .attr('stroke', ink)
    .attr('stroke-width', stroke)
    .call((s) =>
      move(s, motion, {
        cx: (d) => d.x,
        cy: (d) => d.y,
        r: (d) => (d.kind === 'vertex' || labels ? d.radius : d.radius * 0.8),
      }),
    );
  keyed(textLayer, 'text', 'node-name', labels ? nodes : [], (d) => d.key)
    .attr('text-anchor', 'middle')
    .attr('dominant-baseline', 'central')
    .attr('font-size', (d) => (d.kind === 'vertex' ? 13 : 10))
    .attr('font-weight', 600)
    .attr('fill', (d) => (d.kind === 'vertex' ? ink : 'var(--surface-raised)'))
    .text((d) => d.name)
    .call((s) => move(s, motion, { x: (d) => d.x, y: (d) => d.y }));
  const named = edges.flatMap(({ key, name, label }) => (label ? [{ key, name, ...label }] : []));
  keyed(textLayer, 'text', 'edge-name', named, (d) => d.key)
    .attr('text-anchor', 'middle')
    .attr('dominant-baseline', 'central')
    .attr('font-size', 11)
    .attr('fill', 'var(--ink-soft)')
    .call(halo)
    .text((d) => d.name)
    .attr('x', (d) => d.x)
    .attr('y', (d) => d.y);
}
