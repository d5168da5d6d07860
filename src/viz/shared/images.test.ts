import { describe, expect, it } from 'vitest';
import { imagePixels } from './images.ts';

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
