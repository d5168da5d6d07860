import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { orderedCellId } from '../../core/cellId.ts';
import { isotonic } from './isotonic.ts';
import { layoutRankScatter } from './layout.ts';
import type { RankScatterModel, ScatterPoint } from './model.ts';
import { describeRankScatter, pointLines, tableRankScatter } from './text.ts';

function point(key: string, score: number, accuracy: number | null): ScatterPoint {
  return {
    key,
    name: `cell ${key}`,
    score,
    scoreRank: 1,
    accuracy,
    accuracyRank: 1,
    deviation: accuracy === null ? null : 0.01,
    seeds: 4,
    fill: accuracy,
    cells: [orderedCellId(3, 1), orderedCellId(3, 5)],
  };
}

function ranked(points: readonly ScatterPoint[]): ScatterPoint[] {
  const place = (value: (p: ScatterPoint) => number, of: ScatterPoint) =>
    1 + points.filter((other) => value(other) > value(of)).length;
  return points.map((p) => ({
    ...p,
    scoreRank: place((one) => one.score, p),
    accuracyRank: place((one) => one.accuracy ?? -1, p),
  }));
}

const scatter = (
  points: readonly ScatterPoint[],
  more: Partial<RankScatterModel> = {},
): RankScatterModel => ({
  axis: 'values',
  ranker: 'FaDE',
  scoreUnit: null,
  points: ranked(points),
  fill: { name: 'accuracy', kind: 'accuracy' },
  correlation: { value: 0.74, interval: [0.5, 0.9] },
  ceiling: 0.96,
  chance: 0.1,
  selected: [],
  linked: [],
  ...more,
});

const three = [point('a', 1, 0.3), point('b', 2, 0.5), point('c', 3, 0.4)];
const SIZE = { width: 600, height: 400 };

describe('rank scatter', () => {
  it('keeps every mark and error bar inside its plot, whatever the values', () => {
    const accuracy = fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { nil: null });
    const one = fc.tuple(fc.double({ min: -50, max: 50, noNaN: true }), accuracy);
    const any = fc.record({
      pairs: fc.array(one, { maxLength: 40 }),
      axis: fc.constantFrom('values' as const, 'ranks' as const),
      width: fc.integer({ min: 300, max: 1400 }),
    });
    fc.assert(
      fc.property(any, ({ pairs, axis, width }) => {
        const points = pairs.map(([score, truth], i) => point(`p${i}`, score, truth));
        const { marks, area } = layoutRankScatter(scatter(points, { axis }), {
          width,
          height: 360,
        });
        expect(marks).toHaveLength(points.length);
        for (const { x, y, bar } of marks) {
          expect(x).toBeGreaterThanOrEqual(area.left - 0.1);
          expect(x).toBeLessThanOrEqual(area.right + 0.1);
          for (const end of [y, ...(bar ? [bar.top, bar.bottom] : [])]) {
            expect(end).toBeGreaterThanOrEqual(area.top - 0.1);
            expect(end).toBeLessThanOrEqual(area.bottom + 0.1);
          }
        }
      }),
    );
  });

  it('puts better further right and further up, in values and in places', () => {
    for (const axis of ['values', 'ranks'] as const) {
      const { marks } = layoutRankScatter(scatter(three, { axis }), SIZE);
      expect(marks.map((mark) => mark.key)).toEqual(['a', 'b', 'c']);
      const y = new Map(marks.map((mark) => [mark.key, mark.y]));
      expect(y.get('b')).toBeLessThan(y.get('c') ?? 0);
      expect(y.get('c')).toBeLessThan(y.get('a') ?? 0);
    }
  });

  it('draws the identity through equal places', () => {
    const points = [point('a', 1, 0.3), point('b', 2, 0.4), point('c', 3, 0.5)];
    const { marks, guide } = layoutRankScatter(scatter(points, { axis: 'ranks' }), SIZE);
    const first = marks[0];
    const last = marks[2];
    expect(guide).toBe(`M${first?.x} ${first?.y}L${last?.x} ${last?.y}`);
  });

  it('lays diverged architectures on a floor below all others', () => {
    const model = scatter([...three, point('d', 9, null)]);
    const { marks, floor } = layoutRankScatter(model, SIZE);
    const diverged = marks.filter((mark) => mark.diverged);
    expect(diverged.map((mark) => mark.key)).toEqual(['d']);
    for (const { y, diverged: lost } of marks) {
      if (lost) expect(y).toBeGreaterThan(floor ?? 0);
      else expect(y).toBeLessThan(floor ?? 0);
    }
    expect(describeRankScatter(model)).toContain('1 diverged');
    expect(tableRankScatter(model).rows[3]?.[4]).toBe('diverged');
  });

  it('links pairs that exist and names them', () => {
    const model = scatter(three, {
      linked: [
        ['b', 'c'],
        ['b', 'gone'],
      ],
    });
    const { links, marks } = layoutRankScatter(model, SIZE);
    expect(links).toHaveLength(1);
    expect(links[0]?.x2).toBe(marks.find((mark) => mark.key === 'c')?.x);
    expect(describeRankScatter(model)).toContain('Linked: cell b and cell c');
  });

  it('says n/a where ρ is undefined, and both places of a point', () => {
    const model = scatter(three, { correlation: { value: null, interval: null }, ceiling: null });
    expect(describeRankScatter(model)).toContain('not available');
    expect(pointLines(model, model.points[1] ?? point('x', 0, 0))).toEqual([
      'cell b',
      'alone 50.0 ± 1.0 %, 4 seeds',
      'score 2',
      'place 2 predicted, 1 true',
    ]);
    expect(describeRankScatter(scatter([]))).toContain('no architectures yet');
  });
});

describe('monotone fit', () => {
  it('pools what falls, keeps the mean, and leaves a rising series alone', () => {
    expect(isotonic([1, 3, 2, 4])).toEqual([1, 2.5, 2.5, 4]);
    expect(isotonic([3, 2, 1])).toEqual([2, 2, 2]);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -100, max: 100 }), { minLength: 1 }), (values) => {
        const fit = isotonic(values);
        const sum = (xs: readonly number[]) => xs.reduce((a, b) => a + b, 0);
        expect(fit).toHaveLength(values.length);
        expect(sum(fit)).toBeCloseTo(sum(values), 6);
        fit.forEach((value, i) => {
          expect(value).toBeGreaterThanOrEqual((fit[i - 1] ?? Number.NEGATIVE_INFINITY) - 1e-9);
        });
        const rising = [...values].sort((a, b) => a - b);
        expect(isotonic(rising)).toEqual(rising);
      }),
    );
  });
});
