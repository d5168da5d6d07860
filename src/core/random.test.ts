import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from './random.ts';

const draw = (count: number, next: () => number) => Array.from({ length: count }, next);
const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
const variance = (values: readonly number[]) =>
  mean(values.map((value) => value ** 2)) - mean(values) ** 2;

describe('createRandom', () => {
  it('names streams: same name, same stream; other name, other stream', () => {
    const stream = (seed: number, ...labels: (string | number)[]) =>
      draw(8, createRandom(seed, ...labels).uniform);
    expect(stream(1, 'batch', 3)).toEqual(stream(1, 'batch', 3));
    const others = [stream(1), stream(2), stream(1, 'a'), stream(1, 'a', 'b'), stream(1, 'ab')];
    expect(new Set(others.map((values) => values.join())).size).toBe(others.length);
  });

  it('names streams by enough bits that many of them do not meet', () => {
    // With 32 bits, ten pairs of these names would be expected to share their stream.
    const first = new Set<string>();
    for (let i = 0; i < 300_000; i++) {
      const random = createRandom(i >> 9, 'stream', i & 511);
      first.add(`${random.uniform()} ${random.uniform()}`);
    }
    expect(first.size).toBe(300_000);
  });

  it('does not depend on other streams', () => {
    const alone = draw(5, createRandom(7, 'x').uniform);
    const noise = createRandom(7, 'y');
    const stream = createRandom(7, 'x');
    const among = draw(5, () => {
      noise.uniform();
      return stream.uniform();
    });
    expect(among).toEqual(alone);
  });

  it('has the moments of its distributions', () => {
    const random = createRandom(11);
    const uniform = draw(20000, random.uniform);
    expect(Math.min(...uniform)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...uniform)).toBeLessThan(1);
    expect(mean(uniform)).toBeCloseTo(0.5, 1);
    expect(variance(uniform)).toBeCloseTo(1 / 12, 2);
    const normal = draw(20000, random.normal);
    expect(Math.abs(mean(normal))).toBeLessThan(0.03);
    expect(Math.abs(variance(normal) - 1)).toBeLessThan(0.05);
    const gumbel = draw(20000, random.gumbel);
    expect(gumbel.every(Number.isFinite)).toBe(true);
    expect(Math.abs(mean(gumbel) - 0.5772)).toBeLessThan(0.04);
    expect(Math.abs(variance(gumbel) - Math.PI ** 2 / 6)).toBeLessThan(0.1);
    const hits = draw(20000, () => Number(random.bernoulli(0.3)));
    expect(Math.abs(mean(hits) - 0.3)).toBeLessThan(0.02);
    expect(random.bernoulli(0)).toBe(false);
    expect(random.bernoulli(1)).toBe(true);
  });

  it('draws integers below the bound, all of them', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 12 }), (seed, below) => {
        const values = draw(400, () => createRandom(seed, below).integer(below));
        expect(values.every((v) => Number.isInteger(v) && v >= 0 && v < below)).toBe(true);
      }),
      { numRuns: 20 },
    );
    const random = createRandom(5);
    expect(new Set(draw(300, () => random.integer(6))).size).toBe(6);
  });

  it('shuffles fairly and leaves its argument alone', () => {
    const random = createRandom(13);
    const items = [0, 1, 2];
    const counts = new Map<string, number>();
    for (let i = 0; i < 6000; i++) {
      const key = random.shuffle(items).join('');
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    expect(items).toEqual([0, 1, 2]);
    expect(counts.size).toBe(6);
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(150);
  });
});
