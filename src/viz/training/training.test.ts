import { describe, expect, it } from 'vitest';
import { layoutTraining } from './layout.ts';
import { describeTraining, tableTraining } from './text.ts';

describe('training chart', () => {
  it('draws no line between generations and shades frozen spans', () => {
    const points = [10, 20, 30, 40].map((step) => ({
      step,
      loss: 1,
      accuracy: 0.5,
      alphaMoves: step % 20 === 0,
      training: step > 20 ? 1 : 0,
    }));
    const generations = [
      { index: 0, start: 0, end: 20 },
      { index: 1, start: 20, end: 40 },
    ];
    const round = 'generation' as const;
    const model = { points, round, generations, chance: 0.1 };
    const { lines, frozen, x } = layoutTraining(model, { width: 600, height: 300 });
    expect(lines.map((l) => l.loss.split('L').length)).toEqual([2, 2]);
    expect(frozen.map((f) => Math.round(x.invert(f.x)))).toEqual([0, 20]);
    expect(describeTraining({ points: [], round, generations: [], chance: null })).toContain(
      'no steps',
    );
  });
  it('draws a line a training, and shades nothing where there is no alpha', () => {
    const points = [5, 10, 15, 20].map((step) => ({
      step,
      loss: 1,
      accuracy: 0.5,
      alphaMoves: null,
      training: Math.ceil(step / 10) - 1,
    }));
    const generations = [{ index: 0, start: 0, end: 20 }];
    const model = { points, round: 'round' as const, generations, chance: 0.1 };
    const { lines, frozen } = layoutTraining(model, { width: 600, height: 300 });
    expect(lines.map(({ training }) => training)).toEqual([0, 1]);
    expect(lines.map((l) => l.loss.split('L').length)).toEqual([2, 2]);
    expect(frozen).toEqual([]);
    expect(describeTraining(model)).toContain('over 1 rounds and 20 training steps');
    expect(tableTraining(model).rows[0]).toEqual([5, 1, 1, 0.5, '']);
  });
});
