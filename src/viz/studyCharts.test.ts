import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { layoutConfusion } from './confusion/layout.ts';
import type { ConfusionModel } from './confusion/model.ts';
import { describeConfusion, tableConfusion } from './confusion/text.ts';
import { layoutCorrelation } from './correlation/layout.ts';
import type { CorrelationCurveModel } from './correlation/model.ts';
import { describeCorrelation, tableCorrelation } from './correlation/text.ts';
import { layoutLiveCurves } from './liveCurves/layout.ts';
import type { LiveCurvesModel } from './liveCurves/model.ts';
import { describeLiveCurves, tableLiveCurves } from './liveCurves/text.ts';
import { layoutProbabilities, predictedClass } from './probabilities/layout.ts';
import { describeProbabilities } from './probabilities/text.ts';
import type { EstimateModel } from './shared/estimate.ts';
import { imagePixels } from './shared/images.ts';
import { layoutSplitHalf } from './splitHalf/layout.ts';
import type { SplitHalfModel } from './splitHalf/model.ts';
import { describeSplitHalf, tableSplitHalf } from './splitHalf/text.ts';
import { layoutTopK } from './topK/layout.ts';
import type { TopKModel } from './topK/model.ts';
import { describeTopK, tableTopK } from './topK/text.ts';

const estimate = (value: number | null): EstimateModel => ({
  value,
  interval: value === null ? null : [value - 0.3, Math.min(1, value + 0.1)],
});

const curve: CorrelationCurveModel = {
  metric: 'Spearman ρ',
  lines: [
    {
      key: 'fade',
      name: 'FaDE',
      category: 0,
      points: [
        { step: 100, ...estimate(null) },
        { step: 200, ...estimate(0.4) },
        { step: 375, ...estimate(0.7) },
      ],
    },
    {
      key: 'probe',
      name: 'probe',
      category: 1,
      points: [
        { step: 100, ...estimate(0.5) },
        { step: 375, ...estimate(0.69) },
      ],
    },
  ],
  selected: 'fade',
  alphaFrom: 225,
  totalSteps: 375,
  ceiling: 0.96,
};

describe('correlation against steps', () => {
  it('leaves out undefined readouts and draws the intervals of the chosen line only', () => {
    const { streams, steps, x, alphaX } = layoutCorrelation(curve, { width: 900, height: 320 });
    expect(streams.map((one) => one.dots.map((dot) => dot.step))).toEqual([
      [200, 375],
      [100, 375],
    ]);
    expect(streams.map((one) => one.band !== '')).toEqual([true, false]);
    expect(steps).toEqual([100, 200, 375]);
    expect(Math.round(x.invert(alphaX ?? 0))).toBe(225);
  });

  it('keeps labels apart: beside the plot where it is wide, below where it is narrow', () => {
    for (const width of [360, 900]) {
      const { streams, beside, area, height } = layoutCorrelation(curve, {
        width,
        height: 320,
      });
      const [a, b] = streams.map((one) => one.label);
      expect(beside).toBe(width === 900);
      expect(Math.hypot((a?.x ?? 0) - (b?.x ?? 0), (a?.y ?? 0) - (b?.y ?? 0))).toBeGreaterThan(12);
      if (beside) expect(a?.x).toBeGreaterThan(area.right);
      else expect(a?.y).toBeGreaterThan(area.bottom);
      expect(a?.y).toBeLessThan(height);
    }
  });

  it('says how each ranker moved', () => {
    expect(describeCorrelation(curve)).toContain(
      'FaDE from .40 at step 200 to .70 (interval .40 to .80) at step 375',
    );
    expect(describeCorrelation({ ...curve, lines: [] })).toContain('no readouts yet');
    expect(tableCorrelation(curve).rows[0]).toEqual(['FaDE', 100, 'n/a', '', '']);
  });
});

