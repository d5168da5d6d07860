import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  centred,
  emptyInk,
  framingOf,
  type Ink,
  isEmpty,
  normalised,
  PAD,
  pooled,
  withStroke,
} from './drawing.ts';

const MNIST = framingOf('mnist');

function extent(ink: Ink) {
  const columns = [...ink.keys()].filter((i) => (ink[i] ?? 0) > 60).map((i) => i % PAD);
  const rows = [...ink.keys()].filter((i) => (ink[i] ?? 0) > 60).map((i) => Math.floor(i / PAD));
  const span = (values: number[]) => Math.max(...values) - Math.min(...values) + 1;
  return { width: span(columns), height: span(rows) };
}

function mass(ink: Ink) {
  let [sum, x, y] = [0, 0, 0];
  ink.forEach((value, i) => {
    sum += value;
    x += value * ((i % PAD) + 0.5);
    y += value * (Math.floor(i / PAD) + 0.5);
  });
  return { x: x / sum, y: y / sum };
}

const point = fc.record({
  x: fc.double({ min: 3, max: 25, noNaN: true }),
  y: fc.double({ min: 3, max: 25, noNaN: true }),
});

describe('strokes', () => {
  test('leave ink along their way and nowhere else', () => {
    const ink = withStroke(emptyInk(), { x: 5, y: 10 }, { x: 20, y: 10 });
    expect(ink[10 * PAD + 12]).toBe(255);
    expect(ink[10 * PAD + 26]).toBe(0);
    expect(ink[15 * PAD + 12]).toBe(0);
    expect(extent(ink)).toEqual({ width: 17, height: 4 });
  });

  test('only ever add ink, and do not change the drawing they start from', () => {
    fc.assert(
      fc.property(point, point, point, (a, b, c) => {
        const before = withStroke(emptyInk(), a, b);
        const kept = before.slice();
        const after = withStroke(before, b, c);
        expect(before).toEqual(kept);
        expect(after.every((value, i) => value >= (before[i] ?? 0))).toBe(true);
      }),
    );
  });
});

describe('centring', () => {
  test('nothing drawn is nothing to centre', () => {
    expect(isEmpty(emptyInk())).toBe(true);
    expect(centred(emptyInk(), MNIST)).toBeNull();
  });

  test('puts the mass of a digit in the middle, wherever and however large it was drawn', () => {
    fc.assert(
      fc.property(point, point, (a, b) => {
        // A dot is all soft edge: enlarged, it has no outline to measure.
        fc.pre(Math.hypot(a.x - b.x, a.y - b.y) >= 4);
        const found = centred(withStroke(emptyInk(), a, b), MNIST);
        if (!found) throw new Error('nothing');
        expect(mass(found).x).toBeCloseTo(PAD / 2, 0);
        expect(mass(found).y).toBeCloseTo(PAD / 2, 0);
        const { width, height } = extent(found);
        expect(Math.abs(Math.max(width, height) - 20)).toBeLessThanOrEqual(4);
      }),
      { numRuns: 30 },
    );
  });

  test('clothes are centred by their outline and fill the image', () => {
    let ink = withStroke(emptyInk(), { x: 4, y: 4 }, { x: 4, y: 12 });
    ink = withStroke(ink, { x: 4, y: 12 }, { x: 8, y: 12 });
    const found = centred(ink, framingOf('fashion-mnist'));
    if (!found) throw new Error('nothing');
    expect(Math.abs(extent(found).height - 26)).toBeLessThanOrEqual(2);
    expect(mass(found).x).toBeLessThan(PAD / 2);
  });

  test('is the same for a drawing that was moved', () => {
    const draw = (dx: number) =>
      centred(withStroke(emptyInk(), { x: 6 + dx, y: 6 }, { x: 10 + dx, y: 18 }), MNIST);
    expect(draw(5)).toEqual(draw(0));
  });
});

test('pooling takes rounded means of 2×2 pixels, and keeps constant images', () => {
  const ink = emptyInk();
  ink[0] = 255;
  ink[PAD] = 100;
  expect(pooled(ink, 2)[0]).toBe(89);
  expect(pooled(ink, 2).length).toBe(196);
  expect(pooled(ink, 1)).toBe(ink);
  expect(pooled(emptyInk().fill(77), 2).every((value) => value === 77)).toBe(true);
});

test('normalisation is that of the data set', () => {
  const recipe = {
    dataset: 'mnist',
    name: 'MNIST',
    classes: [],
    imagePooling: 1 as const,
    mean: [0.2],
    std: [0.5],
  };
  const found = normalised(Uint8ClampedArray.of(0, 255), recipe);
  expect(found[0]).toBeCloseTo(-0.4, 6);
  expect(found[1]).toBeCloseTo(1.6, 6);
});
