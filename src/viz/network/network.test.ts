import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { architectureCost } from '../../core/architecture.ts';
import { edgeCount } from '../../core/cell.ts';
import { cellsOf, isArchitectureId, orderedCellId } from '../../core/cellId.ts';
import { orderings } from '../../core/cellSpace.ts';
import type { ArchitectureId } from '../../core/space/ids.ts';
import { layoutCell, linksOf } from '../shared/cellLayout.ts';
import { diffCells, edgeNames } from './cellDiff.ts';
import { layoutNetwork } from './layout.ts';
import { networkParts } from './parts.ts';
import { describeNetwork, tableNetwork } from './text.ts';

const CONV = {
  input: { height: 16, width: 16, channels: 3 },
  classes: 10,
  operation: { kind: 'conv', kernel: 3 },
  stages: [
    { channels: 8, pooling: 2 },
    { channels: 16, pooling: 2 },
  ],
} as const;

/** With the vertices of every cell in the order of its mask. */
function chainOf(masks: readonly number[]): ArchitectureId {
  const id = `3:${masks.map((mask) => mask.toString(16)).join('.')}`;
  if (!isArchitectureId(id)) throw new Error(id);
  return id;
}

const network = (masks: readonly number[], compare: readonly number[] | null = null) => ({
  shape: CONV,
  architecture: chainOf(masks),
  compare: compare && chainOf(compare),
  selected: null,
});

const cells = fc.integer({ min: 2, max: 5 }).chain((vertices) => {
  const mask = fc.integer({ min: 0, max: 2 ** edgeCount(vertices) - 1 });
  return fc.record({ vertices: fc.constant(vertices), a: mask, b: mask });
});

describe('cells compared', () => {
  it('finds nothing between a cell and any renumbering of it', () => {
    fc.assert(
      fc.property(cells, fc.nat(), ({ vertices, a }, pick) => {
        const all = orderings(vertices, a);
        const other = all[pick % all.length] ?? a;
        const { changes } = diffCells(vertices, a, other);
        expect([...changes.values()].every((change) => change === 'same')).toBe(true);
      }),
    );
  });

  it('names what one has more and less than the other, ends included', () => {
    const diff = diffCells(3, 0b101, 0b001);
    expect(edgeNames(diff, 'added')).toEqual(['1→2']);
    expect(edgeNames(diff, 'removed')).toEqual(['in→2', '1→out']);
    expect(edgeNames(diff, 'same')).toEqual(['in→0', '0→1', '2→out']);
  });

  it('holds every edge of both, each once', () => {
    fc.assert(
      fc.property(cells, ({ vertices, a, b }) => {
        const diff = diffCells(vertices, a, b);
        const count = (change: 'same' | 'added' | 'removed') => edgeNames(diff, change).length;
        expect(count('same') + count('added')).toBe(linksOf(vertices, a).length);
        expect(count('same') + count('removed')).toBe(linksOf(vertices, diff.aligned).length);
        expect(diff.links).toHaveLength(diff.changes.size);
      }),
    );
  });

  it('keeps named vertices apart in a narrow card', () => {
    const { nodes } = layoutCell(
      { cell: orderedCellId(5, 0), labels: true },
      { width: 184, height: 244 },
    );
    nodes.forEach((a, i) => {
      for (const b of nodes.slice(i + 1)) {
        expect(Math.hypot(a.x - b.x, a.y - b.y)).toBeGreaterThan(a.radius + b.radius);
      }
    });
  });
});

describe('network diagram', () => {
  it('has parts whose costs add up to the architecture, in order, with shapes between', () => {
    const parts = networkParts(network([0b101, 0b111]));
    const all = [parts.input, ...parts.stages.flatMap((stage) => stage.parts), parts.classifier];
    const sum = (key: 'parameters' | 'flops') => all.reduce((t, part) => t + part.cost[key], 0);
    const whole = architectureCost(CONV, cellsOf(chainOf([0b101, 0b111])));
    expect({ parameters: sum('parameters'), flops: sum('flops') }).toEqual(whole);
    expect(parts.total).toEqual(whole);
    expect(parts.between).toEqual(['16×16×3', '8×8×8', '4×4×16']);
    expect(parts.stages[1]?.parts.map((part) => part.kind)).toEqual(['stem', 'cell', 'pooling']);
    expect(parts.classifier.text).toBe('linear, 256 → 10');
  });

  it('leaves out pooling by 1, and layers that linear networks do not have', () => {
    const shape = { ...CONV, stages: [{ channels: 8, pooling: 1 }] };
    const one = networkParts({ ...network([1]), shape });
    expect(one.stages[0]?.parts.map((part) => part.kind)).toEqual(['stem', 'cell']);
    const linear = { ...CONV, operation: { kind: 'linear' as const, width: 17 } };
    const mlp = networkParts({ ...network([1, 1]), shape: linear });
    expect(mlp.stages.map((stage) => stage.parts.map((part) => part.kind))).toEqual([
      ['stem', 'cell'],
      ['cell'],
    ]);
    expect(mlp.between).toEqual(['768', '17', '17']);
  });

  it('never overflows and never overlaps, for any number of stages at any width', () => {
    const any = fc.tuple(fc.integer({ min: 320, max: 1440 }), fc.integer({ min: 1, max: 4 }));
    fc.assert(
      fc.property(any, fc.boolean(), ([width, stages], compared) => {
        const shape = {
          ...CONV,
          stages: Array.from({ length: stages }, () => ({ channels: 8, pooling: 2 })),
        };
        const masks = new Array<number>(stages).fill(0b11);
        const compare = compared ? chainOf(masks.map(() => 0b100)) : null;
        const model = { ...network(masks), shape, compare };
        const { cards, arrows, height } = layoutNetwork(model, { width });
        expect(cards).toHaveLength(stages + 2);
        expect(arrows).toHaveLength(stages + 1);
        for (const card of cards) {
          expect(card.x).toBeGreaterThanOrEqual(0);
          expect(card.x + card.width).toBeLessThanOrEqual(width + 0.1);
          expect(card.y + card.height).toBeLessThanOrEqual(height);
          if (card.cell) expect(card.cell.geometry.width).toBeLessThanOrEqual(card.width);
        }
        cards.forEach((a, i) => {
          for (const b of cards.slice(i + 1)) {
            expect(b.x >= a.x + a.width || b.y >= a.y + a.height).toBe(true);
          }
        });
      }),
      { numRuns: 60 },
    );
  });

  it('stands on one row where it is wide and one card a row where it is narrow', () => {
    const tops = (width: number) =>
      new Set(
        layoutNetwork(network([1, 5]), { width }).cards.map((card) =>
          Math.round(card.y + card.height / 2),
        ),
      ).size;
    expect(tops(1100)).toBe(1);
    expect(tops(360)).toBe(4);
  });

  it('says and lists what changed', () => {
    const model = network([0b101, 0b111], [0b001, 0b111]);
    const words = describeNetwork(model);
    expect(words).toContain('stage 1: 3 operations, depth 3, gives 8×8×8; added: 1→2');
    expect(words).toContain('stage 2: 4 operations, depth 3, gives 4×4×16; added: nothing');
    const table = tableNetwork(model);
    for (const row of table.rows) expect(row).toHaveLength(table.columns.length);
    expect(table.rows.map((row) => row[1])).toEqual([
      'input',
      'input layer',
      'cell',
      'pooling',
      'input layer',
      'cell',
      'pooling',
      'classifier',
      'total',
    ]);
    expect(table.rows[2]?.slice(8)).toEqual(['1→2', 'in→2 1→out']);
  });
});
