import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import {
  formatBytes,
  formatCount,
  formatDecimal,
  formatDuration,
  formatFlops,
  formatPercent,
  formatPlace,
  formatPoints,
  formatRange,
  formatRoughly,
  formatShare,
  formatSigned,
  formatSignificant,
  formatStatistic,
  groupThousands,
  lazily,
  plainMinus,
} from './format.ts';

describe('counts', () => {
  it('read as those of the browser do', () => {
    const whole = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 });
    fc.assert(
      fc.property(fc.integer({ min: -99_999, max: 99_999 }), (count) => {
        expect(formatCount(count)).toBe(whole.format(count));
      }),
    );
    expect(formatCount(25_682.4)).toBe('25,682');
    expect(formatCount(123_456)).toMatch(/^123\D/);
  });

  it('have a comma after every third digit, however many there are', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), (count) => {
        expect(groupThousands(count)).toBe(count.toLocaleString('en-GB'));
      }),
    );
  });
});

describe('decimals', () => {
  it('have as many digits as asked for, and a true minus', () => {
    expect(formatDecimal(0.12345)).toBe('0.123');
    expect(formatDecimal(-1.5, 1)).toBe('−1.5');
    expect(formatSignificant(0.020_04, 3)).toBe('0.02');
    expect(formatSignificant(-1234.5, 2)).toBe('−1200');
  });

  it('are read back as the number, rounded', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -1e4, max: 1e4, noNaN: true }),
        fc.integer({ min: 1, max: 4 }),
        (value, digits) => {
          const read = Number(plainMinus(formatStatistic(value, digits)));
          expect(Math.abs(read - value)).toBeLessThanOrEqual(0.500_001 * 10 ** -digits);
        },
      ),
    );
  });
});

describe('shares and statistics', () => {
  it('have no zero before the point where they never pass one', () => {
    expect(formatShare(0.274)).toBe('.27');
    expect(formatShare(1)).toBe('1.00');
    expect(formatSigned(-0.054)).toBe('−.05');
    expect(formatSigned(0.0004, 3)).toBe('+.000');
    expect(formatStatistic(0.744)).toBe('.74');
    expect(formatStatistic(-0.1249)).toBe('−.12');
    expect(formatStatistic(-1)).toBe('−1.00');
    expect(formatStatistic(0.7, 1)).toBe('0.7');
  });

  it('have no sign where they round to zero, and a name where they are not defined', () => {
    expect(formatStatistic(-0.001)).toBe('.00');
    expect(formatStatistic(-0.04, 1)).toBe('0.0');
    expect(formatStatistic(null)).toBe('n/a');
  });

  it('are percentages and points of them', () => {
    expect(formatPercent(0.7434)).toBe('74.3 %');
    expect(formatPercent(0.7434, 2)).toBe('74.34 %');
    expect(formatPoints(0.0131)).toBe('1.3');
    expect(formatPoints(-0.5, 2)).toBe('−50.00');
  });

  it('are places, also shared ones', () => {
    expect([3, 3.5].map(formatPlace)).toEqual(['3', '3.5']);
  });
});

describe('amounts with units', () => {
  it('have three digits and the letter of their thousands', () => {
    expect(formatFlops(0)).toBe('0 FLOP');
    expect(formatFlops(950)).toBe('950 FLOP');
    expect(formatFlops(1_150_000)).toBe('1.15 MFLOP');
    expect(formatFlops(-1_150)).toBe('−1.15 kFLOP');
    expect(formatFlops(999_950)).toBe('1 MFLOP');
    expect(formatBytes(24_080_000)).toBe('24.1 MB');
  });
});

describe('times', () => {
  it('are told to the second, or roughly', () => {
    expect(formatDuration(40_400)).toBe('40 s');
    expect(formatDuration(70_000)).toBe('1 min 10 s');
    expect(formatDuration(7_500_000)).toBe('2 h 05 min');
    expect([89_000, 720_000, 7_200_000].map(formatRoughly)).toEqual(['89 s', '12 min', '2.0 h']);
  });

  it('are ranges, unless both ends read the same', () => {
    expect(formatRange(40_000, 70_000)).toBe('40 s – 1 min 10 s');
    expect(formatRange(40_000, 40_300)).toBe('40 s');
  });
});

describe('something made with its first use', () => {
  it('is made once, and not before', () => {
    const make = vi.fn(() => ({}));
    const get = lazily(make);
    expect(make).not.toHaveBeenCalled();
    expect(get()).toBe(get());
    expect(make).toHaveBeenCalledOnce();
  });
});
