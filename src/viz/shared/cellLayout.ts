/**
 * Where the parts of a cell go: INPUT above, vertices in layers by depth, OUTPUT below. Edges that
 * skip layers pass through placeholders of their own, so that no edge runs through a vertex.
 * Deterministic; made for up to eight vertices.
 */
import { edgesOf, levelsOf, pairIndex, sinksOf, sourcesOf } from '../../core/cell.ts';
import { readCell } from '../../core/cellId.ts';
import type { CellModel } from '../cell/model.ts';
import type { Size } from './chart.ts';
import { curveThrough, type Point } from './curves.ts';
import { clamp, px } from './geometry.ts';

export interface CellNode {
  readonly key: string;
  readonly kind: 'input' | 'vertex' | 'output';
  readonly name: string;
  readonly x: number;
  readonly y: number;
  readonly radius: number;
}

export interface CellEdge {
  readonly key: string;
  /** Bit of the pair; null for edges from INPUT and to OUTPUT. */
  readonly bit: number | null;
  readonly kind: 'operation' | 'identity';
  readonly name: string;
  readonly path: string;
  /** Closed path of the arrow head. */
  readonly head: string;
  /** Where its name goes; null where there is no room. */
  readonly label: Point | null;
}

export interface CellGeometry extends Size {
  readonly nodes: readonly CellNode[];
  readonly edges: readonly CellEdge[];
  readonly labels: boolean;
  readonly stroke: number;
}

interface Slot {
  readonly layer: number;
  readonly real: boolean;
  x: number;
  readonly up: Slot[];
  readonly down: Slot[];
}

export interface CellLink {
  readonly from: number | 'input';
  readonly to: number | 'output';
}

/** What is laid out: usually one cell, or the union of two that are compared. */
export interface LinkedCell {
  readonly vertices: number;
  /** Longest path from INPUT to each vertex; every inner link goes up. */
  readonly levels: readonly number[];
  readonly links: readonly CellLink[];
  readonly labels?: boolean | undefined;
}

const GAP = { real: 1, placeholder: 0.62 };

function slotGap(a: Slot, b: Slot): number {
  return ((a.real ? GAP.real : GAP.placeholder) + (b.real ? GAP.real : GAP.placeholder)) / 2;
}

/** Sets the slots of a layer side by side in their order, as near as possible to the wished x. */
function place(layer: readonly Slot[], wished: readonly number[]): void {
  let cursor = Number.NEGATIVE_INFINITY;
  const left = layer.map((slot, i) => {
    const previous = layer[i - 1];
    cursor = Math.max(wished[i] ?? 0, previous ? cursor + slotGap(previous, slot) : cursor);
    return cursor;
  });
  // Pushing right only would lean the drawing: shift the layer back by its mean displacement.
  const shift =
    left.reduce((sum, x, i) => sum + x - (wished[i] ?? 0), 0) / Math.max(1, layer.length);
  layer.forEach((slot, i) => {
    slot.x = (left[i] ?? 0) - shift;
  });
}

const mean = (slots: readonly Slot[], fallback: number): number =>
  slots.length === 0 ? fallback : slots.reduce((sum, slot) => sum + slot.x, 0) / slots.length;

function crossings(layers: readonly (readonly Slot[])[]): number {
  let count = 0;
  for (const layer of layers) {
    const ends = layer.flatMap((slot) => slot.down.map((end) => [slot.x, end.x] as const));
    for (const [i, [a, b]] of ends.entries()) {
      for (const [c, d] of ends.slice(i + 1)) if ((a - c) * (b - d) < 0) count++;
    }
  }
  return count;
}

/** Barycentre sweeps down and up; keeps the order with the fewest crossings. */
function arrange(layers: Slot[][]): void {
  for (const layer of layers) {
    place(
      layer,
      layer.map((_, i) => i - (layer.length - 1) / 2),
    );
  }
  let best = { count: crossings(layers), orders: layers.map((layer) => [...layer]) };
  for (let sweep = 0; sweep < 10 && best.count > 0; sweep++) {
    const downwards = sweep % 2 === 0;
    for (const layer of downwards ? layers : [...layers].reverse()) {
      const centre = new Map(
        layer.map((slot) => [slot, mean(downwards ? slot.up : slot.down, slot.x)]),
      );
      layer.sort((a, b) => (centre.get(a) ?? 0) - (centre.get(b) ?? 0));
      place(
        layer,
        layer.map((_, i) => i - (layer.length - 1) / 2),
      );
    }
    const count = crossings(layers);
    if (count < best.count) best = { count, orders: layers.map((layer) => [...layer]) };
  }
  best.orders.forEach((order) => {
    place(
      order,
      order.map((_, i) => i - (order.length - 1) / 2),
    );
  });
  for (let round = 0; round < 8; round++) {
    for (const order of round % 2 === 0 ? best.orders : [...best.orders].reverse()) {
      place(
        order,
        order.map((slot) => mean([...slot.up, ...slot.down], slot.x)),
      );
    }
  }
}