describe('split halves', () => {
  const model: SplitHalfModel = {
    points: [
      { key: 'a', name: 'a', first: 0.3, second: 0.4 },
      { key: 'b', name: 'b', first: 0.5, second: 0.5 },
    ],
    seeds: [2, 2],
    correlation: { value: 0.86, interval: null },
    reliability: 0.92,
    selected: [],
  };

  it('is square, with equal halves on the diagonal and a better second half above it', () => {
    const { area, marks } = layoutSplitHalf(model, { width: 700, height: 380 });
    expect(area.right - area.left).toBeCloseTo(area.bottom - area.top, 1);
    const above = marks.map(({ x, y }) => area.bottom - y - (x - area.left));
    expect(above[0]).toBeGreaterThan(5);
    expect(Math.abs(above[1] ?? 9)).toBeLessThan(0.3);
    expect(describeSplitHalf(model)).toContain('2 seeds against 2 seeds: r .86');
    expect(tableSplitHalf(model).rows).toHaveLength(2);
  });
});

describe('top k', () => {
  const item = (key: string, accuracy: number | null, membership: number) => ({
    key,
    name: key,
    accuracy,
    scoreRank: 1,
    membership,
    architecture: null,
  });
  const model: TopKModel = {
    ranker: 'FaDE',
    k: 2,
    architectures: [item('a', 0.5, 0), item('b', 0.48, 1), item('c', 0.4, 0.5), item('d', null, 0)],
    regret: 0.02,
    precision: 0.5,
    chance: 0.5,
    selected: [],
  };

  it('spans the regret from the best to the best predicted, and borders the true top', () => {
    const { marks, regret, border, floor } = layoutTopK(model, { width: 600, height: 280 });
    expect(marks.map((mark) => mark.predicted)).toEqual(['no', 'yes', 'tied', 'no']);
    expect(marks.map((mark) => mark.wanted)).toEqual([true, true, false, false]);
    expect(regret).toEqual({ x: marks[1]?.x, top: marks[0]?.y, bottom: marks[1]?.y });
    expect(border).toBeGreaterThan(marks[1]?.x ?? 0);
    expect(border).toBeLessThan(marks[2]?.x ?? 0);
    expect(marks[3]?.y).toBeGreaterThan(floor ?? 0);
  });

  it('has no regret span while nothing certain is predicted', () => {
    const none = { ...model, architectures: [item('a', 0.5, 0.5), item('b', 0.4, 0.5)] };
    expect(layoutTopK(none, { width: 600, height: 280 }).regret).toBeNull();
    expect(describeTopK(model)).toContain('regret@2 2.0 points, precision@2 .50 (chance .50)');
    expect(tableTopK(model).rows[3]?.[3]).toBe('diverged');
  });
});

describe('confusion matrix', () => {
  const model: ConfusionModel = {
    classes: ['cat', 'dog', 'ship'],
    counts: [
      [6, 4, 0],
      [1, 9, 0],
      [0, 0, 0],
    ],
    selected: null,
  };

  it('shares rows out, and survives a class without images', () => {
    const { cells, recalls } = layoutConfusion(model, { width: 400 });
    expect(cells.slice(0, 3).map((cell) => cell.share)).toEqual([0.6, 0.4, 0]);
    expect(cells.slice(6).map((cell) => cell.share)).toEqual([0, 0, 0]);
    expect(recalls.map((one) => one.text)).toEqual(['60.0 %', '90.0 %', '–']);
    expect(describeConfusion(model)).toContain('75.0 % recognised');
    expect(describeConfusion(model)).toContain('cat as dog (4), dog as cat (1)');
    expect(tableConfusion(model).rows[2]).toEqual(['ship', 0, 0, 0, 0, '']);
  });

  it('never overflows, however many classes', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 12 }),
        fc.integer({ min: 340, max: 1400 }),
        (n, width) => {
          const classes = Array.from({ length: n }, (_, i) => `automobile ${i}`);
          const counts = classes.map(() => classes.map(() => 1));
          const { cells, side, recallX } = layoutConfusion(
            { classes, counts, selected: null },
            { width },
          );
          for (const cell of cells) expect(cell.x + side).toBeLessThan(recallX);
          expect(recallX).toBeLessThanOrEqual(width);
        },
      ),
    );
  });
});

