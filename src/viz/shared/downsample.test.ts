import { describe, expect, it } from 'vitest';
import { downsample } from './downsample.ts';

describe('downsampling', () => {
  it('keeps the extremes and the ends when it thins', () => {
    const points = Array.from({ length: 20000 }, (_, i) => ({ i, v: Math.sin(i / 9) }));
    points[777] = { i: 777, v: 50 };
    points[15001] = { i: 15001, v: -50 };
    const thin = downsample(points, 600, [(p) => p.v]);
    expect(thin.length).toBeLessThanOrEqual(600);
    expect(thin.map((p) => p.i)).toEqual(expect.arrayContaining([0, 777, 15001, 19999]));
    expect(thin.every((p, n) => n === 0 || p.i > (thin[n - 1]?.i ?? 0))).toBe(true);
  });
});
