import { describe, expect, it } from 'vitest';
import { layoutProbabilities, predictedClass } from './layout.ts';
import { describeProbabilities } from './text.ts';

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
