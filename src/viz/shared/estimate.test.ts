import { describe, expect, it } from 'vitest';
import { estimateText, signedStatistic, statistic } from './estimate.ts';

describe('numbers as text', () => {
  it('has no leading zero, a true minus, and no sign at zero', () => {
    expect(statistic(0.744)).toBe('.74');
    expect(statistic(-0.1249)).toBe('−.12');
    expect(statistic(1)).toBe('1.00');
    expect(statistic(-0.001)).toBe('.00');
    expect(statistic(0.04, 1)).toBe('0.0');
    expect(statistic(null)).toBe('n/a');
    expect(signedStatistic(0.2)).toBe('+.20');
    expect(signedStatistic(0.001)).toBe('.00');
    expect(estimateText({ value: -0.2, interval: [-0.5, 0.1] })).toBe('−.20 [−.50, .10]');
  });
});
