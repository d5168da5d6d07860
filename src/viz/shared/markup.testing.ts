/**
 * What the drawings of the tests occupy: boxes of marks in the coordinates of the svg, without a
 * browser. Knows the transforms, shapes and path commands that the charts use, and refuses others.
 */
import { textWidth } from './text.ts';

export interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

type Move = (point: Point) => Point;

const numbersIn = (text: string): number[] =>
  [...text.matchAll(/-?(?:\d*\.\d+|\d+)(?:e-?\d+)?/g)].map(([number]) => Number(number));

function oneTransform(name: string, [a = 0, b = 0]: readonly number[]): Move {
  if (name === 'translate') return ({ x, y }) => ({ x: x + a, y: y + b });
  if (name === 'scale') return ({ x, y }) => ({ x: x * a, y: y * a });
  if (name !== 'rotate') throw new Error(`No chart was known to use the transform ${name}.`);
  const [cos, sin] = [Math.cos((a * Math.PI) / 180), Math.sin((a * Math.PI) / 180)];
  return ({ x, y }) => ({ x: x * cos - y * sin, y: x * sin + y * cos });
}

/** From the coordinates of an element to those of the drawing. */
function transformOf(element: Element): Move {
  const own = [...(element.getAttribute('transform') ?? '').matchAll(/(\w+)\(([^)]*)\)/g)]
    .reverse()
    .reduce<Move>(
      (inner, [, name = '', values = '']) => {
        const outer = oneTransform(name, numbersIn(values));
        return (point) => outer(inner(point));
      },
      (point) => point,
    );
  const parent = element.parentElement;
  if (!parent || element.tagName.toLowerCase() === 'svg') return (point) => point;
  const above = transformOf(parent);
  return (point) => above(own(point));
}

const ARGUMENTS: { readonly [command: string]: number } = {
  M: 2,
  L: 2,
  C: 6,
  Q: 4,
  A: 7,
  H: 1,
  V: 1,
};
const SAMPLES = [0.2, 0.4, 0.6, 0.8, 1];

/** Points of one Bézier curve, its start left out. */
function bezier(points: readonly Point[]): Point[] {
  const at = (t: number): Point => {
    let rest = points;
    while (rest.length > 1) {
      rest = rest.slice(1).map((p, i) => {
        const q = rest[i] ?? p;
        return { x: q.x + (p.x - q.x) * t, y: q.y + (p.y - q.y) * t };
      });
    }
    return rest[0] ?? { x: 0, y: 0 };
  };
  return SAMPLES.map(at);
}

/** Points that a path passes; of arcs their ends alone, as only whole circles are drawn with them. */
export function pathPoints(path: string): Point[] {
  const points: Point[] = [];
  let here: Point = { x: 0, y: 0 };
  for (const [, letter = '', text = ''] of path.matchAll(/([a-zA-Z])([^a-zA-Z]*)/g)) {
    const command = letter.toUpperCase();
    if (command === 'Z') continue;
    const count = ARGUMENTS[command];
    if (count === undefined)
      throw new Error(`No chart was known to use the path command ${letter}.`);
    const values = numbersIn(text);
    for (let i = 0; i < values.length; i += count) {
      const start = here;
      const from = letter === command ? { x: 0, y: 0 } : start;
      const part = values.slice(i, i + count);
      const pairs: Point[] = [];
      if (command === 'H') pairs.push({ x: from.x + (part[0] ?? 0), y: start.y });
      else if (command === 'V') pairs.push({ x: start.x, y: from.y + (part[0] ?? 0) });
      else {
        const flat = command === 'A' ? part.slice(5) : part;
        for (let j = 0; j < flat.length; j += 2) {
          pairs.push({ x: from.x + (flat[j] ?? 0), y: from.y + (flat[j + 1] ?? 0) });
        }
      }
      here = pairs.at(-1) ?? start;
      points.push(...(command === 'C' || command === 'Q' ? bezier([start, ...pairs]) : pairs));
    }
  }
  return points;
}

const corners = (x: number, y: number, width: number, height: number): Point[] => [
  { x, y },
  { x: x + width, y },
  { x, y: y + height },
  { x: x + width, y: y + height },
];

function textCorners(element: Element, value: (name: string) => number): Point[] {
  const size = Number(element.closest('[font-size]')?.getAttribute('font-size') ?? 12);
  const width = textWidth(element.textContent ?? '', size);
  const anchor = element.getAttribute('text-anchor') ?? 'start';
  const shift = anchor === 'end' ? width : anchor === 'middle' ? width / 2 : 0;
  const central = element.getAttribute('dominant-baseline') === 'central';
  const up = size * (central ? 0.4 : 0.75);
  return corners(value('x') - shift, value('y') - up, width, size * 0.8);
}

/** Corners of a mark in its own coordinates; none for groups and for what is not drawn. */
function cornersOf(element: Element): Point[] {
  const value = (name: string) => Number(element.getAttribute(name) ?? 0);
  switch (element.tagName.toLowerCase()) {
    case 'rect':
      return corners(value('x'), value('y'), value('width'), value('height'));
    case 'circle': {
      const r = value('r');
      return corners(value('cx') - r, value('cy') - r, 2 * r, 2 * r);
    }
    case 'line':
      return [
        { x: value('x1'), y: value('y1') },
        { x: value('x2'), y: value('y2') },
      ];
    case 'path':
      return pathPoints(element.getAttribute('d') ?? '');
    case 'text':
      return element.textContent ? textCorners(element, value) : [];
    default:
      return [];
  }
}

/** The box of a mark in the drawing; null if it shows nothing. */
export function boxOf(element: Element): Box | null {
  const points = cornersOf(element).map(transformOf(element));
  if (points.length === 0) return null;
  const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)];
  return {
    left: Math.min(...xs),
    right: Math.max(...xs),
    top: Math.min(...ys),
    bottom: Math.max(...ys),
  };
}
