import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { formatCount, lazily } from './format.ts';

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
