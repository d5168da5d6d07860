/** A cell as a drawing: operations solid, identities from INPUT dashed; or all pairs with θ. */
import { edgePairs, facts, operationsOf, sinksOf, sourcesOf } from '../../core/cell.ts';
import { type CellGeometry, layoutCell } from '../shared/cellLayout.ts';
import type { ChartOptions, ChartTable, Rendered } from '../shared/chart.ts';
import { frame, halo, interactive, keyed, layer, move, share, signed } from '../shared/common.ts';
import { edgeKey } from '../shared/keys.ts';
import { layoutPairs, type PairsGeometry } from '../shared/pairsLayout.ts';
import type { CellModel } from './model.ts';

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

/** Renders one cell, or θ over all pairs where the model has it. */
export function renderCell(svg: SVGSVGElement, model: CellModel, options: ChartOptions): Rendered {
  const height = options.height ?? Math.round(options.width * 1.24);
  const size = { width: options.width, height };
  const theta = model.theta ?? null;
  frame(svg, size.width, height, describeCell(model), theta ? 'group' : 'img');
  const cell = layer(svg, 'cell').node();
  const pairs = layer(svg, 'theta').node();
  if (!cell || !pairs) return { height };
  if (theta) {
    cell.replaceChildren();
    const geometry = layoutPairs(model.vertices, size);
    drawPairs(pairs, geometry, theta, model.gradient ?? null, options);
  } else {
    pairs.replaceChildren();
    drawCell(cell, layoutCell(model, size), options.motion);
  }
  return { height };
}

const list = (numbers: readonly number[]) => numbers.join(', ');

/** The shortest words for a cell. */
export function cellText(vertices: number, mask: number): string {
  const { operations, depth } = facts(vertices, mask);
  return `${operations} operations, depth ${depth}`;
}

/** Text alternative of a cell or of θ. */
export function describeCell(model: CellModel): string {
  const { vertices, mask, theta } = model;
  const pairs = edgePairs(vertices);
  if (theta) {
    const values = pairs.map(([a, b], i) => `${a}→${b} ${share(theta[i] ?? 0)}`);
    return `Edge probabilities over ${pairs.length} pairs of ${vertices} vertices: ${values.join(', ')}.`;
  }
  const count = facts(vertices, mask);
  const inner = operationsOf(vertices, mask).filter((o) => o.to !== 'output');
  const names = inner.map((o) => `${o.from}→${o.to}`).join(', ');
  return `Cell with ${vertices} vertices, ${count.operations} operations, depth ${count.depth}. Inner edges: ${names || 'none'}. INPUT feeds ${list(sourcesOf(vertices, mask))}; OUTPUT sums ${list(sinksOf(vertices, mask))}.`;
}

export function tableCell(model: CellModel): ChartTable {
  const { vertices, mask, theta, gradient } = model;
  if (theta) {
    return {
      columns: ['from', 'to', 'probability', 'pseudo-gradient'],
      rows: edgePairs(vertices).map(([a, b], i) => [a, b, theta[i] ?? 0, gradient?.[i] ?? '']),
    };
  }
  return {
    columns: ['from', 'to', 'kind', 'level'],
    rows: [
      ...sourcesOf(vertices, mask).map((to) => ['INPUT', to, 'identity', 0]),
      ...operationsOf(vertices, mask).map((o) => [
        o.from,
        o.to === 'output' ? 'OUTPUT' : o.to,
        'operation',
        o.level,
      ]),
    ],
  };
}
