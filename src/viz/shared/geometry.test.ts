import { describe, expect, it } from 'vitest';
import { spread } from './geometry.ts';
import { tick } from './text.ts';

describe('geometry', () => {
  it('spreads labels within bounds in order', () => {
    const placed = spread([10, 11, 12], 10, 0, 25);
    expect(placed).toEqual([5, 15, 25]);
    expect(tick(1500)).toBe('1.5k');
  });
});
