import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toCsv } from '../core/csv.ts';
import type { Origin } from '../core/strategies/types.ts';
import { layoutAlpha } from './alpha/layout.ts';
import { tableAlpha } from './alpha/text.ts';
import { describeCell, tableCell } from './cell/text.ts';
import { layoutEvolution, placesOf } from './evolution/layout.ts';
import { tableEvolution } from './evolution/text.ts';
import { whyBorn } from './evolution/whyBorn.ts';
import { layoutCell } from './shared/cellLayout.ts';
import { downsample } from './shared/downsample.ts';
import { spread } from './shared/geometry.ts';
import {
  candidateKey,
  LIVE_KEY,
  memberKey,
  parseCandidateKey,
  parseEdgeKey,
  parseGenerationKey,
  parseMemberKey,
  parseStepKey,
  stepKey,
} from './shared/keys.ts';
import { tick } from './shared/text.ts';
import { barLimit, barSpan, layoutSpace } from './space/layout.ts';
import type { SpaceModel } from './space/model.ts';
import { describeSpace, tableSpace } from './space/text.ts';
import { layoutTheta } from './theta/layout.ts';
import { layoutTimeline } from './timeline/layout.ts';
import type { TimelineModel } from './timeline/model.ts';
import { layoutTraining } from './training/layout.ts';
import { describeTraining } from './training/text.ts';

const vertices = fc.integer({ min: 2, max: 8 });
const cell = vertices.chain((n) =>
  fc.record({
    vertices: fc.constant(n),
    mask: fc.integer({ min: 0, max: 2 ** ((n * (n - 1)) / 2) - 1 }),
  }),
);

function space(stages: number, k: number, weights?: readonly number[]): SpaceModel {
  return {
    input: { height: 14, width: 14, channels: 1, name: 'Fashion-MNIST' },
    stages: Array.from({ length: stages }, (_, index) => ({
      index,
      channels: 4,
      size: 14,
      pooling: 2,
      candidates: Array.from({ length: k }, (_, i) => ({
        mask: i,
        weight: weights?.[i] ?? 1 / k,
        rank: null,
        origin: null,
      })),
    })),
    classes: 10,
    vertices: 5,
    bestChoice: null,
    highlighted: null,
  };
}

describe('cell layout', () => {
  it('keeps every vertex inside and apart, and every edge, for any cell at any size', () => {
    const size = fc.constantFrom({ width: 90, height: 120 }, { width: 420, height: 520 });
    fc.assert(
      fc.property(cell, size, (model, box) => {
        const { nodes, edges } = layoutCell(model, box);
        expect(nodes).toHaveLength(model.vertices + 2);
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
    expect(describeCell({ vertices: 3, mask: 0 })).toContain('Inner edges: none');
    expect(describeCell({ vertices: 3, mask: 0b101 })).toContain('depth 3');
  });
});

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

describe('line charts', () => {
  it('keeps the extremes and the ends when it thins', () => {
    const points = Array.from({ length: 20000 }, (_, i) => ({ i, v: Math.sin(i / 9) }));
    points[777] = { i: 777, v: 50 };
    points[15001] = { i: 15001, v: -50 };
    const thin = downsample(points, 600, [(p) => p.v]);
    expect(thin.length).toBeLessThanOrEqual(600);
    expect(thin.map((p) => p.i)).toEqual(expect.arrayContaining([0, 777, 15001, 19999]));
    expect(thin.every((p, n) => n === 0 || p.i > (thin[n - 1]?.i ?? 0))).toBe(true);
  });

  it('draws no line between generations and shades frozen spans', () => {
    const points = [10, 20, 30, 40].map((step) => ({
      step,
      loss: 1,
      accuracy: 0.5,
      alphaMoves: step % 20 === 0,
    }));
    const generations = [
      { index: 0, start: 0, end: 20 },
      { index: 1, start: 20, end: 40 },
    ];
    const model = { points, generations, chance: 0.1 };
    const { lines, frozen, x } = layoutTraining(model, { width: 600, height: 300 });
    expect(lines.map((l) => l.loss.split('L').length)).toEqual([2, 2]);
    expect(frozen.map((f) => Math.round(x.invert(f.x)))).toEqual([0, 20]);
    expect(describeTraining({ points: [], generations: [], chance: null })).toContain('no steps');
  });

  it('puts alpha panels side by side only where they fit', () => {
    const model = {
      steps: [1, 2],
      weights: [
        [
          [0.5, 0.5],
          [0.5, 0.5],
        ],
        [
          [0.6, 0.4],
          [0.2, 0.8],
        ],
      ],
      totalSteps: 4,
      frozenUntil: null,
    };
    const tops = (width: number) => layoutAlpha(model, { width }).panels.map((p) => p.area.top);
    expect(new Set(tops(900)).size).toBe(1);
    expect(new Set(tops(320)).size).toBe(2);
    expect(tableAlpha(model).rows[1]).toEqual([2, 0.6, 0.4, 0.2, 0.8]);
  });

  it('spreads labels within bounds in order', () => {
    const placed = spread([10, 11, 12], 10, 0, 25);
    expect(placed).toEqual([5, 15, 25]);
    expect(tick(1500)).toBe('1.5k');
  });
});

describe('timeline', () => {
  it('orders its ticks, fills what is done and keeps the future hollow', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 300 }),
        fc.integer({ min: 320, max: 1400 }),
        (total, width) => {
          const model: TimelineModel = {
            total,
            generations: [{ index: 0, phase: 'training', progress: 0.5 }],
            cursor: { generation: 0, phase: 'training', progress: 0.5 },
            live: true,
            running: true,
          };
          const { ticks, live, cursorX } = layoutTimeline(model, { width, height: 56 });
          expect(ticks).toHaveLength(total);
          ticks.forEach((t, i) => {
            const next = ticks[i + 1];
            if (next) expect(next.x).toBeGreaterThan(t.x);
            expect(t.state).toBe(i === 0 ? 'current' : 'future');
          });
          expect(live.x + live.width).toBeLessThanOrEqual(width);
          expect(cursorX).toBeGreaterThan(ticks[0]?.x ?? 0);
        },
      ),
    );
  });
});

