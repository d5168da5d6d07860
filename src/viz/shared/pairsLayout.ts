/**
 * All pairs of vertices as an arc drawing: vertices on a line, neighbours joined straight, longer
 * pairs as arcs to the right from even vertices and to the left from odd ones. Used for edge
 * probabilities and the pseudo-gradient, where every pair must keep its place.
 */
import { edgePairs } from '../../core/cell.ts';
import type { CellNode } from './cellLayout.ts';
import type { Size } from './chart.ts';
import { arrowHead, at, type Point } from './curves.ts';
import { clamp, px } from './geometry.ts';

export interface PairArc {
  readonly bit: number;
  readonly name: string;
  readonly path: string;
  readonly head: string;
  readonly label: Point;
  /** Side of the label: text grows away from the line of vertices. */
  readonly anchor: 'start' | 'middle' | 'end';
}

export interface PairsGeometry extends Size {
  readonly nodes: readonly CellNode[];
  readonly arcs: readonly PairArc[];
}

export function layoutPairs(vertices: number, size: Size): PairsGeometry {
  const radius = clamp(size.height / (vertices * 4), 4, 14);
  const top = radius + 4;
  const step = (size.height - 2 * top) / Math.max(1, vertices - 1);
  const x = size.width / 2;
  const y = (vertex: number) => top + vertex * step;
  const room = Math.max(10, size.width / 2 - 52);
  const widest = Math.max(1, vertices - 2);
  const nodes = Array.from(
    { length: vertices },
    (_, vertex): CellNode => ({
      key: String(vertex),
      kind: 'vertex',
      name: String(vertex),
      x: px(x),
      y: px(y(vertex)),
      radius: px(radius),
    }),
  );
  const arcs = edgePairs(vertices).map(([from, to], bit): PairArc => {
    const span = to - from;
    const name = `${from}→${to}`;
    const gap = radius + 1;
    const head = clamp(radius * 0.75, 4, 9);
    if (span === 1) {
      const tip = { x, y: y(to) - gap };
      return {
        bit,
        name,
        path: `M${at(x, y(from) + gap)}L${at(x, tip.y - head * 0.8)}`,
        head: arrowHead(tip, 0, 1, head),
        // On the side that no arc from this vertex leaves by.
        label: { x: px(x + (from % 2 === 0 ? -6 : 6)), y: px((y(from) + y(to)) / 2) },
        anchor: from % 2 === 0 ? 'end' : 'start',
      };
    }
    const side = from % 2 === 0 ? 1 : -1;
    const bulge = room * ((span - 1) / widest) ** 0.8;
    // Short arcs leave low and steeply, long ones high and flat: they part at the vertex.
    const length01 = (span - 2) / Math.max(1, vertices - 3);
    const angle = (Math.PI / 180) * (58 - 62 * length01);
    const start = { x: x + side * gap * Math.cos(angle), y: y(from) + gap * Math.sin(angle) };
    const tip = { x: start.x, y: y(to) - gap * Math.sin(angle) };
    const control = bulge * (4 / 3);
    const dx = -side * control;
    const dy = (tip.y - start.y) * (0.28 - 0.26 * length01);
    const length = Math.hypot(dx, dy) || 1;
    const end = { x: tip.x - (dx / length) * head * 0.8, y: tip.y - (dy / length) * head * 0.8 };
    return {
      bit,
      name,
      path: `M${at(start.x, start.y)}C${at(start.x + side * control, start.y + dy)} ${at(tip.x + side * control, tip.y - dy)} ${at(end.x, end.y)}`,
      head: arrowHead(tip, dx, dy, head),
      label: { x: px(start.x + side * (bulge + 7)), y: px((start.y + tip.y) / 2) },
      anchor: side > 0 ? 'start' : 'end',
    };
  });
  return { ...size, nodes, arcs };
}
