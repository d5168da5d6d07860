/** Curves through points, with arrow heads; all strings with numbers rounded to a tenth. */
import { px } from './geometry.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Curve {
  readonly path: string;
  readonly head: string;
  /** Points along the curve for a label, the middle first. */
  readonly spots: readonly Point[];
}

export const at = (x: number, y: number): string => `${px(x)} ${px(y)}`;

/** Closed triangle with its tip at `tip`, pointing along (dx, dy). */
export function arrowHead(tip: Point, dx: number, dy: number, size: number): string {
  const length = Math.hypot(dx, dy) || 1;
  const ux = dx / length;
  const uy = dy / length;
  const half = size * 0.42;
  const bx = tip.x - ux * size;
  const by = tip.y - uy * size;
  return `M${at(tip.x, tip.y)}L${at(bx - uy * half, by + ux * half)}L${at(bx + uy * half, by - ux * half)}Z`;
}

function towards(from: Point, to: Point, distance: number): Point {
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  return {
    x: from.x + ((to.x - from.x) * distance) / length,
    y: from.y + ((to.y - from.y) * distance) / length,
  };
}

/** A smooth curve that begins and ends `gap` before the outer points, with a head at its end. */
export function curveThrough(points: readonly Point[], gap: number, head: number): Curve {
  const first = points[0] ?? { x: 0, y: 0 };
  const last = points[points.length - 1] ?? first;
  const second = points[1] ?? last;
  const beforeLast = points[points.length - 2] ?? first;
  const start = towards(first, second, gap);
  const tip = towards(last, beforeLast, gap);
  const end = towards(last, beforeLast, gap + head * 0.9);
  const inner = points.slice(1, -1);
  const all = [start, ...inner, end];
  let path = `M${at(start.x, start.y)}`;
  for (let i = 0; i + 1 < all.length; i++) {
    const a = all[i] ?? start;
    const b = all[i + 1] ?? end;
    const before = all[i - 1] ?? a;
    const after = all[i + 2] ?? b;
    // Catmull-Rom tangents, held to a third of the segment.
    path += `C${at(a.x + (b.x - before.x) / 6, a.y + (b.y - before.y) / 6)} ${at(b.x - (after.x - a.x) / 6, b.y - (after.y - a.y) / 6)} ${at(b.x, b.y)}`;
  }
  // Points on the polygon are near enough to the curve for text.
  const along = (t: number): Point => {
    const position = t * (all.length - 1);
    const a = all[Math.floor(position)] ?? start;
    const b = all[Math.ceil(position)] ?? end;
    const rest = position - Math.floor(position);
    return { x: px(a.x + (b.x - a.x) * rest), y: px(a.y + (b.y - a.y) * rest) };
  };
  return {
    path,
    head: arrowHead(tip, tip.x - beforeLast.x, tip.y - beforeLast.y, head),
    spots: [0.5, 0.4, 0.6, 0.3, 0.7, 0.22, 0.78].map(along),
  };
}
