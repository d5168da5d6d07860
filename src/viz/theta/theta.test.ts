import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { layoutTheta } from './layout.ts';

const vertices = fc.integer({ min: 2, max: 8 });

describe('theta', () => {
  it('has one cell a pair, above the diagonal and inside the width', () => {
    fc.assert(
      fc.property(vertices, fc.integer({ min: 320, max: 1400 }), (n, width) => {
        const theta = new Array<number>((n * (n - 1)) / 2).fill(0.5);
        const model = { vertices: n, stages: [{ index: 0, theta, gradient: null }] };
        const panel = layoutTheta(model, { width }).panels[0];
        expect(panel?.cells).toHaveLength(theta.length);
        for (const c of panel?.cells ?? []) {
          expect(c.from).toBeLessThan(c.to);
          expect(c.x + c.side).toBeLessThanOrEqual(width);
        }
      }),
    );
  });
});
