/**
 * A drawing as pixels, and what happens to it before a network sees it: the same as happened to the
 * images that it was trained on. Pure.
 */
import type { ImageRecipe } from '../../core/trainedModel.ts';

/** Side of the pad and of the images of all grey data sets. */
export const PAD = 28;

/** One grey image, 0 (paper) to 255 (ink), row after row. */
export type Ink = Uint8ClampedArray<ArrayBuffer>;

export interface Point {
  /** In pixels of the pad, 0..28, from the left and from the top. */
  readonly x: number;
  readonly y: number;
}

export const emptyInk = (): Ink => new Uint8ClampedArray(PAD * PAD);

export const isEmpty = (ink: Ink): boolean => ink.every((value) => value === 0);

/** Half the width of the pen, in pixels of the pad. */
const PEN = 1.25;

function distance({ x, y }: Point, a: Point, b: Point): number {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const length = dx * dx + dy * dy;
  const along = length === 0 ? 0 : ((x - a.x) * dx + (y - a.y) * dy) / length;
  const t = Math.min(1, Math.max(0, along));
  return Math.hypot(x - a.x - t * dx, y - a.y - t * dy);
}

/** The drawing with a round, soft-edged stroke from `a` to `b`. */
export function withStroke(ink: Ink, a: Point, b: Point): Ink {
  return ink.map((value, i) => {
    const centre = { x: (i % PAD) + 0.5, y: Math.floor(i / PAD) + 0.5 };
    const cover = PEN + 0.5 - distance(centre, a, b);
    return Math.max(value, Math.round(255 * Math.min(1, Math.max(0, cover))));
  });
}

interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

function inkBox(ink: Ink): Box | null {
  let [left, top, right, bottom] = [PAD, PAD, -1, -1];
  ink.forEach((value, i) => {
    if (value === 0) return;
    const [x, y] = [i % PAD, Math.floor(i / PAD)];
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  });
  return right < 0 ? null : { left, top, width: right - left + 1, height: bottom - top + 1 };
}

/** How the images of a data set were framed. */
export interface Framing {
  /** The drawing is scaled until its longer side has this many pixels. */
  readonly box: number;
  /** What stands in the middle of the image. */
  readonly middle: 'mass' | 'box';
}

/** MNIST: a box of 20 pixels, centred by mass (LeCun et al. 1998). Clothes fill their images. */
export const framingOf = (dataset: string): Framing =>
  dataset === 'mnist' ? { box: 20, middle: 'mass' } : { box: 26, middle: 'box' };

/** Value between pixel centres; paper outside. */
function sample(ink: Ink, x: number, y: number): number {
  const [left, top] = [Math.floor(x - 0.5), Math.floor(y - 0.5)];
  const [fx, fy] = [x - 0.5 - left, y - 0.5 - top];
  const at = (column: number, row: number) =>
    column < 0 || row < 0 || column >= PAD || row >= PAD ? 0 : (ink[row * PAD + column] ?? 0);
  const upper = at(left, top) * (1 - fx) + at(left + 1, top) * fx;
  const lower = at(left, top + 1) * (1 - fx) + at(left + 1, top + 1) * fx;
  return upper * (1 - fy) + lower * fy;
}

/** Samples a side of each target pixel. */
const SAMPLES = 3;

/** The image in which target (x, y) shows the source at (x, y) / scale + shift. */
function resample(ink: Ink, scale: number, shift: Point): Ink {
  return ink.map((_, i) => {
    let sum = 0;
    for (let k = 0; k < SAMPLES * SAMPLES; k++) {
      const x = (i % PAD) + ((k % SAMPLES) + 0.5) / SAMPLES;
      const y = Math.floor(i / PAD) + (Math.floor(k / SAMPLES) + 0.5) / SAMPLES;
      sum += sample(ink, x / scale + shift.x, y / scale + shift.y);
    }
    return Math.round(sum / SAMPLES ** 2);
  });
}

function middleOf(ink: Ink, { left, top, width, height }: Box, { middle }: Framing): Point {
  if (middle === 'box') return { x: left + width / 2, y: top + height / 2 };
  let [mass, x, y] = [0, 0, 0];
  ink.forEach((value, i) => {
    mass += value;
    x += value * ((i % PAD) + 0.5);
    y += value * (Math.floor(i / PAD) + 0.5);
  });
  return { x: x / mass, y: y / mass };
}

/** The drawing scaled and moved as the images of its data set are; null if nothing is drawn. */
export function centred(ink: Ink, framing: Framing): Ink | null {
  const box = inkBox(ink);
  if (!box) return null;
  const scale = framing.box / Math.max(box.width, box.height);
  const middle = middleOf(ink, box, framing);
  const half = PAD / 2 / scale;
  return resample(ink, scale, { x: middle.x - half, y: middle.y - half });
}

/** Means of 2×2 pixels, rounded; a factor of 1 changes nothing. */
export function pooled(ink: Ink, factor: 1 | 2): Ink {
  if (factor === 1) return ink;
  const side = PAD / 2;
  return Uint8ClampedArray.from({ length: side * side }, (_, i) => {
    const at = 2 * Math.floor(i / side) * PAD + 2 * (i % side);
    const sum = [at, at + 1, at + PAD, at + PAD + 1].reduce((all, p) => all + (ink[p] ?? 0), 0);
    return (sum + 2) >> 2;
  });
}

/** (pixel / 255 − mean) / std of a grey image. */
export function normalised(ink: Ink, { mean, std }: ImageRecipe): Float32Array {
  return Float32Array.from(ink, (value) => (value / 255 - (mean[0] ?? 0)) / (std[0] ?? 1));
}