/** All edges of a cell, those from INPUT and to OUTPUT with them. */
export function linksOf(vertices: number, mask: number): readonly CellLink[] {
  return [
    ...sourcesOf(vertices, mask).map((to) => ({ from: 'input' as const, to })),
    ...edgesOf(vertices, mask).map(([from, to]) => ({ from, to })),
    ...sinksOf(vertices, mask).map((from) => ({ from, to: 'output' as const })),
  ];
}

/** Geometry of one cell inside `size`; labels appear where there is room for them. */
export function layoutCell(model: CellModel, size: Size): CellGeometry {
  const { cell, labels } = model;
  const { vertices, mask } = readCell(cell);
  const levels = levelsOf(vertices, mask);
  return layoutLinks({ vertices, levels, links: linksOf(vertices, mask), labels }, size);
}

/** The same for any set of links. */
export function layoutLinks(model: LinkedCell, size: Size): CellGeometry {
  const { vertices, levels } = model;
  const last = Math.max(...levels) + 2;
  const layerOf = (end: CellLink['from'] | CellLink['to']): number =>
    end === 'input' ? 0 : end === 'output' ? last : (levels[end] ?? 0) + 1;
  const layers: Slot[][] = Array.from({ length: last + 1 }, () => []);
  const slots = new Map<CellLink['from'] | CellLink['to'], Slot>();
  const addSlot = (layer: number, real: boolean): Slot => {
    const slot: Slot = { layer, real, x: 0, up: [], down: [] };
    layers[layer]?.push(slot);
    return slot;
  };
  for (const end of ['input' as const, ...levels.keys(), 'output' as const]) {
    slots.set(end, addSlot(layerOf(end), true));
  }
  const routes = model.links.flatMap((link) => {
    const start = slots.get(link.from);
    const end = slots.get(link.to);
    if (!start || !end) return [];
    const between: Slot[] = [];
    for (let layer = start.layer + 1; layer < end.layer; layer++) {
      between.push(addSlot(layer, false));
    }
    const chain = [start, ...between, end];
    chain.slice(1).forEach((slot, i) => {
      const above = chain[i];
      above?.down.push(slot);
      if (above) slot.up.push(above);
    });
    return [{ link, chain }];
  });
  arrange(layers);

  const labels = model.labels ?? size.width >= 200;
  const xs = layers.flat().map((slot) => slot.x);
  const low = Math.min(...xs);
  const high = Math.max(...xs);
  const layerGap = size.height / (last + 1);
  const besides = labels ? (0.45 * (size.width - 52)) / (high - low + 1) : Number.POSITIVE_INFINITY;
  const radius = clamp(
    Math.min(size.width / 12, layerGap * (labels ? 0.24 : 0.2), besides),
    2.5,
    labels ? 15 : 6,
  );
  const marginX = radius + (labels ? 26 : 4);
  const marginTop = labels ? radius + 6 : radius + 2;
  const unit = Math.min(
    (size.width - 2 * marginX) / Math.max(high - low, 0.01),
    labels ? 110 : size.width / 3,
  );
  const at = (slot: Slot): Point => ({
    x: px(size.width / 2 + (slot.x - (low + high) / 2) * unit),
    y: px(marginTop + (slot.layer / last) * (size.height - 2 * marginTop)),
  });
  const nodes = [...slots].map(([end, slot]): CellNode => {
    const kind = end === 'input' || end === 'output' ? end : 'vertex';
    const name = end === 'input' ? 'in' : end === 'output' ? 'out' : String(end);
    return { key: String(end), kind, name, ...at(slot), radius: px(radius) };
  });
  const taken: Point[] = [];
  const labelAt = (spots: readonly Point[], room: number): Point | null => {
    const free = spots.find(
      (spot) =>
        taken.every((t) => Math.abs(t.x - spot.x) > room || Math.abs(t.y - spot.y) > 12) &&
        nodes.every(
          (n) => Math.abs(n.x - spot.x) > radius + 13 || Math.abs(n.y - spot.y) > radius + 6,
        ),
    );
    if (free) taken.push(free);
    return free ?? null;
  };
  const edges = routes.map(({ link, chain }): CellEdge => {
    const { from, to } = link;
    const head = labels ? 9 : clamp(radius * 1.1, 3, 5);
    const { spots, ...curve } = curveThrough(chain.map(at), radius + 1, head);
    const inner = typeof from === 'number' && typeof to === 'number';
    return {
      key: `${from}-${to}`,
      bit: inner ? pairIndex(vertices, from, to) : null,
      kind: from === 'input' ? 'identity' : 'operation',
      name: `${from === 'input' ? 'in' : from}→${to === 'output' ? 'out' : to}`,
      ...curve,
      label: labels && from !== 'input' ? labelAt(spots, to === 'output' ? 37 : 29) : null,
    };
  });
  const stroke = labels ? 2 : clamp(radius * 0.4, 1, 1.8);
  return { ...size, nodes, edges, labels, stroke: px(stroke) };
}
