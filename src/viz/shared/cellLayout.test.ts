import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { orderedCellId, readCell } from '../../core/cellId.ts';
import { describeCell, tableCell } from '../cell/text.ts';
import { layoutCell } from './cellLayout.ts';

const vertices = fc.integer({ min: 2, max: 8 });

const cell = vertices.chain((n) =>
  fc
    .integer({ min: 0, max: 2 ** ((n * (n - 1)) / 2) - 1 })
    .map((mask) => ({ cell: orderedCellId(n, mask) })),
);

describe('cell layout', () => {
  it('keeps every vertex inside and apart, and every edge, for any cell at any size', () => {
    const size = fc.constantFrom({ width: 90, height: 120 }, { width: 420, height: 520 });
    fc.assert(
      fc.property(cell, size, (model, box) => {
        const { nodes, edges } = layoutCell(model, box);
        expect(nodes).toHaveLength(readCell(model.cell).vertices + 2);
        expect(edges.length).toBe(tableCell(model).rows.length);
        for (const node of nodes) {
          expect(node.x).toBeGreaterThanOrEqual(node.radius);
          expect(node.x).toBeLessThanOrEqual(box.width - node.radius);
          expect(node.y).toBeGreaterThanOrEqual(node.radius);
          expect(node.y).toBeLessThanOrEqual(box.height - node.radius);
        }
        nodes.forEach((a, i) => {
          for (const b of nodes.slice(i + 1)) {
            expect(Math.hypot(a.x - b.x, a.y - b.y)).toBeGreaterThan(a.radius);
          }
        });
        for (const edge of edges) expect(edge.path).not.toContain('NaN');
      }),
    );
  });

  it('puts INPUT above and OUTPUT below all vertices', () => {
    fc.assert(
      fc.property(cell, (model) => {
        const { nodes } = layoutCell(model, { width: 90, height: 120 });
        const ys = nodes.filter((n) => n.kind === 'vertex').map((n) => n.y);
        expect(nodes.find((n) => n.kind === 'input')?.y).toBeLessThan(Math.min(...ys));
        expect(nodes.find((n) => n.kind === 'output')?.y).toBeGreaterThan(Math.max(...ys));
      }),
    );
  });

  it('describes the empty cell and the chain', () => {
    expect(describeCell({ cell: orderedCellId(3, 0) })).toContain('Inner edges: none');
    expect(describeCell({ cell: orderedCellId(3, 0b101) })).toContain('depth 3');
  });
});
