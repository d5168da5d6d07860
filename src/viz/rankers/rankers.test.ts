import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EstimateModel } from '../shared/estimate.ts';
import { figureWidth, textWidth } from '../shared/text.ts';
import { FOREST_FONT, layoutRankers } from './layout.ts';
import type { RankerRow, RankersModel } from './model.ts';
import { describeRankers, tableRankers } from './text.ts';

const estimate = (value: number, half = 0.2): EstimateModel => ({
  value,
  interval: [Math.max(-1, value - half), Math.min(1, value + half)],
});

function row(key: string, more: Partial<RankerRow> = {}): RankerRow {
  return {
    key,
    name: key,
    kind: 'supernet',
    single: estimate(0.5),
    ensemble: estimate(0.6),
    difference: estimate(0.3, 0.1),
    ...more,
  };
}

function rankers(rows: readonly RankerRow[]): RankersModel {
  return {
    metric: {
      name: 'Spearman ρ',
      unit: null,
      low: -1,
      high: 1,
      neutral: 0,
      digits: 2,
      better: 'higher',
    },
    confidence: 0.95,
    rows,
    supernets: 3,
    ceiling: 0.96,
    baseline: 'depth',
    selected: null,
  };
}

const depth = row('depth', {
  kind: 'size',
  single: estimate(0.47),
  ensemble: null,
  difference: null,
});

describe('ranker table', () => {
  it('fits 45 rows at any width, columns apart, marks inside', () => {
    const value = fc.double({ min: -1, max: 1, noNaN: true });
    fc.assert(
      fc.property(
        fc.integer({ min: 320, max: 1600 }),
        fc.array(value, { minLength: 44, maxLength: 44 }),
        (width, values) => {
          const rows = values.map((v, i) =>
            row(`a ranker with a long name, number ${i}`, {
              single: estimate(v),
              ensemble: estimate(-v),
            }),
          );
          const geometry = layoutRankers(rankers([depth, ...rows]), { width });
          expect(geometry.rows).toHaveLength(45);
          geometry.rows.forEach((one, i) => {
            const next = geometry.rows[i + 1];
            if (next) expect(next.top).toBeGreaterThanOrEqual(one.top + geometry.rowHeight);
            for (const mark of one.marks) {
              const column = mark.key === 'difference' ? geometry.differences : geometry.values;
              for (const x of [mark.x, mark.span?.from ?? mark.x, mark.span?.to ?? mark.x]) {
                expect(x).toBeGreaterThanOrEqual((column?.left ?? 0) - 0.1);
                expect(x).toBeLessThanOrEqual((column?.right ?? 0) + 0.1);
              }
            }
            const nameEnd = 24 + textWidth(one.name, FOREST_FONT);
            const valueStart = geometry.valueX - figureWidth(one.value, FOREST_FONT);
            expect(nameEnd).toBeLessThanOrEqual(
              geometry.narrow ? valueStart : geometry.values.left,
            );
            if (!geometry.narrow) expect(valueStart).toBeGreaterThan(geometry.values.right);
            const before = geometry.narrow
              ? geometry.values.right
              : (geometry.differences?.right ?? geometry.valueX);
            const differenceStart =
              (geometry.differenceX ?? 0) - figureWidth(one.difference, FOREST_FONT);
            expect(differenceStart).toBeGreaterThan(before);
            expect(geometry.differences?.left ?? width).toBeGreaterThan(geometry.valueX);
          });
          expect(geometry.valueX).toBeLessThanOrEqual(width);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('has two marks where there is an ensemble, one else, none for n/a', () => {
    const missing = row('naswot', {
      kind: 'proxy',
      single: { value: null, interval: null },
      ensemble: null,
      difference: null,
    });
    const { rows } = layoutRankers(rankers([row('fade'), depth, missing]), { width: 420 });
    expect(rows.map((one) => one.marks.map((mark) => [mark.key, mark.filled]))).toEqual([
      [
        ['single', false],
        ['ensemble', true],
      ],
      [['single', true]],
      [],
    ]);
    expect(rows.map((one) => one.value)).toEqual(['.50 · .60 [.40, .80]', '.47 [.27, .67]', 'n/a']);
    expect(rows[1]?.difference).toBe('baseline');
  });

  it('draws differences only where there is room, and tells those that exclude 0', () => {
    const unclear = row('probe', { difference: estimate(0.05, 0.1) });
    const model = rankers([row('fade'), unclear, depth]);
    expect(layoutRankers(model, { width: 390 }).differences).toBeNull();
    const wide = layoutRankers(model, { width: 1440 });
    expect(wide.differences).not.toBeNull();
    expect(wide.rows.map((one) => one.clear)).toEqual([true, false, false]);
    expect(wide.rows[0]?.difference).toBe('+.30 [.20, .40]');
    expect(describeRankers(model)).toContain('excludes 0: fade.');
  });

  it('calls the lowest the best where lower is better', () => {
    const model = rankers([
      row('far', { ensemble: estimate(0.4), difference: estimate(0.3, 0.1) }),
      row('near', { ensemble: estimate(0.1), difference: estimate(-0.3, 0.1) }),
      depth,
    ]);
    const lower = {
      ...model,
      metric: { ...model.metric, name: 'Regret@1', better: 'lower' as const },
    };
    expect(describeRankers(lower)).toContain('Best: near');
    expect(describeRankers(lower)).toContain('excludes 0: near.');
    expect(describeRankers(rankers([]))).toContain('no ranker has a value yet');
  });

  it('lists both estimates and the difference with their ends', () => {
    const table = tableRankers(rankers([row('fade'), depth]));
    expect(table.columns).toHaveLength(12);
    for (const one of table.rows) expect(one).toHaveLength(12);
    expect(table.rows[1]?.slice(6, 9)).toEqual(['', '', '']);
  });
});
