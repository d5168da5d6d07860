/** From images in memory to the files of one variant: subset, statistics, IDX, gzip, digests. */
import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';

export const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

/**
 * Gzip without a clock or a platform in it: level 9, modification time 0, "unknown" system. The
 * compressed bytes still depend on the zlib inside Node; the digests are of the decompressed bytes.
 */
export function gzip(bytes) {
  const packed = gzipSync(bytes, { level: 9, memLevel: 9 });
  packed.fill(0, 4, 8);
  packed[8] = 2;
  packed[9] = 255;
  return packed;
}

/** The first `perClass` images of each class, in the order of the source. */
export function balancedSubset(part, size, classes, perClass) {
  const taken = new Array(classes).fill(0);
  const kept = [];
  for (const [index, label] of part.labels.entries()) {
    if (taken[label] < perClass) {
      taken[label]++;
      kept.push(index);
    }
  }
  if (taken.some((count) => count !== perClass)) {
    throw new Error(`Not ${perClass} of each class: ${taken.join(', ')}`);
  }
  const pixels = new Uint8Array(kept.length * size);
  for (const [to, from] of kept.entries()) {
    pixels.set(part.pixels.subarray(from * size, (from + 1) * size), to * size);
  }
  return { pixels, labels: Uint8Array.from(kept, (index) => part.labels[index]) };
}

/** Mean and standard deviation (over all pixels) of each channel, in [0, 1] units, 6 decimals. */
export function statistics(pixels, channels) {
  const round = (value) => Number(value.toFixed(6));
  const mean = [];
  const std = [];
  const count = pixels.length / channels;
  for (let c = 0; c < channels; c++) {
    let sum = 0;
    let squares = 0;
    for (let i = c; i < pixels.length; i += channels) {
      sum += pixels[i];
      squares += pixels[i] * pixels[i];
    }
    const average = sum / count;
    mean.push(round(average / 255));
    std.push(round(Math.sqrt(squares / count - average * average) / 255));
  }
  return { mean, std };
}

/**
 * The four files of one variant.
 * @param counts images of both parts, shared evenly between the classes, or null for all of them
 * @returns `{ record, files }`: the entry for digests.json, and the bytes by path under public/
 */
export function buildVariant(folder, images, counts, classes, writeIdx) {
  const { height, width, channels } = images;
  const size = height * width * channels;
  const cut = (name) =>
    counts ? balancedSubset(images[name], size, classes, counts[name] / classes) : images[name];
  const parts = { train: cut('train'), test: cut('test') };
  const shape = channels === 1 ? [height, width] : [height, width, channels];
  const files = new Map();
  const record = (name, idx) => {
    const path = `${folder}/${name}.idx.gz`;
    const packed = gzip(idx);
    files.set(path, { packed, idx });
    return { path, sha256: sha256(idx), bytes: packed.length, decompressedBytes: idx.length };
  };
  const pair = (name, { pixels, labels }) => ({
    [`${name}Images`]: record(`${name}-images`, writeIdx([labels.length, ...shape], pixels)),
    [`${name}Labels`]: record(`${name}-labels`, writeIdx([labels.length], labels)),
  });
  return {
    record: {
      train: parts.train.labels.length,
      test: parts.test.labels.length,
      ...statistics(parts.train.pixels, channels),
      files: { ...pair('train', parts.train), ...pair('test', parts.test) },
    },
    files,
  };
}
