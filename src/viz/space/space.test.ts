import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { orderedCellId } from '../../core/cellId.ts';
import { barLimit, barSpan, layoutSpace } from './layout.ts';
import type { SpaceModel } from './model.ts';
import { describeSpace, tableSpace } from './text.ts';

function space(stages: number, k: number, weights?: readonly number[]): SpaceModel {
  return {
    input: { height: 14, width: 14, channels: 1, name: 'Fashion-MNIST' },
    stages: Array.from({ length: stages }, (_, index) => ({
      index,
      channels: 4,
      size: 14,
      pooling: 2,
      candidates: Array.from({ length: k }, (_, i) => ({
        cell: orderedCellId(5, i),
        weight: weights?.[i] ?? 1 / k,
        rank: null,
        origin: null,
      })),
    })),
    classes: 10,
    originLabels: {},
    bestChoice: null,
    highlighted: null,
  };
}

describe('space layout', () => {
  it('never overflows in width and never overlaps tiles', () => {
    const shape = fc.tuple(fc.integer({ min: 320, max: 1400 }), fc.integer({ min: 2, max: 16 }));
    fc.assert(
      fc.property(shape, fc.integer({ min: 1, max: 4 }), ([width, k], stages) => {
        const { tiles, blocks } = layoutSpace(space(stages, k), { width });
        expect(tiles).toHaveLength(stages * k);
        for (const mark of [...tiles, ...blocks]) {
          expect(mark.x).toBeGreaterThanOrEqual(0);
          expect(mark.x + mark.width).toBeLessThanOrEqual(width + 0.1);
        }
        tiles.forEach((a, i) => {
          for (const b of tiles.slice(i + 1)) {
            const apart = b.x >= a.x + a.width || b.y >= a.y + a.height || b.x + b.width <= a.x;
            expect(apart).toBe(true);
          }
        });
      }),
    );
  });

  it('gives the ribbons of a stage the full band, in and out', () => {
    const weights = [0.1, 0.4, 0.2, 0.3];
    const { ribbons, band } = layoutSpace(space(1, 4, weights), { width: 900 });
    for (const side of ['in:', 'out:']) {
      const sum = ribbons.filter((r) => r.key.startsWith(side)).reduce((s, r) => s + r.width, 0);
      expect(Math.abs(sum - band)).toBeLessThan(0.3);
    }
  });

  it('centres the weight bar on the uniform line', () => {
    expect(barSpan(0.2, 5, 1)).toBeCloseTo(0);
    expect(barSpan(0.4, 5, 1)).toBeCloseTo(1);
    expect(barSpan(0.1, 5, 1)).toBeCloseTo(-1);
    expect(barSpan(0, 5, 1)).toBe(-1);
    expect(barLimit(space(2, 5))).toBe(0.5);
  });

  it('says where the weight is and lists every candidate', () => {
    const model = space(2, 4, [0.1, 0.4, 0.2, 0.3]);
    expect(describeSpace(model)).toContain('16 architectures');
    expect(describeSpace(model)).toContain('heaviest candidate 2 with weight .40');
    expect(tableSpace(model).rows).toHaveLength(8);
  });
});
