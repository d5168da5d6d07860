import { describe, expect, it } from 'vitest';
import { layoutTraining } from './layout.ts';
import { describeTraining } from './text.ts';

describe('training chart', () => {
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
});
