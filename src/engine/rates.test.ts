import { describe, expect, test } from 'vitest';
import type { OptimiserConfig } from '../core/run/config.ts';
import { rateAt } from './rates.ts';

const BASE: OptimiserConfig = {
  optimiser: 'sgd',
  rate: 0.05,
  momentum: 0.8,
  schedule: 'constant',
  finalRate: 0.01,
  scheduleEpochs: 5,
  warmUp: 0,
};

const rates = (config: Partial<OptimiserConfig>, steps: number, stepsPerEpoch = 10) =>
  Array.from({ length: steps }, (_, step) =>
    rateAt({ ...BASE, ...config }, step, steps, stepsPerEpoch),
  );

describe('rateAt', () => {
  test('constant stays', () => {
    expect(new Set(rates({}, 70))).toEqual(new Set([0.05]));
  });

  test('linear falls from .05 to .01 over 5 epochs, then stays', () => {
    const found = rates({ schedule: 'linear' }, 80);
    const golden = [
      [0, 0.05],
      [10, 0.042],
      [25, 0.03],
      [40, 0.018],
      [49, 0.0108],
      [50, 0.01],
      [79, 0.01],
    ] as const;
    for (const [step, rate] of golden) expect(found[step]).toBeCloseTo(rate, 12);
  });

  test('cosine rises in the warm-up, then falls by half a cosine', () => {
    const found = rates({ schedule: 'cosine', warmUp: 0.1 }, 100);
    const golden = [
      [0, 0.005],
      [4, 0.025],
      [9, 0.05],
      [10, 0.05],
      [55, 0.025],
      [99, 0.5 * 0.05 * (1 + Math.cos((Math.PI * 89) / 90))],
    ] as const;
    for (const [step, rate] of golden) expect(found[step]).toBeCloseTo(rate, 12);
    expect(found[99]).toBeLessThan(2e-5);
    expect(found.slice(10)).toEqual([...found.slice(10)].sort((a, b) => b - a));
  });

  test('no warm-up starts at the full rate; one step and zero epochs are no trouble', () => {
    expect(rates({ schedule: 'cosine' }, 4)[0]).toBe(0.05);
    expect(rates({ schedule: 'cosine', warmUp: 0.5 }, 1).every(Number.isFinite)).toBe(true);
    const [first, second] = rates({ schedule: 'linear', scheduleEpochs: 0 }, 2);
    expect(first).toBe(0.05);
    expect(second).toBeCloseTo(0.01, 12);
  });
});
