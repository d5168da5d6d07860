import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { regionOf } from '../../../core/cellId.ts';
import type { Normalisation } from '../../../core/run/config.ts';
import { compilePlan } from '../../../core/schedule.ts';
import { asChannelBlocks } from '../units.ts';
import { filterChunks, flat, stripOf } from './geometry.ts';
import { compileLayout } from './layout.ts';
import {
  cutBatch,
  inputNumbers,
  largestBatch,
  largestBuffer,
  packImages,
  totalBytes,
  workspaceBytes,
} from './memory.ts';

const layoutOf = (normalisation: Normalisation, channels = 8) =>
  compileLayout([
    compilePlan(
      regionOf(3, [[0, 7, 3], [5]]),
      {
        input: { height: 28, width: 28, channels: 3 },
        classes: 10,
        operation: { kind: 'conv', kernel: 3 },
        stages: [
          { channels, pooling: 2 },
          { channels, pooling: 2 },
        ],
      },
      { poolingType: 'max', normalisation, weightInit: 'he' },
    ),
  ]);

const TRAINING = { training: true, shared: false };
const limitsOf = (buffer: number) => ({ buffer, total: Number.POSITIVE_INFINITY });

describe('cutting a batch', () => {
  test('parts fit, cover the batch, and are no smaller than they must be', () => {
    const layout = layoutOf('none');
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 200 }),
        fc.integer({ min: 4, max: 64 }),
        (batch, mb) => {
          const limits = limitsOf(mb * 2 ** 20);
          const { capacity } = cutBatch(layout, TRAINING, batch, limits);
          const bytes = workspaceBytes(layout, { ...TRAINING, capacity });
          expect(largestBuffer(bytes)).toBeLessThanOrEqual(limits.buffer);
          const parts = Math.ceil(batch / capacity);
          if (parts === 1) return;
          const fewer = Math.ceil(Math.ceil(batch / (parts - 1)) / 4) * 4;
          const more = workspaceBytes(layout, { ...TRAINING, capacity: fewer });
          expect(largestBuffer(more)).toBeGreaterThan(limits.buffer);
        },
      ),
    );
  });

  test('normalisation needs the whole batch, and the error says what would fit', () => {
    const layout = layoutOf('batch');
    const limits = limitsOf(4 * 2 ** 20);
    const fits = largestBatch(layout, TRAINING, limits, 64);
    expect(fits).toBeGreaterThan(0);
    expect(fits).toBeLessThan(64);
    expect(cutBatch(layout, TRAINING, fits, limits).capacity).toBeGreaterThanOrEqual(fits);
    expect(() => cutBatch(layout, TRAINING, 64, limits)).toThrow(`At most ${fits} images fit`);
  });

  test('says so when nothing fits', () => {
    expect(() => cutBatch(layoutOf('none'), TRAINING, 8, limitsOf(1000))).toThrow(
      /Not even a few images fit/,
    );
  });

  test('a slot is never larger than one row of a dispatch', () => {
    const { capacity } = cutBatch(layoutOf('none', 256), TRAINING, 200, limitsOf(2 ** 40));
    expect(capacity * 28 * 28 * 64).toBeLessThanOrEqual(65535 * 64);
    expect(capacity).toBeGreaterThan(40);
  });

  test('a limit of the whole counts as well', () => {
    const layout = layoutOf('none');
    const whole = totalBytes(workspaceBytes(layout, { ...TRAINING, capacity: 64 }));
    const limits = { buffer: Number.POSITIVE_INFINITY, total: whole - 1 };
    expect(cutBatch(layout, TRAINING, 64, limits).capacity).toBe(32);
  });
});

describe('strips', () => {
  test.each([
    [28, 7],
    [14, 7],
    [7, 7],
    [32, 8],
    [16, 8],
    [4, 4],
    [1, 4],
    [9, 5],
  ])('a row of %i pixels is cut into strips of %i', (width, strip) => {
    expect(stripOf(width)).toBe(strip);
  });

  test('chunks of filter gradients are never more than rows', () => {
    expect(filterChunks(flat(asChannelBlocks(1), asChannelBlocks(1), false), 8)).toBe(2);
    expect(filterChunks(flat(asChannelBlocks(512), asChannelBlocks(3), false), 8)).toBe(1);
  });
});

test('images are padded pixel by pixel', () => {
  const input = inputNumbers(layoutOf('none'));
  expect(input).toEqual({ pixels: 784, channels: 3, padded: 4 });
  const images = Float32Array.from({ length: 2 * 2 * 3 }, (_, i) => i + 1);
  const out = new Float32Array(8);
  packImages(out, images, 1, 1, { pixels: 2, channels: 3, padded: 4 });
  expect([...out]).toEqual([7, 8, 9, 0, 10, 11, 12, 0]);
});
