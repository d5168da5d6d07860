/**
 * Labelled images as bytes, and the few things done to them before training: average pooling,
 * normalisation into a batch, and an order that keeps the classes balanced. Pure; no tensors.
 */
import type { Random } from '../core/random.ts';

export interface LabelledImages {
  readonly count: number;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  /** N·H·W·C bytes, row-major, channels last. */
  readonly pixels: Uint8Array;
  /** N class indices. */
  readonly labels: Uint8Array;
}

/**
 * Average pooling with non-overlapping windows of `factor` × `factor`, bytes to bytes, rounding half
 * up: 28×28 becomes 14×14, 32×32 becomes 16×16. Labels are shared, not copied; a factor of 1 returns
 * the images themselves.
 * @throws RangeError if `factor` does not divide the height and the width.
 */
export function poolImages(images: LabelledImages, factor: 1 | 2): LabelledImages {
  if (factor === 1) return images;
  const { count, channels, pixels } = images;
  if (images.height % factor !== 0 || images.width % factor !== 0) {
    throw new RangeError(`Images of ${images.height}×${images.width} cannot be halved`);
  }
  const height = images.height / factor;
  const width = images.width / factor;
  const row = images.width * channels;
  const pooled = new Uint8Array(count * height * width * channels);
  let to = 0;
  // The rows of all images form one tall image: windows never straddle two of them.
  for (let y = 0; y < count * height; y++) {
    for (let x = 0; x < width; x++) {
      for (let c = 0; c < channels; c++) {
        const at = 2 * y * row + 2 * x * channels + c;
        const sum =
          pixels[at]! + pixels[at + channels]! + pixels[at + row]! + pixels[at + row + channels]!;
        pooled[to++] = (sum + 2) >> 2;
      }
    }
  }
  return { count, height, width, channels, pixels: pooled, labels: images.labels };
}

/**
 * Writes the chosen images as (pixel / 255 − mean) / std, channel by channel, one after the other.
 * @param indices which images, in [0, count); repetitions are fine
 * @param mean per channel, in units where a pixel is in [0, 1]
 * @param std per channel, same units, above 0
 * @param out at least indices.length·H·W·C values; what lies beyond is left alone
 * @throws RangeError for an index out of range, a mean or std of the wrong length or not above 0, or
 * an `out` that is too short.
 */
export function normaliseInto(
  images: LabelledImages,
  indices: ArrayLike<number>,
  mean: readonly number[],
  std: readonly number[],
  out: Float32Array,
): void {
  const { count, channels, pixels } = images;
  const size = images.height * images.width * channels;
  if (mean.length !== channels || std.length !== channels || !std.every((one) => one > 0)) {
    throw new RangeError(`Normalisation needs a mean and a std above 0 for ${channels} channels`);
  }
  if (out.length < indices.length * size) {
    throw new RangeError(`A batch needs ${indices.length * size} values, not ${out.length}`);
  }
  const table = new Float32Array(channels * 256);
  for (let c = 0; c < channels; c++) {
    for (let value = 0; value < 256; value++) {
      table[c * 256 + value] = (value / 255 - mean[c]!) / std[c]!;
    }
  }
  let to = 0;
  for (let i = 0; i < indices.length; i++) {
    const index = indices[i]!;
    if (!Number.isInteger(index) || index < 0 || index >= count) {
      throw new RangeError(`Image ${index} is not one of ${count}`);
    }
    let from = index * size;
    for (const end = from + size; from < end; ) {
      for (let c = 0; c < channels; c++) out[to++] = table[c * 256 + pixels[from++]!]!;
    }
  }
}

/** How many of each class there are, for the classes 0 … `classes` − 1. */
export function classCounts(labels: ArrayLike<number>, classes: number): number[] {
  const counts = new Array<number>(classes).fill(0);
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i]!;
    counts[label] = (counts[label] ?? 0) + 1;
  }
  return counts;
}

/**
 * All indices in an order that deals the classes like cards: one of each class a round, in one random
 * order of the classes; within a class the order is random too. While no class has run out, any
 * stretch of the order holds equally many of each class, give or take one.
 */
export function classBalancedOrder(labels: Uint8Array, random: Random): Uint32Array {
  const members = new Map<number, number[]>();
  for (const [index, label] of labels.entries()) {
    const list = members.get(label);
    if (list) list.push(index);
    else members.set(label, [index]);
  }
  const classes = [...members.keys()].sort((a, b) => a - b);
  const shuffled = new Map(classes.map((one) => [one, random.shuffle(members.get(one) ?? [])]));
  const dealt = random.shuffle(classes).map((one) => shuffled.get(one) ?? []);
  const order = new Uint32Array(labels.length);
  let at = 0;
  for (let round = 0; at < order.length; round++) {
    for (const list of dealt) {
      const index = list[round];
      if (index !== undefined) order[at++] = index;
    }
  }
  return order;
}
