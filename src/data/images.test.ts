import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../core/random.ts';
import {
  classBalancedOrder,
  classCounts,
  type LabelledImages,
  normaliseInto,
  poolImages,
} from './images.ts';

function images(
  [count, height, width, channels]: readonly [number, number, number, number],
  pixels: readonly number[],
): LabelledImages {
  const labels = new Uint8Array(count);
  return { count, height, width, channels, pixels: Uint8Array.from(pixels), labels };
}

describe('pooling', () => {
  it('averages windows of 2×2 and rounds half up', () => {
    // Window sums 2 (0.5 → 1), 1 (0.25 → 0), 1020 (255), 7 (1.75 → 2).
    const grey = images([1, 4, 4, 1], [1, 1, 0, 0, 0, 0, 1, 0, 255, 255, 3, 2, 255, 255, 1, 1]);
    const pooled = poolImages(grey, 2);
    expect(pooled).toMatchObject({ count: 1, height: 2, width: 2, channels: 1 });
    expect([...pooled.pixels]).toEqual([1, 0, 255, 2]);
    expect(pooled.labels).toBe(grey.labels);
  });

  it('keeps channels and images apart', () => {
    const red = [10, 0, 0];
    const blue = [0, 0, 20];
    const colour = images([2, 2, 2, 3], [red, red, red, red, blue, blue, red, blue].flat());
    expect([...poolImages(colour, 2).pixels]).toEqual([10, 0, 0, 3, 0, 15]);
  });

  it('halves MNIST and CIFAR-10 sizes, and refuses odd ones', () => {
    const blank = (side: number) => images([1, side, side, 1], new Array(side * side).fill(9));
    expect(poolImages(blank(28), 2)).toMatchObject({ height: 14, width: 14 });
    expect(poolImages(blank(32), 2)).toMatchObject({ height: 16, width: 16 });
    expect(() => poolImages(blank(7), 2)).toThrow(RangeError);
    const same = blank(7);
    expect(poolImages(same, 1)).toBe(same);
  });
});

describe('normalisation', () => {
  const colour = images([2, 1, 2, 2], [0, 255, 51, 102, 255, 0, 204, 153]);

  it('is (pixel / 255 − mean) / std, channel by channel, in the order of the indices', () => {
    const out = new Float32Array(10).fill(42);
    normaliseInto(colour, [1, 0], [0.5, 0.2], [0.5, 0.1], out);
    const expected = [1, -2, 0.6, 4, -1, 8, -0.6, 2];
    for (const [i, value] of expected.entries()) expect(out[i]).toBeCloseTo(value, 5);
    expect([...out.subarray(8)]).toEqual([42, 42]);
  });

  it('takes index arrays and repetitions', () => {
    const out = new Float32Array(8);
    normaliseInto(colour, Uint32Array.of(0, 0), [0, 0], [1, 1], out);
    expect([...out.subarray(0, 4)]).toEqual([...out.subarray(4)]);
    expect(out[2]).toBeCloseTo(0.2, 6);
  });

  it('refuses what it cannot do', () => {
    const run = (indices: number[], mean: number[], std: number[], length: number) => () =>
      normaliseInto(colour, indices, mean, std, new Float32Array(length));
    expect(run([2], [0, 0], [1, 1], 8)).toThrow('Image 2 is not one of 2');
    expect(run([-1], [0, 0], [1, 1], 8)).toThrow(RangeError);
    expect(run([0], [0], [1, 1], 8)).toThrow(RangeError);
    expect(run([0], [0, 0], [1, 0], 8)).toThrow(RangeError);
    expect(run([0, 1], [0, 0], [1, 1], 7)).toThrow(RangeError);
  });
});

describe('class-balanced order', () => {
  it('is a permutation that spreads the classes evenly', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 8 }), (seed, each) => {
        const labels = Uint8Array.from({ length: 5 * each }, (_, i) => Math.floor(i / each));
        const order = classBalancedOrder(labels, createRandom(seed));
        expect([...order].sort((a, b) => a - b)).toEqual([...labels.keys()]);
        for (let length = 0; length <= order.length; length++) {
          const counts = classCounts(
            Array.from(order.subarray(0, length), (index) => labels[index]!),
            5,
          );
          expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
        }
      }),
      { numRuns: 30 },
    );
  });

  it('goes on with the other classes when one runs out', () => {
    const order = classBalancedOrder(Uint8Array.of(0, 1, 1, 1, 3), createRandom(1));
    expect([...order].sort()).toEqual([0, 1, 2, 3, 4]);
    expect(new Set(Array.from(order.subarray(0, 3), (i) => [0, 1, 1, 1, 3][i])).size).toBe(3);
  });

  it('depends on the random stream', () => {
    const labels = Uint8Array.from({ length: 100 }, (_, i) => i % 10);
    const order = (seed: number) => [...classBalancedOrder(labels, createRandom(seed))];
    expect(order(1)).toEqual(order(1));
    expect(order(1)).not.toEqual(order(2));
  });
});