describe('evolution', () => {
  const sampled: Origin = { kind: 'sampled', logLikelihood: -2, retries: 0 };
  const elite: Origin = { kind: 'elite', parent: { stage: 0, candidate: 1 }, rank: 1.5 };
  const member = (rank: number | null, origin: Origin) => ({ mask: 1, weight: 0.5, rank, origin });

  it('sorts by rank and joins an elite to its parent', () => {
    expect(placesOf([member(1, sampled), member(2, sampled)])).toEqual([1, 0]);
    expect(placesOf([member(null, sampled), member(2, sampled)])).toEqual([0, 1]);
    const generations = [
      { index: 0, stages: [[member(1, sampled), member(2, sampled)]] },
      { index: 1, stages: [[member(3, elite), member(2, sampled)]] },
    ];
    const model = { vertices: 3, generations, selected: null };
    const { lineages, marks } = layoutEvolution(model, { width: 700 });
    const parent = marks.find((m) => m.key === memberKey(0, 0, 1));
    expect(lineages).toHaveLength(1);
    expect(lineages[0]?.path.startsWith(`M${parent?.x} ${parent?.y}`)).toBe(true);
    expect(tableEvolution(model).rows).toHaveLength(4);
  });

  it('says why each kind of cell was born', () => {
    expect(whyBorn({ kind: 'initial', density: 0.4 })).toContain('0.40');
    expect(whyBorn({ kind: 'immigrant', density: 0.7 })).toContain('without looking at θ');
    expect(whyBorn(elite)).toContain('candidate 2 of stage 1 with rank score 1.50');
    expect(whyBorn(sampled)).toContain('14 %');
    expect(whyBorn({ kind: 'sampled', logLikelihood: -2, retries: 3 })).toContain('3 draws');
    expect(whyBorn({ kind: 'nearest', distance: 1 })).toContain('1 edge away');
  });
});

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

describe('keys and CSV', () => {
  it('reads its own keys and refuses others', () => {
    expect(parseCandidateKey(candidateKey(2, 11))).toEqual({ stage: 2, candidate: 11 });
    expect(parseMemberKey(memberKey(3, 1, 4))).toEqual({
      generation: 3,
      stage: 1,
      candidate: 4,
    });
    expect(parseGenerationKey(LIVE_KEY)).toBeNull();
    expect(parseEdgeKey('e:0:9')).toEqual({ stage: 0, edge: 9 });
    expect(parseStepKey(stepKey(250))).toBe(250);
  });

  it('escapes quotes, commas, line breaks and formulas', () => {
    const csv = toCsv({
      columns: ['a', 'b, c'],
      rows: [
        ['say "hi"', -1.5],
        ['=1+1', 'x\ny'],
      ],
    });
    expect(csv).toBe('a,"b, c"\r\n"say ""hi""",-1.5\r\n\'=1+1,"x\ny"\r\n');
  });
});