describe('curves of single networks', () => {
  const network = (key: string, more: Partial<LiveCurvesModel['networks'][number]> = {}) => ({
    key,
    name: key,
    category: 0,
    points: [
      { step: 5, loss: 2.3, accuracy: 0.1 },
      { step: 10, loss: 1.9, accuracy: 0.3 },
    ],
    test: null,
    diverged: false,
    ...more,
  });

  it('marks test accuracy at the end and a break where it happened', () => {
    const broken = {
      points: [
        { step: 5, loss: 2.3, accuracy: 0.1 },
        { step: 10, loss: Number.NaN, accuracy: 0.1 },
      ],
      diverged: true,
    };
    const model = {
      networks: [network('a', { test: 0.4 }), network('b', broken)],
      totalSteps: 100,
      chance: 0.1,
      selected: null,
    };
    const { lines, x, accuracy, loss } = layoutLiveCurves(model, { width: 600, height: 320 });
    expect(x.invert(lines[0]?.test?.x ?? 0)).toBeCloseTo(100);
    expect(accuracy.invert(lines[0]?.test?.y ?? 0)).toBeCloseTo(0.4, 2);
    expect(lines[1]?.loss).not.toContain('NaN');
    expect(x.invert(lines[1]?.broken?.x ?? 0)).toBeCloseTo(5, 0);
    expect(loss.invert(lines[1]?.broken?.y ?? 0)).toBeCloseTo(2.3, 1);
    const words = describeLiveCurves(model);
    expect(words).toContain(
      'a at step 10 of 100: loss 1.90, accuracy 30.0 %, test accuracy 40.0 %',
    );
    expect(words).toContain('diverged');
    expect(tableLiveCurves(model).rows).toHaveLength(4);
  });
});

describe('probabilities', () => {
  it('gives bars of their share, and tells right from wrong', () => {
    const model = { classes: ['a', 'b', 'c'], probabilities: [0.2, 0.5, 0.3], truth: 2 };
    const { bars, left, right } = layoutProbabilities(model, { width: 300 });
    bars.forEach((bar, i) => {
      expect(bar.width / (right - left)).toBeCloseTo(model.probabilities[i] ?? 0, 2);
    });
    expect(bars.map((bar) => bar.predicted)).toEqual([false, true, false]);
    expect(describeProbabilities(model)).toContain('wrong: the true class is c with 30.0 %');
    expect(describeProbabilities({ ...model, truth: 1 })).toContain('It is right');
    expect(describeProbabilities({ ...model, truth: null })).not.toContain('right');
    expect(predictedClass({ classes: [], probabilities: [], truth: null })).toBe(-1);
  });
});

describe('images', () => {
  const base = { height: 1, width: 2 };

  it('turns bytes, shares and normalised values into the same pixels', () => {
    const red = [255, 0, 0, 255, 0, 255, 0, 255];
    const values = [255, 0, 0, 0, 255, 0];
    const shares = values.map((value) => value / 255);
    const mean = [0.4, 0.5, 0.6];
    const std = [0.2, 0.25, 0.3];
    const normalised = shares.map((value, i) => (value - (mean[i % 3] ?? 0)) / (std[i % 3] ?? 1));
    for (const image of [
      { values, scale: { kind: 'byte' as const } },
      { values: shares, scale: { kind: 'unit' as const } },
      { values: normalised, scale: { kind: 'normalised' as const, mean, std } },
    ]) {
      expect([...imagePixels({ ...base, channels: 3, ...image }).data]).toEqual(red);
    }
  });

  it('repeats pixels without blur, and makes one channel grey', () => {
    const image = { ...base, channels: 1, values: [7, 300], scale: { kind: 'byte' as const } };
    const { width, height, data } = imagePixels(image, 2);
    expect([width, height]).toEqual([4, 2]);
    const greys = Array.from({ length: 8 }, (_, i) => data[4 * i]);
    expect(greys).toEqual([7, 7, 255, 255, 7, 7, 255, 255]);
    expect([...data.slice(0, 4)]).toEqual([7, 7, 7, 255]);
  });

  it('refuses what is no image', () => {
    const image = { ...base, channels: 1, values: [1], scale: { kind: 'byte' as const } };
    expect(() => imagePixels(image)).toThrow('has 2 values, not 1');
    expect(() => imagePixels({ ...image, values: [1, 2] }, 0.5)).toThrow('whole number');
  });
});
