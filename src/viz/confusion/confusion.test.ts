import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { layoutConfusion } from './layout.ts';
import type { ConfusionModel } from './model.ts';
import { describeConfusion, tableConfusion } from './text.ts';

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
